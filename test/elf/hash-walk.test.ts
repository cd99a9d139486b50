/** Whether a hash table leads to a symbol is looked up, not walked; here it is compared with the loader's walk, on tables that no link editor makes too. */
import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { Reader } from '../../lib/bytes/reader.js'
import { MalformedError } from '../../lib/errors/check-error.js'
import { decodeGnuHash, decodeMipsXhash, gnuHash } from '../../lib/elf/gnu-hash.js'
import { decodeSysvHash, sysvHash } from '../../lib/elf/sysv-hash.js'

const NAMES = ['', 'a', 'b', 'ab', 'x_open', 'x_close', 'CRYPTO_lock']
const SYMBOLS = 12

function reader(words: readonly number[]): Reader {
  const bytes = Uint32Array.from(words)
  return new Reader(new Uint8Array(bytes.buffer), 'hash', 'little')
}

/** What a step returns, or the text for a malformed table. */
function answer<Value>(step: () => Value): Value | 'malformed' {
  try {
    return step()
  } catch (error) {
    if (error instanceof MalformedError) return 'malformed'
    throw error
  }
}

const everyPair = NAMES.flatMap(name => Array.from({ length: SYMBOLS }, (_, symbol) => [name, symbol] as const))
const hashWord = fc.tuple(fc.constantFrom(...NAMES), fc.boolean()).map(([name, isLast]) => ((gnuHash(name) & ~1) | (isLast ? 1 : 0)) >>> 0)

describe('a hash table', () => {
  test('of System V leads where the walk along its chains leads', () => {
    const tables = fc.record({
      buckets: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
      chains: fc.array(fc.nat(9), { minLength: 10, maxLength: 10 }),
    })
    fc.assert(
      fc.property(tables, ({ buckets, chains }) => {
        const table = decodeSysvHash(reader([buckets.length, chains.length, ...buckets, ...chains]), 62, 64)
        for (const [name, symbol] of everyPair) {
          let index = buckets[sysvHash(name) % buckets.length]!
          let isFound = false
          for (let steps = 0; index !== 0 && steps < chains.length && !isFound; steps++) {
            isFound = index === symbol
            index = chains[index]!
          }
          expect(table.leadsTo(name, symbol)).toBe(isFound)
        }
      }),
      { numRuns: 200 },
    )
  })

  const gnuTables = fc.record({
    offset: fc.nat(3),
    buckets: fc.array(fc.nat(8), { minLength: 1, maxLength: 3 }),
    chains: fc.array(hashWord, { minLength: 1, maxLength: 8 }),
  })
  const wordsOf = ({ offset, buckets, chains }: { offset: number; buckets: readonly number[]; chains: readonly number[] }): number[] => {
    return [buckets.length, offset, 1, 6, 0xffffffff, 0xffffffff, ...buckets, ...chains]
  }
  /** The entry by which the walk finds what `accepts` takes. */
  const walks = (words: readonly number[], name: string, accepts: (index: number) => boolean): boolean => {
    const [bucketCount = 0, offset = 0] = words
    const chainsAt = 6 + bucketCount
    const first = words[6 + (gnuHash(name) % bucketCount)]!
    for (let index = first; first !== 0; index++) {
      const entry = words[chainsAt + index - offset]!
      if ((entry | 1) >>> 0 === (gnuHash(name) | 1) >>> 0 && accepts(index)) return true
      if ((entry & 1) !== 0) return false
    }
    return false
  }

  test('of GNU leads where the walk along its chains leads', () => {
    fc.assert(
      fc.property(gnuTables, parts => {
        const words = wordsOf(parts)
        const table = answer(() => decodeGnuHash(reader(words), 64))
        if (table === 'malformed') return
        for (const [name, symbol] of everyPair) expect(table.leadsTo(name, symbol)).toBe(walks(words, name, index => index === symbol))
      }),
      { numRuns: 250 },
    )
  })

  test('of MIPS leads where the walk leads by way of its table of symbols', () => {
    fc.assert(
      fc.property(gnuTables, fc.array(fc.nat(SYMBOLS - 1), { minLength: 8, maxLength: 8 }), (parts, symbols) => {
        const chains = [...parts.chains.slice(0, -1), parts.chains.at(-1)! | 1].map(word => word >>> 0)
        const words = wordsOf({ ...parts, offset: 1, buckets: parts.buckets.map(first => Math.min(first, chains.length)), chains })
        const table = answer(() => decodeMipsXhash(reader([...words, ...symbols]), 64, chains.length + 1))
        if (table === 'malformed') return
        for (const [name, symbol] of everyPair)
          expect(table.leadsTo(name, symbol)).toBe(walks(words, name, index => symbols[index - 1] === symbol))
      }),
      { numRuns: 250 },
    )
  })

  test('refuses to walk chains that overlap for each of many symbols', () => {
    const chains = Array.from({ length: 5000 }, (_, index) => (index + 1) % 5000)
    const table = decodeSysvHash(reader([2, 5000, 1, 1, ...chains]), 62, 64)
    const askForEach = (): void => chains.forEach((_, symbol) => table.leadsTo('x', 5000 + symbol))
    expect(askForEach).toThrow('hash chains overlap')
  })
})
