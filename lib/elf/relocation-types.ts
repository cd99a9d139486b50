/**
 * Dynamic relocation types by what the loader does with their symbol, as data: one row for each machine.
 *
 * Source: the R_ constants of glibc's elf/elf.h; which of them look a symbol up, and how, is elf_machine_type_class and elf_machine_rela of
 * glibc's sysdeps/MACHINE/dl-machine.h.
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
  /** NONE, RELATIVE, IRELATIVE. Types in no list are `plain`: GLOB_DAT, absolute and PC-relative addresses. */
  readonly none: readonly number[]
}

const RELA = { usesRel: false, usesRela: true }
const BOTH = { usesRel: true, usesRela: true }

const BY_MACHINE: ReadonlyMap<number, RelocationTypes> = new Map<number, RelocationTypes>([
  // JUMP_SLOT; COPY; DTPMOD64, DTPOFF64, TPOFF64, TLSDESC; NONE, RELATIVE, IRELATIVE, RELATIVE64
  [EM_X86_64, { ...RELA, call: 7, copy: 5, tls: [16, 17, 18, 36], none: [0, 8, 37, 38] }],
  // JMP_SLOT; COPY; TPOFF, DTPMOD32, DTPOFF32, TPOFF32, DESC; NONE, RELATIVE, IRELATIVE
  [EM_386, { ...BOTH, call: 7, copy: 5, tls: [14, 35, 36, 37, 41], none: [0, 8, 42] }],
  // JUMP_SLOT; COPY; DTPMOD, DTPREL, TPREL, TLSDESC; NONE (two numbers), RELATIVE, IRELATIVE
  [EM_AARCH64, { ...RELA, call: 1026, copy: 1024, tls: [1028, 1029, 1030, 1031], none: [0, 256, 1027, 1032] }],
  // JUMP_SLOT; COPY; DESC, DTPMOD32, DTPOFF32, TPOFF32; NONE, RELATIVE, IRELATIVE
  [EM_ARM, { ...BOTH, call: 22, copy: 20, tls: [13, 17, 18, 19], none: [0, 23, 160] }],
  // JMP_SLOT; COPY; DTPMOD64, TPREL64, DTPREL64; NONE, RELATIVE, JMP_IREL, IRELATIVE
  [EM_PPC64, { ...RELA, call: 21, copy: 19, tls: [68, 73, 78], none: [0, 22, 247, 248] }],
  // JMP_SLOT; COPY; DTPMOD, DTPOFF, TPOFF; NONE, RELATIVE, IRELATIVE
  [EM_S390, { ...RELA, call: 11, copy: 9, tls: [54, 55, 56], none: [0, 12, 61] }],
  // JUMP_SLOT; COPY; DTPMOD32/64, DTPREL32/64, TPREL32/64, TLSDESC; NONE, RELATIVE, IRELATIVE
  [EM_RISCV, { ...RELA, call: 5, copy: 4, tls: [6, 7, 8, 9, 10, 11, 12], none: [0, 3, 58] }],
])

/** `null` for a machine whose relocation types are not known. */
export function relocationTypesOf(machine: number): RelocationTypes | null {
  return BY_MACHINE.get(machine) ?? null
}

export function roleOf(types: RelocationTypes, type: number): RelocationRole {
  if (type === types.call) return 'call'
  if (types.none.includes(type)) return 'none'
  if (type === types.copy) return 'copy'
  return types.tls.includes(type) ? 'tls' : 'plain'
}
