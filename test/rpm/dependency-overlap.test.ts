import { describe, expect, test } from '@jest/globals'
import { dependenciesOverlap } from '../../lib/rpm/dependency-overlap.js'

const FLAGS: Readonly<Record<string, number>> = { '<': 2, '>': 4, '=': 8, '<=': 10, '>=': 12 }
const dependency = (text: string) => {
  const [name = '', comparison = '', version = ''] = text.split(' ')
  return { name, flags: FLAGS[comparison] ?? 0, version }
}

describe('two dependencies', () => {
  test.each([
    ['x', 'x'],
    ['x', 'x = 1-1'],
    ['x < 2', 'x = 1-1'],
    ['x <= 1', 'x = 1-1'],
    ['x = 1', 'x = 1-7'],
    ['x >= 1-3', 'x = 1-3'],
    ['x > 1', 'x = 1:0.5-1'],
    ['x < 2', 'x > 1'],
    ['x < 2', 'x < 1'],
    ['x = 0:1-1', 'x = 1-1'],
    ['x < 1.0', 'x = 1.0~rc1-1'],
    ['x = a:1', 'x = a:1'],
  ])('%s and %s overlap', (a, b) => {
    expect(dependenciesOverlap(dependency(a), dependency(b))).toBe(true)
    expect(dependenciesOverlap(dependency(b), dependency(a))).toBe(true)
  })

  test.each([
    ['x', 'y'],
    ['x < 2', 'x = 2-1'],
    ['x > 1', 'x = 1-1'],
    ['x = 1-1', 'x = 1-2'],
    ['x < 1', 'x = 1:0.5-1'],
    ['x < 1', 'x > 1'],
    ['x < 1.10', 'x = 1.10-1'],
  ])('%s and %s do not', (a, b) => {
    expect(dependenciesOverlap(dependency(a), dependency(b))).toBe(false)
    expect(dependenciesOverlap(dependency(b), dependency(a))).toBe(false)
  })
})
