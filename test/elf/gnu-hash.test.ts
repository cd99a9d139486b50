import { describe, expect, test } from '@jest/globals'
import { Reader } from '../../lib/bytes/reader.js'
import { decodeGnuHash, gnuHash } from '../../lib/elf/gnu-hash.js'

const SYMBOL_OFFSET = 1
const ALL_BITS = 0xffffffff
const NAMES = ['x_open', 'x_close', 'x_read', 'x_write']

/** A table whose buckets hold these hashes, one symbol each from symbol 1 on. The bloom filter admits every name unless `bloom` says otherwise. */
function table(buckets: readonly (readonly number[])[], bloom = ALL_BITS): Reader {
  const first = buckets.map((bucket, index) => (bucket.length === 0 ? 0 : SYMBOL_OFFSET + buckets.slice(0, index).flat().length))
  const chains = buckets.flatMap(bucket => bucket.map((hash, index) => ((hash & ~1) | (index === bucket.length - 1 ? 1 : 0)) >>> 0))
  const words = Uint32Array.from([buckets.length, SYMBOL_OFFSET, 1, 6, bloom, bloom, ...first, ...chains])
  return new Reader(new Uint8Array(words.buffer), 'DT_GNU_HASH', 'little')
}

/** The symbols that are visited when symbol n is called `names[n - 1]`. */
function visited(reader: Reader, names: readonly string[]): number[] {
  const found: number[] = []
  const nameOf = (symbol: number): string => names[symbol - SYMBOL_OFFSET] ?? ''
  decodeGnuHash(reader, 64).visit({ nameOf, gnuHashOf: symbol => gnuHash(nameOf(symbol)) }, symbol => found.push(symbol))
  return found
}

const hashes = NAMES.map(gnuHash)
/** The same, each in its bucket of two. */
const sorted = [0, 1].map(bucket => NAMES.filter(name => gnuHash(name) % 2 === bucket))

describe('the symbols to which a GNU hash table leads', () => {
  test('are all if every hash is in its bucket', () => {
    expect(visited(table([hashes]), NAMES)).toEqual([1, 2, 3, 4])
    expect(sorted.map(({ length }) => length)).not.toContain(0)
    expect(visited(table(sorted.map(names => names.map(gnuHash))), sorted.flat())).toEqual([1, 2, 3, 4])
  })

  test('are not those whose chain word has another hash', () => {
    expect(visited(table([[gnuHash('x_other')]]), ['x_open'])).toEqual([])
    expect(visited(table([[hashes[0]!, gnuHash('x_other'), hashes[2]!]]), NAMES)).toEqual([1, 3])
  })

  test('are not those in another bucket than their hash’s', () => {
    const swapped = [...sorted].reverse()
    expect(visited(table(swapped.map(names => names.map(gnuHash))), swapped.flat())).toEqual([])
  })

  test('are not those that the bloom filter refuses', () => expect(visited(table([hashes], 0), NAMES)).toEqual([]))

  test('are those that a lookup by name finds', () => {
    const inWrongBucket = decodeGnuHash(table([...sorted].reverse().map(names => names.map(gnuHash))), 64)
    const inRightBucket = decodeGnuHash(table(sorted.map(names => names.map(gnuHash))), 64)
    sorted.flat().forEach((name, index) => expect(inRightBucket.leadsTo(name, index + SYMBOL_OFFSET)).toBe(true))
    for (const name of NAMES) expect([1, 2, 3, 4].some(symbol => inWrongBucket.leadsTo(name, symbol))).toBe(false)
  })
})
