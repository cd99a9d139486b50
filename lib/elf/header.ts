/**
 * The ELF identification and file header: what kind of file this is, and where its program and section headers lie.
 *
 * Source: System V gABI 4.1, ELF Header; e_ident values of the generic ABI and of glibc's elf/elf.h.
 */
import { Reader, type Endianness } from '../bytes/reader.js'
import { MalformedError } from '../errors/check-error.js'

export type ElfClass = 32 | 64
/** e_type by name; `other` is a processor- or system-specific type. */
export type ElfType = 'NONE' | 'REL' | 'EXEC' | 'DYN' | 'CORE' | 'other'

export interface ElfHeader {
  readonly elfClass: ElfClass
  readonly endianness: Endianness
  readonly type: ElfType
  /** e_machine, see `machineName`. */
  readonly machine: number
  /** e_ident[EI_OSABI]: 0 System V, 3 GNU. */
  readonly osAbi: number
  readonly programHeaders: HeaderTable
  readonly sectionHeaders: HeaderTable
  /** e_shstrndx: the section with the names of sections, or SHN_XINDEX. */
  readonly sectionNames: number
}

/** A table of entries of equal size: offset and entry size in bytes. A `count` of 0 means that there is no table. */
export interface HeaderTable {
  readonly offset: number
  readonly entrySize: number
  readonly count: number
}

const EI_NIDENT = 16
const EI_CLASS = 4,
  EI_DATA = 5,
  EI_VERSION = 6,
  EI_OSABI = 7
const EV_CURRENT = 1
const TYPES: readonly ElfType[] = ['NONE', 'REL', 'EXEC', 'DYN', 'CORE']
/** e_phnum if the real count, above 65,534, is in sh_info of section 0. */
const PN_XNUM = 0xffff

/** Field offsets of Elf32_Ehdr and Elf64_Ehdr after e_ident; words are 4 or 8 bytes wide. */
const FIELDS = {
  32: { size: 52, phoff: 28, shoff: 32, phentsize: 42, phnum: 44, shentsize: 46, shnum: 48, shstrndx: 50 },
  64: { size: 64, phoff: 32, shoff: 40, phentsize: 54, phnum: 56, shentsize: 58, shnum: 60, shstrndx: 62 },
} as const

/** Do these first bytes of a file have the ELF magic? */
export function isElf(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46
}

/** `file` is the whole file. Throws `MalformedError` for an unknown class, encoding or version, and for a short file. */
export function decodeElfHeader(file: Uint8Array): ElfHeader {
  if (file.length >= EI_NIDENT && !isElf(file)) throw new MalformedError('not an ELF file', 'ELF identification', 0)
  const ident = new Reader(file, 'ELF header', 'little').window('ELF identification', 0, EI_NIDENT)
  const elfClass = elfClassOf(ident)
  const endianness = endiannessOf(ident)
  if (ident.u8(EI_VERSION) !== EV_CURRENT) ident.fail(EI_VERSION, 'unsupported EI_VERSION')
  const fields = FIELDS[elfClass]
  const header = new Reader(file, 'ELF header', endianness).window('ELF header', 0, fields.size)
  if (header.u32(20) !== EV_CURRENT) header.fail(20, 'unsupported e_version')
  return {
    elfClass,
    endianness,
    type: TYPES[header.u16(16)] ?? 'other',
    machine: header.u16(18),
    osAbi: ident.u8(EI_OSABI),
    // ld.so treats e_phoff 0 like any other offset: the program headers may overlap this header.
    programHeaders: headerTable(header, elfClass, fields.phoff, fields.phentsize, fields.phnum),
    sectionHeaders: headerTable(header, elfClass, fields.shoff, fields.shentsize, fields.shnum),
    sectionNames: header.u16(fields.shstrndx),
  }
}

/** A word of the class's width: 4 or 8 bytes. */
export function word(reader: Reader, at: number, elfClass: ElfClass): number {
  return elfClass === 64 ? reader.u64(at) : reader.u32(at)
}

/**
 * A word that is an address, a tag or a flag set. Kernel images and signed tags use the upper half of 64 bits: above 53 bits the low
 * bits are lost, which does no harm because such values are never used for lookup.
 */
export function lossyWord(reader: Reader, at: number, elfClass: ElfClass): number {
  if (elfClass === 32) return reader.u32(at)
  const [low, high] = reader.endianness === 'little' ? [at, at + 4] : [at + 4, at]
  return reader.u32(high) * 0x1_0000_0000 + reader.u32(low)
}

function elfClassOf(ident: Reader): ElfClass {
  const value = ident.u8(EI_CLASS)
  return value === 1 ? 32 : value === 2 ? 64 : ident.fail(EI_CLASS, `unknown EI_CLASS ${value}`)
}

function endiannessOf(ident: Reader): Endianness {
  const value = ident.u8(EI_DATA)
  return value === 1 ? 'little' : value === 2 ? 'big' : ident.fail(EI_DATA, `unknown EI_DATA ${value}`)
}

function headerTable(header: Reader, elfClass: ElfClass, offsetAt: number, sizeAt: number, countAt: number): HeaderTable {
  const offset = word(header, offsetAt, elfClass)
  const count = header.u16(countAt)
  if (count === PN_XNUM)
    throw new MalformedError('ELF header: more than 65,534 program or section headers are not supported', 'ELF header', countAt)
  return { offset, entrySize: header.u16(sizeAt), count }
}
