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
  /** Symbols that the table speaks for, the null symbol included; `null` where it does not tell. */
  readonly symbolCount: number | null
  /** Would the loader, looking for `name`, come past symbol `index`? */
  leadsTo(name: string, index: number): boolean
}

export function decodeSysvHash(table: Reader, machine: number, elfClass: ElfClass): HashTable {
  const wordSize = hasWideEntries(machine, elfClass) ? 8 : 4
  const entry = (at: number): number => (wordSize === 8 ? table.u64(at * 8) : table.u32(at * 4))
  const bucketCount = entry(0)
  const chainCount = entry(1)
  const words = table.window('DT_HASH', 0, (2 + bucketCount + chainCount) * wordSize)
  return {
    symbolCount: chainCount,
    leadsTo(name, wanted) {
      if (bucketCount === 0) return false
      let index = entry(2 + (sysvHash(name) % bucketCount))
      for (let steps = 0; index !== 0 && steps < chainCount; steps++) {
        if (index === wanted) return true
        if (index >= chainCount) words.fail(0, `chain leads to symbol ${index} of ${chainCount}`)
        index = entry(2 + bucketCount + index)
      }
      return false
    },
  }
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
