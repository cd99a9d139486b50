/** What the headers of an ELF file say, before anything that they lead to is read. */
import { Reader } from '../bytes/reader.js'
import { AddressSpace } from './address-space.js'
import { DF_1_PIE, DT, decodeDynamic, type DynamicSection } from './dynamic.js'
import { decodeElfHeader, type ElfHeader } from './header.js'
import { PT_DYNAMIC, PT_INTERP, decodeProgramHeaders, type ProgramHeader } from './program-headers.js'

export interface ElfHead {
  /** All of it, as far as it was read. */
  readonly file: Reader
  readonly header: ElfHeader
  /** None where they say nothing of loading: in relocatable files and core dumps. */
  readonly programHeaders: readonly ProgramHeader[]
  readonly addresses: AddressSpace
}

/** `bytes` has the length of the whole file, borrowed; its first `known` are the file's own. Throws `MalformedError`. */
export function decodeElfHead(bytes: Uint8Array, known = bytes.length): ElfHead {
  const beginning = bytes.subarray(0, known)
  const header = decodeElfHeader(beginning)
  const file = new Reader(bytes, 'ELF file', header.endianness)
  const isLoaded = header.type === 'DYN' || header.type === 'EXEC'
  const headers = known === bytes.length ? file : new Reader(beginning, 'ELF file', header.endianness)
  const programHeaders = isLoaded ? decodeProgramHeaders(headers, header) : []
  return { file, header, programHeaders, addresses: new AddressSpace(file, programHeaders) }
}

/** The last one counts, as in ld.so, where newer versions pass over those without file content. */
export function dynamicSegment(programHeaders: readonly ProgramHeader[]): ProgramHeader | undefined {
  const segments = programHeaders.filter(({ type }) => type === PT_DYNAMIC)
  return segments.findLast(({ fileSize }) => fileSize > 0) ?? segments.at(-1)
}

/** ld.so reads the dynamic section where PT_LOAD maps p_vaddr, up to DT_NULL; p_offset and p_memsz of PT_DYNAMIC mean nothing to it. `null` where nothing is mapped. */
export function dynamicAt({ addresses, header }: ElfHead, { address }: ProgramHeader): DynamicSection | null {
  const mapped = addresses.from('dynamic section', address)
  return mapped === null ? null : decodeDynamic(mapped, header.elfClass)
}

/** Started by the kernel rather than loaded beside a program: ET_EXEC, or a position-independent executable. `section` is its dynamic section, where it has one. */
export function isProgramFile({ header, programHeaders }: ElfHead, section: DynamicSection | null): boolean {
  return hasPieFlag(section) || isUnflaggedProgram(header, programHeaders, section)
}

/** DF_1_PIE. */
export function hasPieFlag(section: DynamicSection | null): boolean {
  return ((section?.value(DT.FLAGS_1) ?? 0) & DF_1_PIE) !== 0
}

/** Some libraries have an interpreter so that they can print their version (libc.so.6, libQt5Core): a soname tells them from programs. */
function isUnflaggedProgram(header: ElfHeader, programHeaders: readonly ProgramHeader[], section: DynamicSection | null): boolean {
  if (header.type !== 'DYN') return header.type === 'EXEC'
  return programHeaders.some(({ type }) => type === PT_INTERP) && (section?.value(DT.SONAME) ?? null) === null
}
