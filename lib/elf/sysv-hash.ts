/**
 * DT_HASH: the System V hash table over dynsym.
 *
 * Layout: nbucket, nchain, bucket[nbucket], chain[nchain]; words of 4 bytes, but of 8 on Alpha and 64-bit s390.
 * Source: System V gABI 4.1, Hash Table; Elf_Symndx of glibc's sysdeps/{alpha,s390/s390-64}/bits/elfclass.h.
 */
import type { Reader } from '../bytes/reader.js'
import type { ElfClass } from './header.js'
import { EM_ALPHA, EM_S390 } from './machines.js'

export interface HashTable {
  /** Number of symbols that the table covers, including the null symbol; `null` where it does not show. */
  readonly symbolCount: number | null
  /** Would the loader reach symbol `index` when it looks up `name`? */
  leadsTo(name: string, index: number): boolean
  /**
   * Every symbol that lookup of its own name reaches, with DT_GNU_HASH's hash of the name; symbols of one name in the order of lookup. Throws
   * `MalformedError` for overlapping chains.
   */
  visit(names: SymbolNames, found: (symbol: number, gnuHash: number) => void): void
}

/** Names of symbols, and their hashes without making the names. Both throw `MalformedError` for a name outside the string table. */
export interface SymbolNames {
  nameOf(symbol: number): string
  gnuHashOf(symbol: number): number
}

/** Steps through chains that overlap, for each symbol of the table; no link editor makes such chains. */
const STEPS = 64
const SMALL_TABLE = 1024

export function decodeSysvHash(table: Reader, machine: number, elfClass: ElfClass): HashTable {
  const wordSize = hasWideEntries(machine, elfClass) ? 8 : 4
  const entry = (at: number): number => (wordSize === 8 ? table.u64(at * 8) : table.u32(at * 4))
  const bucketCount = entry(0)
  const chainCount = entry(1)
  table.window('DT_HASH', 0, (2 + bucketCount + chainCount) * wordSize)
  // ld.so never reads nchain: the symbols that the chains lead to count, whatever length the table states.
  const symbolCount = reachedFrom(entry, bucketCount, chainCount)
  let bucketOf: Uint32Array | 'overlapping' | null = null
  let stepsLeft = STEPS * Math.max(symbolCount, SMALL_TABLE)
  const walk = (bucket: number, wanted: number): boolean => {
    let index = entry(2 + bucket)
    for (let steps = 0; index !== 0 && steps < symbolCount; steps++) {
      if (index === wanted) return true
      if (stepsLeft-- === 0) table.fail((2 + bucket) * wordSize, 'hash chains overlap')
      index = entry(2 + bucketCount + index)
    }
    return false
  }
  return {
    symbolCount,
    leadsTo(name, wanted) {
      if (bucketCount === 0) return false
      const bucket = sysvHash(name) % bucketCount
      bucketOf ??= bucketsOfSymbols(entry, bucketCount, symbolCount)
      return bucketOf === 'overlapping' ? walk(bucket, wanted) : bucketOf[wanted] === bucket + 1
    },
    visit(names, found) {
      for (let bucket = 0, left = symbolCount; bucket < bucketCount; bucket++) {
        for (let index = entry(2 + bucket); index !== 0; index = entry(2 + bucketCount + index)) {
          if (left-- === 0) table.fail((2 + bucket) * wordSize, 'hash chains overlap')
          if (sysvHash(names.nameOf(index)) % bucketCount === bucket) found(index, names.gnuHashOf(index))
        }
      }
    },
  }
}

/** By symbol: 1 + the bucket whose chain it is in, or 0. Asked for each of many symbols of one chain, so following it each time would take the square. */
function bucketsOfSymbols(entry: (at: number) => number, bucketCount: number, symbolCount: number): Uint32Array | 'overlapping' {
  const buckets = new Uint32Array(symbolCount)
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    for (let index = entry(2 + bucket); index !== 0; index = entry(2 + bucketCount + index)) {
      if (buckets[index] !== 0) return 'overlapping'
      buckets[index] = bucket + 1
    }
  }
  return buckets
}

/** One more than the highest symbol that a bucket or chain refers to, but at least `chainCount`. */
function reachedFrom(entry: (at: number) => number, bucketCount: number, chainCount: number): number {
  let count = chainCount
  for (let at = 0; at < bucketCount + count; at++) count = Math.max(count, entry(2 + at) + 1)
  return count
}

function hasWideEntries(machine: number, elfClass: ElfClass): boolean {
  return elfClass === 64 && (machine === EM_S390 || machine === EM_ALPHA)
}

/** `name` is a byte string. */
export function sysvHash(name: string): number {
  let hash = 0
  for (let at = 0; at < name.length; at++) {
    hash = ((hash << 4) >>> 0) + name.charCodeAt(at)
    hash = (hash ^ ((hash >>> 24) & 0xf0)) & 0x0fffffff
  }
  return hash >>> 0
}
