/**
 * What the headers of an object make the kernel or ld.so refuse when they map it. Tools that rewrite finished files leave such objects: patchelf and strip
 * have moved segments so that address and offset no longer fit together, prelink and old link editors wrote alignments below a page.
 *
 * Source: _dl_map_object_from_fd and _dl_map_segments of glibc's elf/dl-load.c and elf/dl-map-segments.h, elf_get_dynamic_info of elf/get-dynamic-info.h;
 * load_elf_binary and elf_map of Linux' fs/binfmt_elf.c. Measured with glibc 2.36 and 2.31 on x86-64.
 */
import { DT, type DynamicSection } from '../elf/dynamic.js'
import type { ElfClass } from '../elf/header.js'
import type { ElfImage } from '../elf/image.js'
import { relocationTypesOf } from '../elf/relocation-types.js'
import { PT_DYNAMIC, PT_LOAD, type ProgramHeader } from '../elf/program-headers.js'

/** Each is a message, or `null`. */
export interface StartUpFaults {
  /** As a program: the kernel kills it. */
  readonly asProgram: string | null
  /** As a library: a PT_LOAD segment. */
  readonly segment: string | null
  /** The same for loaders before glibc 2.35, which check p_align too. */
  readonly segmentBefore235: string | null
  /** As a library: the segments as a whole. */
  readonly layout: string | null
  /** As either: an assertion about the dynamic section. */
  readonly assertion: string | null
}

/** Of an object without any. */
export const NO_START_UP_FAULTS: StartUpFaults = { asProgram: null, segment: null, segmentBefore235: null, layout: null, assertion: null }

/** The smallest page size of any machine: where pages are larger, the loader refuses more. */
const PAGE = 4096

export function startUpFaultsOf({
  header,
  programHeaders,
  dynamic,
}: Pick<ElfImage, 'header' | 'programHeaders' | 'dynamic'>): StartUpFaults {
  const segments = programHeaders.filter(({ type }) => type === PT_LOAD)
  const isEmpty = programHeaders.some(({ type, fileSize }) => type === PT_DYNAMIC && fileSize === 0)
  const faults = {
    asProgram: programFault(segments),
    segment: segmentFault(segments, alignmentFault),
    segmentBefore235: segmentFault(segments, alignmentFaultBefore235),
    layout: isEmpty ? 'object file has no dynamic section' : layoutFault(segments),
    assertion: dynamic === null ? null : assertionOf(dynamic.section, header.machine, header.elfClass),
  }
  return Object.values(faults).every(fault => fault === null) ? NO_START_UP_FAULTS : faults
}

/** ld.so checks them one after the other as it reads the program headers. */
function segmentFault(segments: readonly ProgramHeader[], faultOf: (segment: ProgramHeader) => string | null): string | null {
  for (const segment of segments) {
    const fault = faultOf(segment)
    if (fault !== null) return fault
  }
  return segments.length === 0 ? 'object file has no loadable segments' : null
}

function alignmentFault({ address, offset }: ProgramHeader): string | null {
  return address % PAGE === offset % PAGE ? null : 'ELF load command address/offset not page-aligned'
}

function alignmentFaultBefore235({ address, offset, alignment }: ProgramHeader): string | null {
  if (alignment % PAGE !== 0) return 'ELF load command alignment not page-aligned'
  // The loader computes (address - offset) & (alignment - 1); an alignment of 0 masks nothing.
  const difference = BigInt.asUintN(64, BigInt(address) - BigInt(offset))
  const isAligned = (difference & BigInt.asUintN(64, BigInt(alignment) - 1n)) === 0n
  return isAligned ? null : 'ELF load command address/offset not properly aligned'
}

/** ld.so reserves memory from the first segment to the end of the last, and takes their order for granted. */
function layoutFault(segments: readonly ProgramHeader[]): string | null {
  const [first] = segments
  const last = segments.at(-1)
  if (first === undefined || last === undefined) return null
  if (last.address + last.memorySize <= pageDown(first.address)) return 'failed to map segment from shared object'
  const isAscending = segments.every(({ address }, index) => index === 0 || address >= segments[index - 1]!.address)
  return isAscending
    ? null
    : 'PT_LOAD segments are not in ascending order (ld.so maps them outside the memory that it reserved, and crashes)'
}

/** The kernel maps segments in any order, and ignores e_ident. */
function programFault(segments: readonly ProgramHeader[]): string | null {
  if (segments.length === 0) return killed('no PT_LOAD segment')
  if (segments.some(segment => alignmentFault(segment) !== null))
    return killed('a PT_LOAD segment whose p_vaddr and p_offset differ modulo the page size')
  return segments.some(({ fileSize, memorySize }) => fileSize > memorySize) ? killed('a PT_LOAD segment with p_filesz above p_memsz') : null
}

function killed(why: string): string {
  return `${why} (the kernel kills the program)`
}

function assertionOf(section: DynamicSection, machine: number, elfClass: ElfClass): string | null {
  const types = relocationTypesOf(machine)
  if (types === null) return null
  const form = section.value(DT.PLTREL)
  const forms = [...(types.usesRel ? [DT.REL] : []), ...(types.usesRela ? [DT.RELA] : [])]
  if (form !== null && !forms.some(known => known === form))
    return failed(`info[DT_PLTREL]->d_un.d_val == ${types.usesRel ? 'DT_REL' : 'DT_RELA'}`)
  const word = elfClass / 8
  const sizes = [
    ...(types.usesRela ? [{ table: DT.RELA, entry: DT.RELAENT, size: 3 * word, name: 'DT_RELAENT', type: 'Rela' }] : []),
    ...(types.usesRel ? [{ table: DT.REL, entry: DT.RELENT, size: 2 * word, name: 'DT_RELENT', type: 'Rel' }] : []),
    { table: DT.RELR, entry: DT.RELRENT, size: word, name: 'DT_RELRENT', type: 'Relr' },
  ]
  const wrong = sizes.find(({ table, entry, size }) => section.value(table) !== null && section.value(entry) !== size)
  return wrong === undefined ? null : failed(`info[${wrong.name}]->d_un.d_val == sizeof (ElfW(${wrong.type}))`)
}

function failed(claim: string): string {
  return `Inconsistency detected by ld.so: elf_get_dynamic_info: Assertion \`${claim}' failed!`
}

function pageDown(address: number): number {
  return address - (address % PAGE)
}
