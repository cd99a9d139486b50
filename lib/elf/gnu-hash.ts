/**
 * DT_GNU_HASH: the hash table that ld.so prefers. Symbols below its `symoffset` are not in it, so lookup can never find them.
 *
 * Layout: nbuckets, symoffset, bloom_size, bloom_shift (u32 each), bloom[bloom_size] (words of the class's width),
 * buckets[nbuckets] (u32), chain[] (u32; bit 0 ends a chain).
 * Source: glibc's elf/dl-lookup.c and elf/dl-setup_hash.c (setup and lookup of l_gnu_buckets).
 */
import type { Reader } from '../bytes/reader.js'
import type { ElfClass } from './header.js'
import type { HashTable } from './sysv-hash.js'

const HEADER_SIZE = 16

/** The table of DT_GNU_HASH: entry i of the chains is symbol i. */
export function decodeGnuHash(table: Reader, elfClass: ElfClass): HashTable {
  const { count, reaches, visit } = decodeChains(table, elfClass)
  return {
    symbolCount: count,
    leadsTo: reaches,
    visit: ({ gnuHashOf }, found) => visit(gnuHashOf, found),
  }
}

/**
 * DT_MIPS_XHASH: dynsym has another order there, so a table after the chains gives each entry's symbol.
 * `symbolCount` is DT_MIPS_SYMTABNO. Source: sysdeps/mips/ldsodefs.h of glibc.
 */
export function decodeMipsXhash(table: Reader, elfClass: ElfClass, symbolCount: number): HashTable {
  const { chainsAt, symbolOffset, count, reaches, visit } = decodeChains(table, elfClass)
  const symbolsAt = chainsAt + (symbolCount - symbolOffset) * 4
  const symbolOf = (index: number): number => table.u32(symbolsAt + (index - symbolOffset) * 4)
  let entriesOf: ReadonlyMap<number, readonly number[]> | null = null
  return {
    symbolCount,
    leadsTo(name, wanted) {
      entriesOf ??= entriesBySymbol()
      return (entriesOf.get(wanted) ?? []).some(index => reaches(name, index))
    },
    visit: ({ gnuHashOf }, found) =>
      visit(
        index => gnuHashOf(symbolOf(index)),
        (index, hash) => found(symbolOf(index), hash),
      ),
  }

  function entriesBySymbol(): ReadonlyMap<number, readonly number[]> {
    const entries = new Map<number, number[]>()
    for (let index = symbolOffset; index < (count ?? 0); index++) {
      if (!table.holds(symbolsAt + (index - symbolOffset) * 4, 4)) continue
      const known = entries.get(symbolOf(index))
      if (known === undefined) entries.set(symbolOf(index), [index])
      else known.push(index)
    }
    return entries
  }
}

interface Chains {
  readonly count: number | null
  readonly chainsAt: number
  readonly symbolOffset: number
  /** Would lookup of the name compare its hash with this entry's, and find it equal? */
  reaches(name: string, wanted: number): boolean
  /** Every entry that lookup of its own name reaches. */
  visit(hashOf: (index: number) => number, found: (index: number, hash: number) => void): void
}

function decodeChains(table: Reader, elfClass: ElfClass): Chains {
  const bucketCount = table.u32(0)
  const symbolOffset = table.u32(4)
  const bloomWords = table.u32(8)
  const bloomShift = table.u32(12)
  const wordSize = elfClass / 8
  const bucketsAt = HEADER_SIZE + bloomWords * wordSize
  const chainsAt = bucketsAt + bucketCount * 4
  table.window('DT_GNU_HASH', 0, chainsAt)
  const chain = (index: number): number => table.u32(chainsAt + (index - symbolOffset) * 4)
  const count = symbolCountOf(table, bucketsAt, bucketCount, symbolOffset, chain)
  // A bucket may refer to what is before the chains. Below this is nothing.
  const lowest = Math.max(0, symbolOffset - chainsAt / 4)
  let ends: Uint32Array | null = null

  return {
    chainsAt,
    symbolOffset,
    count,
    reaches(name, wanted) {
      if (bucketCount === 0) return false
      const hash = gnuHash(name)
      if (!bloomAdmits(table, hash, bloomWords, bloomShift, elfClass)) return false
      const first = table.u32(bucketsAt + (hash % bucketCount) * 4)
      if (first === 0 || wanted < first) return false
      if (first < lowest) return table.fail(bucketsAt, `bucket refers to symbol ${first}, outside the table`)
      ends ??= chainEnds(chain, lowest, count ?? 0)
      return wanted <= ends[first - lowest]! && (chain(wanted) | 1) >>> 0 === (hash | 1) >>> 0
    },
    visit(hashOf, found) {
      for (let bucket = 0, left = count ?? 0; bucket < bucketCount; bucket++) {
        const first = table.u32(bucketsAt + bucket * 4)
        for (let index = first, isLast = first === 0; !isLast; index++) {
          if (left-- === 0) table.fail(bucketsAt + bucket * 4, 'hash chains overlap')
          const entry = chain(index)
          const hash = hashOf(index)
          const isReached = (entry | 1) >>> 0 === (hash | 1) >>> 0 && hash % bucketCount === bucket
          if (isReached && bloomAdmits(table, hash, bloomWords, bloomShift, elfClass)) found(index, hash)
          isLast = (entry & 1) !== 0
        }
      }
    },
  }
}

/** By entry from `lowest` on: the last entry of its chain. Asked for each of many symbols of one chain, so following it each time would take the square. */
function chainEnds(chain: (index: number) => number, lowest: number, count: number): Uint32Array {
  const ends = new Uint32Array(Math.max(0, count - lowest))
  for (let index = count - 1, end = index; index >= lowest; index--) {
    if ((chain(index) & 1) !== 0) end = index
    ends[index - lowest] = end
  }
  return ends
}

/** The table does not store the number of symbols: it is the end of the chain that begins last. `null` if all buckets are empty. */
function symbolCountOf(
  table: Reader,
  bucketsAt: number,
  bucketCount: number,
  symbolOffset: number,
  chain: (index: number) => number,
): number | null {
  let last = 0
  for (let bucket = 0; bucket < bucketCount; bucket++) last = Math.max(last, table.u32(bucketsAt + bucket * 4))
  if (last === 0) return null
  if (last < symbolOffset) table.fail(bucketsAt, `bucket refers to symbol ${last}, below symoffset ${symbolOffset}`)
  while ((chain(last) & 1) === 0) last++
  return last + 1
}

/** ld.so masks with bloom_size - 1 and reads one word: bits `hash` and `hash >> shift`, modulo the word's width. */
function bloomAdmits(table: Reader, hash: number, bloomWords: number, bloomShift: number, elfClass: ElfClass): boolean {
  const word = (elfClass === 64 ? hash >>> 6 : hash >>> 5) & (bloomWords - 1)
  const first = hash & (elfClass - 1)
  if (bloomShift > 31) return bloomBit(table, word, first, elfClass) // the result of such a shift differs between machines
  const second = (hash >>> bloomShift) & (elfClass - 1)
  return bloomBit(table, word, first, elfClass) && bloomBit(table, word, second, elfClass)
}

function bloomBit(table: Reader, word: number, bit: number, elfClass: ElfClass): boolean {
  const isUpper = bit >= 32
  const half = elfClass === 64 && isUpper === (table.endianness === 'little') ? 4 : 0
  return ((table.u32(HEADER_SIZE + word * (elfClass / 8) + half) >>> (bit % 32)) & 1) === 1
}

/** `name` is a byte string. */
export function gnuHash(name: string): number {
  let hash = 5381
  for (let at = 0; at < name.length; at++) hash = (hash * 33 + name.charCodeAt(at)) >>> 0
  return hash
}
