/**
 * An ELF file as the loader sees it: headers, and the symbols, versions and hash tables that PT_DYNAMIC leads to.
 *
 * Section headers are consulted for one question only: whether a file without its dynamic part is a debuginfo file,
 * in which those sections are NOBITS by design, or broken.
 */
import { byteStringOf } from '../bytes/names.js'
import { Reader } from '../bytes/reader.js'
import { failUnmapped, type AddressSpace } from './address-space.js'
import { DT, type DynamicSection } from './dynamic.js'
import { decodeDynamicView, type DynamicView } from './dynamic-view.js'
import type { ElfHeader } from './header.js'
import { EM_MIPS } from './machines.js'
import { decodeElfHead, dynamicAt, dynamicSegment, hasPieFlag, isProgramFile, type ElfHead, type FilePart } from './elf-head.js'
import { PT_INTERP, type ProgramHeader } from './program-headers.js'
import { SHT_NOBITS, decodeSectionHeaders } from './section-headers.js'

export interface ElfImage {
  readonly header: ElfHeader
  readonly programHeaders: readonly ProgramHeader[]
  readonly addresses: AddressSpace
  /** The loader's path from PT_INTERP, as a byte string; `null` without PT_INTERP. */
  readonly interpreter: string | null
  /** `null` for a file without a dynamic part: relocatable, static, core, debuginfo. */
  readonly dynamic: DynamicView | null
  /** Started by the kernel rather than loaded as a library: ET_EXEC, or a position-independent executable. */
  readonly isProgram: boolean
  /** Can the loader load it as a library? It rejects files marked as position-independent executables. */
  readonly isLoadable: boolean
  /** May an undefined symbol have a value, the address of its canonical PLT entry? Only in programs and on MIPS; elsewhere no link editor makes such a symbol. */
  readonly mayHavePltEntries: boolean
  /** A debuginfo file: its dynamic sections have addresses, but no bytes. */
  readonly isDebugOnly: boolean
}

/**
 * `bytes` is the whole file, or as much as `neededPart` asks for, with the section headers apart; borrowed. Throws `MalformedError` with the structure and
 * offset that a loader or a strict reader would reject.
 */
export function decodeElfImage(bytes: Uint8Array, sectionHeaders: FilePart | null = null): ElfImage {
  return imageOf(decodeElfHead(bytes, bytes.length, sectionHeaders))
}

/** For a file whose headers are decoded, with the bytes that `elfHead.addresses` provides. Throws `MalformedError` likewise. */
export function imageOf(elfHead: ElfHead): ElfImage {
  const { file, header, programHeaders, addresses } = elfHead
  const { view: dynamic, isDebugOnly } = loadDynamic(elfHead)
  const section = dynamic?.section ?? null
  const isProgram = isProgramFile(elfHead, section)
  return {
    header,
    programHeaders,
    addresses,
    interpreter: interpreterOf(file, programHeaders),
    dynamic,
    isProgram,
    isLoadable: header.type === 'DYN' && !hasPieFlag(section),
    mayHavePltEntries: isProgram || header.machine === EM_MIPS,
    isDebugOnly,
  }
}

/** The kernel reads it from the file, at p_offset; source: load_elf_binary of Linux' fs/binfmt_elf.c. */
function interpreterOf(file: Reader, programHeaders: readonly ProgramHeader[]): string | null {
  const segment = programHeaders.find(({ type }) => type === PT_INTERP)
  if (segment === undefined || !file.holds(segment.offset, segment.fileSize)) return null
  const [name = ''] = byteStringOf(file.bytes(segment.offset, segment.fileSize)).split('\0')
  return name === '' ? null : name
}

interface Loaded {
  readonly view: DynamicView | null
  readonly isDebugOnly: boolean
}

function loadDynamic(elfHead: ElfHead): Loaded {
  const { file, header, programHeaders, addresses } = elfHead
  const segment = dynamicSegment(programHeaders)
  if (segment === undefined) return { view: null, isDebugOnly: false }
  const section = dynamicAt(elfHead, segment)
  if (!leadsToSymbols(section, addresses) && (segment.fileSize === 0 || isNobits(elfHead, segment.address)))
    return { view: null, isDebugOnly: true }
  if (section === null) return failUnmapped('dynamic section', segment.address)
  rejectTruncated(file, addresses)
  return { view: decodeDynamicView(section, addresses, header), isDebugOnly: false }
}

/** Does it lead to symbol names? If so, ld.so loads the file, whatever the section headers say. */
function leadsToSymbols(section: DynamicSection | null, addresses: AddressSpace): boolean {
  const leadsTo = (tag: number): boolean => {
    const address = section?.value(tag) ?? null
    return address !== null && addresses.holds(address)
  }
  return leadsTo(DT.STRTAB) && leadsTo(DT.SYMTAB)
}

/** Rejects a truncated file: ld.so maps it nevertheless, and the process crashes on access to the missing part. */
function rejectTruncated(file: Reader, { segments }: AddressSpace): void {
  for (const { offset, fileSize } of segments) {
    if (offset + fileSize > file.length)
      file.fail(file.length, `truncated: a PT_LOAD segment has ${fileSize} bytes from 0x${offset.toString(16)}, but the file ends`)
  }
}

function isNobits({ file, header, sectionHeaders }: ElfHead, address: number): boolean {
  const part = sectionHeaders === null ? file : new Reader(sectionHeaders.bytes, 'section headers', header.endianness, sectionHeaders.at)
  try {
    return decodeSectionHeaders(part, header, sectionHeaders?.at).some(
      section => section.type === SHT_NOBITS && section.address === address,
    )
  } catch {
    return false // with malformed section headers it does not count as a debuginfo file
  }
}
