import { describe, expect, test } from '@jest/globals'
import fc, { runs } from '../support/properties.js'
import { LiteralSearch } from '../../lib/bytes/literal-search.js'

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')
const hits = (literals: readonly string[], text: string): string[] =>
  [...new LiteralSearch(literals).in(bytes(text))].map(({ at, literal }) => `${at}:${literals[literal]}`)

describe('LiteralSearch', () => {
  test('finds every literal anywhere, in ascending order', () => {
    expect(hits(['OpenSSL', 'wolfSSL', 'crypto/'], 'OpenSSL, not wolfSSL; crypto/crypto/')).toEqual([
      '0:OpenSSL',
      '13:wolfSSL',
      '22:crypto/',
      '29:crypto/',
    ])
  })

  test('finds literals of different lengths, one a prefix of another, and overlapping ones', () => {
    expect(hits(['abab', 'ababab'], 'xababab')).toEqual(['1:abab', '1:ababab', '3:abab'])
  })

  test('finds nothing if one byte differs, nor a literal cut off at the end', () => {
    expect(hits(['OpenSSL'], 'OpenSSI OpemSSL openSSL OpenSS')).toEqual([])
  })

  test('sees bytes, not characters', () => expect(hits(['\xe9\xff\x00'], 'a\xe9\xff\x00b')).toEqual(['1:\xe9\xff\x00']))

  test('needs no bytes at all', () => expect(hits(['abc'], '')).toEqual([]))

  test('agrees with a search for each literal alone', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(
        fc.uniqueArray(letters, { minLength: 1, maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 }),
        (literals, text) => {
          const alone = literals.flatMap(literal =>
            [...text].flatMap((_, at) => (text.startsWith(literal, at) ? [`${at}:${literal}`] : [])),
          )
          expect(hits(literals, text).sort()).toEqual(alone.sort())
        },
      ),
      { numRuns: runs(500) },
    )
  })
})
