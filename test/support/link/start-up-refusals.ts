/** Programs with a library, one of which has been changed so that the kernel or ld.so may refuse it. */
import {
  DT_JMPREL,
  DT_RELA,
  PT_DYNAMIC,
  PT_LOAD,
  P_ADDRESS,
  P_ALIGN,
  P_FILE_SIZE,
  P_MEMORY_SIZE,
  P_OFFSET,
  addTo,
  dynamicValueAt,
  retypeRelocations,
  segmentsOf,
  swapSegments,
} from './patch-elf.js'

export interface Refusal {
  readonly title: string
  readonly change: (bytes: Buffer) => void
  /** Part of ld.so's message; `killed` where there is none; `null` where the program starts. */
  readonly library: string | null
  /** The same where the program is changed instead. */
  readonly program: string | null
  /** The same with LD_BIND_NOW, where it differs. */
  readonly now?: string | null
}

const R_64 = 1
const GLOB_DAT = 6
const JUMP_SLOT = 7
const GOTPCREL = 9 // no dynamic relocation

const byte =
  (at: number, value: number) =>
  (bytes: Buffer): void =>
    void (bytes[at] = value)

const ident = (osAbi: number, abiVersion: number) => (bytes: Buffer) => {
  byte(7, osAbi)(bytes)
  byte(8, abiVersion)(bytes)
}

const loads = (bytes: Buffer): number[] => segmentsOf(bytes, PT_LOAD)
const align = (value: bigint) => (bytes: Buffer) => loads(bytes).forEach(at => bytes.writeBigUInt64LE(value, at + P_ALIGN))

const ABI = 'ELF file ABI version invalid'
const PAGES = 'ELF load command address/offset not page-aligned'
const RELAENT = 'info[DT_RELAENT]->d_un.d_val == sizeof (ElfW(Rela))'

export const REFUSALS: readonly Refusal[] = [
  { title: 'EI_ABIVERSION 1 with System V', change: ident(0, 1), library: ABI, program: null },
  { title: 'EI_ABIVERSION 3 with GNU', change: ident(3, 3), library: null, program: null },
  { title: 'EI_ABIVERSION 4 with GNU', change: ident(3, 4), library: ABI, program: null },
  { title: 'the OS ABI of FreeBSD', change: ident(9, 0), library: 'ELF file OS ABI invalid', program: null },
  { title: 'padding in e_ident', change: byte(12, 1), library: 'nonzero padding in e_ident', program: null },
  ...[0, 1, 2, 3].flatMap(index =>
    [P_OFFSET, P_ADDRESS].map(field => ({
      title: `p_vaddr and p_offset of segment ${index} that differ modulo the page, by field ${field}`,
      change: (bytes: Buffer) => addTo(bytes, loads(bytes)[index]! + field, 16),
      library: PAGES,
      program: 'killed',
    })),
  ),
  ...[0n, 3n, 16n, 0x1800n, 0x200000n].map(value => ({
    title: `p_align ${value}`,
    change: align(value),
    library: null,
    program: null,
  })),
  {
    title: 'PT_DYNAMIC without file content',
    change: bytes => segmentsOf(bytes, PT_DYNAMIC).forEach(at => bytes.writeBigUInt64LE(0n, at + P_FILE_SIZE)),
    library: 'object file has no dynamic section',
    program: null,
  },
  {
    title: 'the last two segments swapped',
    change: bytes => swapSegments(bytes, loads(bytes).at(-1)!, loads(bytes).at(-2)!),
    library: 'killed',
    program: null,
  },
  {
    title: 'the first and the last segment swapped',
    change: bytes => swapSegments(bytes, loads(bytes)[0]!, loads(bytes).at(-1)!),
    library: 'failed to map segment from shared object',
    program: null,
  },
  {
    title: 'p_filesz above p_memsz',
    change: bytes => addTo(bytes, loads(bytes)[0]! + P_MEMORY_SIZE, -8),
    library: null,
    program: 'killed',
  },
  {
    title: 'DT_RELAENT of another size',
    change: bytes => void bytes.writeBigUInt64LE(16n, dynamicValueAt(bytes, 9)),
    library: RELAENT,
    program: RELAENT,
  },
  {
    title: 'DT_PLTREL of another form',
    change: bytes => void bytes.writeBigUInt64LE(17n, dynamicValueAt(bytes, 20)),
    library: 'info[DT_PLTREL]->d_un.d_val == DT_RELA',
    program: 'info[DT_PLTREL]->d_un.d_val == DT_RELA',
  },
  {
    title: 'R_X86_64_NONE among the calls',
    change: bytes => retypeRelocations(bytes, DT_JMPREL, JUMP_SLOT, 0),
    library: 'unexpected PLT reloc type 0x00',
    program: 'unexpected PLT reloc type 0x00',
    now: null,
  },
  {
    title: 'a type that is no dynamic one among the calls',
    change: bytes => retypeRelocations(bytes, DT_JMPREL, JUMP_SLOT, GOTPCREL),
    library: 'unexpected PLT reloc type 0x09',
    program: 'unexpected PLT reloc type 0x09',
    now: 'unexpected reloc type 0x09',
  },
  {
    title: 'an address among the calls',
    change: bytes => retypeRelocations(bytes, DT_JMPREL, JUMP_SLOT, R_64),
    library: 'unexpected PLT reloc type 0x01',
    program: 'unexpected PLT reloc type 0x01',
    now: null,
  },
  {
    title: 'a type that is no dynamic one among the addresses',
    change: bytes => retypeRelocations(bytes, DT_RELA, GLOB_DAT, GOTPCREL),
    library: 'unexpected reloc type 0x09',
    program: 'unexpected reloc type 0x09',
  },
]
