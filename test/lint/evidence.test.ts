import { describe, expect, test } from '@jest/globals'
import { conclusive, findingAbout } from '../../lib/lint/evidence.js'

const symbol = (name: string, family = 'a', isGeneric = false) => ({ name, family, isGeneric })
const generic = (name: string, family = 'a') => symbol(name, family, true)
const MESSAGES = { proven: 'p', generic: 'g' } as const

describe('a family is proven', () => {
  const names = (...symbols: Parameters<typeof conclusive>[0]) => conclusive(symbols).map(({ name }) => name)

  test('by a distinctive symbol', () => expect(names(symbol('x'), generic('y'))).toEqual(['x', 'y']))
  test('by three generic symbols, but not by two', () => {
    expect(names(generic('x'), generic('y'), generic('z'))).toHaveLength(3)
    expect(names(generic('x'), generic('y'))).toEqual([])
  })
  test('not by one symbol with three versions', () => expect(names(generic('x'), generic('x'), generic('x'))).toEqual([]))
  test('independently of other families', () => {
    expect(names(symbol('x'), generic('y', 'b'))).toEqual(['x'])
    expect(names(generic('x'), generic('y'), generic('z', 'b'))).toEqual([])
    expect(names(symbol('x'), symbol('y', 'b'))).toEqual(['x', 'y'])
  })
  test('not without symbols', () => expect(names()).toEqual([]))
})

describe('the finding', () => {
  test('is about the symbols of proven families, with the severity of the rule', () =>
    expect([...findingAbout([symbol('x'), symbol('x'), generic('y', 'b')], MESSAGES)]).toEqual([
      { message: 'p', symbols: ['x'], data: { count: 1 } },
    ]))

  test('is an info about all symbols if no family is proven, whatever the details say', () =>
    expect([
      ...findingAbout([generic('x'), generic('y', 'b')], MESSAGES, ({ length }) => ({ severity: 'error', remedy: 'r', data: { length } })),
    ]).toEqual([{ message: 'g', severity: 'info', symbols: ['x', 'y'], data: { count: 2, length: 2 }, remedy: 'r' }]))

  test('is absent without symbols', () => expect([...findingAbout([], MESSAGES)]).toEqual([]))
})
