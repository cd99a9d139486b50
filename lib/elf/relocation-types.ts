/**
 * Dynamic relocation types by what the loader does with their symbol, as data: one row for each machine.
 *
 * Source: the R_ constants of glibc's elf/elf.h; which of them look a symbol up, and how, is elf_machine_type_class, elf_machine_rela and
 * elf_machine_lazy_rel of glibc's sysdeps/MACHINE/dl-machine.h; for musl its arch/MACHINE/reloc.h.
 */
import { EM_386, EM_AARCH64, EM_ARM, EM_PPC64, EM_RISCV, EM_S390, EM_X86_64 } from './machines.js'

/**
 * - `call`: a slot of the procedure linkage table; may be bound on the first call.
 * - `copy`: a program's copy of a library's data.
 * - `tls`: thread-local data.
 * - `plain`: an address, in the global offset table or elsewhere.
 * - `none`: no symbol is looked up.
 */
export type RelocationRole = 'call' | 'copy' | 'tls' | 'plain' | 'none'

export interface RelocationTypes {
  /** DT_REL tables are read (on other machines ld.so ignores them). */
  readonly usesRel: boolean
  readonly usesRela: boolean
  readonly call: number
  readonly copy: number
  readonly tls: readonly number[]
  /** NONE, RELATIVE, IRELATIVE. */
  readonly none: readonly number[]
  /** GLOB_DAT, absolute and PC-relative addresses, sizes. ld.so refuses an object with a type that is in none of these lists. */
  readonly plain: readonly number[]
  /** The only types that ld.so accepts in DT_JMPREL when it binds lazily: not even NONE. `null` where it does not look at them then. */
  readonly lazy: readonly number[] | null
  /** The types that musl 1.2 knows: no IRELATIVE, and few addresses. */
  readonly musl: readonly number[]
}

const RELA = { usesRel: false, usesRela: true }
const BOTH = { usesRel: true, usesRela: true }

const BY_MACHINE: ReadonlyMap<number, RelocationTypes> = new Map<number, RelocationTypes>([
  // JUMP_SLOT; COPY; DTPMOD64, DTPOFF64, TPOFF64, TLSDESC; NONE, RELATIVE, IRELATIVE, RELATIVE64; 64, PC32, GLOB_DAT, 32, SIZE32, SIZE64; JUMP_SLOT, TLSDESC, IRELATIVE
  [
    EM_X86_64,
    {
      ...RELA,
      call: 7,
      copy: 5,
      tls: [16, 17, 18, 36],
      none: [0, 8, 37, 38],
      plain: [1, 2, 6, 10, 32, 33],
      lazy: [7, 36, 37],
      musl: [0, 1, 2, 5, 6, 7, 8, 16, 17, 18, 36],
    },
  ],
  // JMP_SLOT; COPY; TPOFF, DTPMOD32, DTPOFF32, TPOFF32, DESC; NONE, RELATIVE, IRELATIVE; 32, PC32, GLOB_DAT, SIZE32; JMP_SLOT, DESC, IRELATIVE
  [
    EM_386,
    {
      ...BOTH,
      call: 7,
      copy: 5,
      tls: [14, 35, 36, 37, 41],
      none: [0, 8, 42],
      plain: [1, 2, 6, 38],
      lazy: [7, 41, 42],
      musl: [0, 1, 2, 5, 6, 7, 8, 14, 35, 36, 37, 41],
    },
  ],
  // JUMP_SLOT; COPY; DTPMOD, DTPREL, TPREL, TLSDESC; NONE, RELATIVE, IRELATIVE; ABS64, ABS32, GLOB_DAT; JUMP_SLOT, TLSDESC, IRELATIVE
  [
    EM_AARCH64,
    {
      ...RELA,
      call: 1026,
      copy: 1024,
      tls: [1028, 1029, 1030, 1031],
      none: [0, 1027, 1032],
      plain: [257, 258, 1025],
      lazy: [1026, 1031, 1032],
      musl: [0, 257, 1024, 1025, 1026, 1027, 1028, 1029, 1030, 1031],
    },
  ],
  // JUMP_SLOT; COPY; DESC, DTPMOD32, DTPOFF32, TPOFF32; NONE, RELATIVE, IRELATIVE; PC24, ABS32, GLOB_DAT; JUMP_SLOT, DESC
  [
    EM_ARM,
    {
      ...BOTH,
      call: 22,
      copy: 20,
      tls: [13, 17, 18, 19],
      none: [0, 23, 160],
      plain: [1, 2, 21],
      lazy: [22, 13],
      musl: [0, 2, 13, 17, 18, 19, 20, 21, 22, 23],
    },
  ],
  // JMP_SLOT; COPY; DTPMOD64, TPREL64, DTPREL64; NONE, RELATIVE, JMP_IREL, IRELATIVE; ADDR*, UADDR*, GLOB_DAT, REL32, REL64, parts of TPREL
  [
    EM_PPC64,
    {
      ...RELA,
      call: 21,
      copy: 19,
      tls: [68, 73, 78],
      none: [0, 22, 247, 248],
      plain: [1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 24, 25, 26, 37, 38, 39, 40, 41, 42, 43, 44, 56, 57, 69, 70, 71, 72].concat([
        95, 96, 97, 98, 99, 100, 110, 111, 112, 113,
      ]),
      lazy: null,
      musl: [0, 19, 20, 21, 22, 38, 43, 68, 73, 78],
    },
  ],
  // JMP_SLOT; COPY; DTPMOD, DTPOFF, TPOFF; NONE, RELATIVE, IRELATIVE; 8, 16, 32, PC32, GLOB_DAT, PC16, PC16DBL, PC32DBL, 64, PC64; JMP_SLOT, IRELATIVE
  [
    EM_S390,
    {
      ...RELA,
      call: 11,
      copy: 9,
      tls: [54, 55, 56],
      none: [0, 12, 61],
      plain: [1, 3, 4, 5, 10, 16, 17, 19, 22, 23],
      lazy: [11, 61],
      musl: [0, 9, 10, 11, 12, 22, 54, 55, 56],
    },
  ],
  // JUMP_SLOT; COPY; DTPMOD32/64, DTPREL32/64, TPREL32/64, TLSDESC; NONE, RELATIVE, IRELATIVE; 32, 64; JUMP_SLOT, IRELATIVE
  [
    EM_RISCV,
    {
      ...RELA,
      call: 5,
      copy: 4,
      tls: [6, 7, 8, 9, 10, 11, 12],
      none: [0, 3, 58],
      plain: [1, 2],
      lazy: [5, 58],
      musl: [0, 2, 3, 4, 5, 7, 9, 11, 12],
    },
  ],
])

/** `null` for a machine whose relocation types are not known. */
export function relocationTypesOf(machine: number): RelocationTypes | null {
  return BY_MACHINE.get(machine) ?? null
}

/** `null` for a type that ld.so refuses. */
export function roleOf(types: RelocationTypes, type: number): RelocationRole | null {
  if (types.none.includes(type)) return 'none'
  if (type === types.call) return 'call'
  if (types.plain.includes(type)) return 'plain'
  if (type === types.copy) return 'copy'
  return types.tls.includes(type) ? 'tls' : null
}
