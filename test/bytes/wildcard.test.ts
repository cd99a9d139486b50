import { describe, expect, test } from '@jest/globals'
import { isWildcard, matchesWildcard, wildcard } from '../../lib/bytes/wildcard.js'
import fc from '../support/properties.js'

describe('a pattern', () => {
  test.each([
    ['acme', 'acme'],
    ['', ''],
    ['*', ''],
    ['*', 'a\nb'],
    ['***', 'abc'],
    ['a*c', 'abbc'],
    ['a*c', 'ac'],
    ['*-libs', 'x-libs'],
    ['libacme.so.*', 'libacme.so.3'],
    ['CRYPTO_*_lock', 'CRYPTO_add_lock'],
    ['*_lock', 'CRYPTO_lock'],
    ['*ab*ab*', 'xabyabz'],
    ['/usr/*/libx.so', '/usr/lib/a/libx.so'],
    ['?d_[0-9]', 'md_5'],
    ['[!a-c]x', 'dx'],
    ['[^a-c]x', 'dx'],
    ['[]x]', ']'],
    ['[!]x]', 'a'],
    ['[a-]', '-'],
    ['[', '['],
    ['[abc', '[abc'],
    ['a\\*', 'a*'],
    ['\\[a]', '[a]'],
    ['a\\', 'a\\'],
  ])('%s matches %j', (pattern, text) => expect(matchesWildcard(pattern, text)).toBe(true))

  test.each([
    ['acme', 'acme2'],
    ['acme', 'my-acme'],
    ['', 'a'],
    ['?', ''],
    ['lib.so', 'libxso'],
    ['a+', 'aa'],
    ['(a|b)', 'a'],
    ['a*c', 'abcd'],
    ['*ab*ab*', 'xaby'],
    ['CRYPTO_*_lock', 'CRYPTO_lock'],
    ['[ab]', 'ab'],
    ['[!0-9]', '5'],
    ['[z-a]', 'm'],
    ['[!]x]', ']'],
    ['a\\*', 'ab'],
    ['libcrypto.so.?*', 'libcrypto.so.'],
  ])('%s does not match %j', (pattern, text) => expect(matchesWildcard(pattern, text)).toBe(false))

  test('reports whether it contains wildcards', () => {
    for (const pattern of ['a*', '?', '[a]']) expect(isWildcard(pattern)).toBe(true)
    for (const text of ['', 'libx.so.1', 'a+']) expect(isWildcard(text)).toBe(false)
  })

  test('matches what its definition says, piece by piece', () => {
    const letters = fc.constantFrom('a', 'b', '*', '?')
    const texts = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 })
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 8 }), texts, (pattern, text) => {
        expect(wildcard(pattern.join(''))(text.join(''))).toBe(byDefinition(pattern, text))
      }),
    )
  })

  test('ends in time where a backtracking search would not', () => {
    expect(matchesWildcard(`${'*a'.repeat(30)}b`, 'a'.repeat(3000))).toBe(false)
  })
})

function byDefinition([first, ...rest]: readonly string[], text: readonly string[]): boolean {
  if (first === undefined) return text.length === 0
  if (first === '*') return text.some((_, skipped) => byDefinition(rest, text.slice(skipped))) || byDefinition(rest, [])
  return text.length > 0 && (first === '?' || first === text[0]) && byDefinition(rest, text.slice(1))
}
