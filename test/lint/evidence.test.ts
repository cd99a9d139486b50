import { describe, expect, test } from '@jest/globals'
import { conclusive, findingAbout } from '../../lib/lint/evidence.js'

const symbol = (name: string, family = 'a', isGeneric = false) => ({ name, family, isGeneric })
const generic = (name: string, family = 'a') => symbol(name, family, true)
const MESSAGES = { proven: 'p', generic: 'g' } as const

describe('symbols prove their family', () => {
  const names = (...symbols: Parameters<typeof conclusive>[0]) => conclusive(symbols).map(({ name }) => name)

  test('by a distinctive one', () => expect(names(symbol('x'), generic('y'))).toEqual(['x', 'y']))
  test('by three generic ones, and not by two', () => {
    expect(names(generic('x'), generic('y'), generic('z'))).toHaveLength(3)
    expect(names(generic('x'), generic('y'))).toEqual([])
  })
  test('not by one under three versions', () => expect(names(generic('x'), generic('x'), generic('x'))).toEqual([]))
  test('and no other family', () => {
    expect(names(symbol('x'), generic('y', 'b'))).toEqual(['x'])
    expect(names(generic('x'), generic('y'), generic('z', 'b'))).toEqual([])
    expect(names(symbol('x'), symbol('y', 'b'))).toEqual(['x', 'y'])
  })
  test('and nothing where there are none', () => expect(names()).toEqual([]))
})

describe('a verdict', () => {
  test('is about the symbols of proven families, and leaves the severity to the rule', () =>
    expect([...findingAbout([symbol('x'), symbol('x'), generic('y', 'b')], MESSAGES)]).toEqual([
      { message: 'p', symbols: ['x'], data: { count: 1 } },
    ]))

  test('is an information about all where none is proven, whatever the details say', () =>
    expect([
      ...findingAbout([generic('x'), generic('y', 'b')], MESSAGES, ({ length }) => ({ severity: 'error', remedy: 'r', data: { length } })),
    ]).toEqual([{ message: 'g', severity: 'info', symbols: ['x', 'y'], data: { count: 2, length: 2 }, remedy: 'r' }]))

  test('is none about nothing', () => expect([...findingAbout([], MESSAGES)]).toEqual([]))
})
