/**
 * Program headers: the loader's own view of the file.
 *
 * Source: System V gABI 4.1, Program Header; p_type values of glibc's elf/elf.h.
 */
import type { Reader } from '../bytes/reader.js'
import { lossyWord, word, type ElfClass, type ElfHeader } from './header.js'

export const PT_LOAD = 1
export const PT_DYNAMIC = 2
export const PT_INTERP = 3
export const PT_NOTE = 4
export const PF_X = 1
export const PF_W = 2

/** Offsets, addresses and sizes are bytes. */
export interface ProgramHeader {
  readonly type: number
  readonly flags: number
  readonly offset: number
  readonly address: number
  readonly fileSize: number
  readonly memorySize: number
  /** p_align. */
  readonly alignment: number
}

const LAYOUT = {
  32: { size: 32, flags: 24, offset: 4, address: 8, fileSize: 16, memorySize: 20, alignment: 28 },
  64: { size: 56, flags: 4, offset: 8, address: 16, fileSize: 32, memorySize: 40, alignment: 48 },
} as const

/** Throws `MalformedError` if the table reaches beyond the file or its entry size is not the one that ld.so accepts. */
export function decodeProgramHeaders(file: Reader, header: ElfHeader): ProgramHeader[] {
  const { offset, entrySize, count } = header.programHeaders
  if (count === 0) return []
  const layout = LAYOUT[header.elfClass]
  if (entrySize !== layout.size) file.fail(0, `e_phentsize is ${entrySize}, must be ${layout.size}`)
  const table = file.window('program headers', offset, entrySize * count)
  return Array.from({ length: count }, (_, index) => decodeOne(table, index * entrySize, header.elfClass))
}

function decodeOne(table: Reader, at: number, elfClass: ElfClass): ProgramHeader {
  const layout = LAYOUT[elfClass]
  return {
    type: table.u32(at),
    flags: table.u32(at + layout.flags),
    offset: word(table, at + layout.offset, elfClass),
    address: lossyWord(table, at + layout.address, elfClass),
    fileSize: word(table, at + layout.fileSize, elfClass),
    memorySize: word(table, at + layout.memorySize, elfClass),
    alignment: lossyWord(table, at + layout.alignment, elfClass),
  }
}
