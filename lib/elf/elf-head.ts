/** The headers of an ELF file, before anything that they refer to is read. */
import { Reader } from '../bytes/reader.js'
import { AddressSpace } from './address-space.js'
import { DF_1_PIE, DT, decodeDynamic, type DynamicSection } from './dynamic.js'
import { decodeElfHeader, type ElfHeader } from './header.js'
import { PT_DYNAMIC, PT_INTERP, decodeProgramHeaders, type ProgramHeader } from './program-headers.js'

/** Bytes of a file, which begin at an offset in it. */
export interface FilePart {
  readonly at: number
  readonly bytes: Uint8Array
}

export interface ElfHead {
  /** The whole file, as far as it was read and kept. */
  readonly file: Reader
  /** The section headers, if they are not in `file`. */
  readonly sectionHeaders: FilePart | null
  readonly header: ElfHeader
  /** Empty where they do not describe loading: in relocatable files and core dumps. */
  readonly programHeaders: readonly ProgramHeader[]
  readonly addresses: AddressSpace
}

/** `bytes` has the length of the whole file and is borrowed; only its first `known` bytes were read. Throws `MalformedError`. */
export function decodeElfHead(bytes: Uint8Array, known = bytes.length, sectionHeaders: FilePart | null = null): ElfHead {
  const beginning = bytes.subarray(0, known)
  const header = decodeElfHeader(beginning)
  const file = new Reader(bytes, 'ELF file', header.endianness)
  const isLoaded = header.type === 'DYN' || header.type === 'EXEC'
  const headers = known === bytes.length ? file : new Reader(beginning, 'ELF file', header.endianness)
  const programHeaders = isLoaded ? decodeProgramHeaders(headers, header) : []
  return { file, sectionHeaders, header, programHeaders, addresses: new AddressSpace(file, programHeaders) }
}

/** The last PT_DYNAMIC counts, as in ld.so, whose newer versions skip those without file content. */
export function dynamicSegment(programHeaders: readonly ProgramHeader[]): ProgramHeader | undefined {
  const segments = programHeaders.filter(({ type }) => type === PT_DYNAMIC)
  return segments.findLast(({ fileSize }) => fileSize > 0) ?? segments.at(-1)
}

/** ld.so reads the dynamic section where PT_LOAD maps p_vaddr, up to DT_NULL, and ignores p_offset and p_memsz of PT_DYNAMIC. `null` if nothing is mapped there. */
export function dynamicAt({ addresses, header }: ElfHead, { address }: ProgramHeader): DynamicSection | null {
  const mapped = addresses.from('dynamic section', address)
  return mapped === null ? null : decodeDynamic(mapped, header.elfClass)
}

/** Started by the kernel rather than loaded as a library: ET_EXEC, or a position-independent executable. `section` is its dynamic section, if any. */
export function isProgramFile({ header, programHeaders }: ElfHead, section: DynamicSection | null): boolean {
  return hasPieFlag(section) || isUnflaggedProgram(header, programHeaders, section)
}

/** DF_1_PIE. */
export function hasPieFlag(section: DynamicSection | null): boolean {
  return ((section?.value(DT.FLAGS_1) ?? 0) & DF_1_PIE) !== 0
}

/** Some libraries have an interpreter so that they can print their version (libc.so.6, libQt5Core): a soname distinguishes them from programs. */
function isUnflaggedProgram(header: ElfHeader, programHeaders: readonly ProgramHeader[], section: DynamicSection | null): boolean {
  if (header.type !== 'DYN') return header.type === 'EXEC'
  return programHeaders.some(({ type }) => type === PT_INTERP) && (section?.value(DT.SONAME) ?? null) === null
}
