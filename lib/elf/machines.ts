/**
 * e_machine values and the names that packagers use for them.
 *
 * Source: System V gABI registry of e_machine values; spellings follow rpm's architectures and glibc's EM_ constants.
 */
const MACHINES: ReadonlyMap<number, string> = new Map([
  [0, 'none'],
  [2, 'sparc'],
  [3, 'i386'],
  [4, 'm68k'],
  [8, 'mips'],
  [15, 'hppa'],
  [18, 'sparc32plus'],
  [20, 'ppc'],
  [21, 'ppc64'],
  [22, 's390x'],
  [40, 'arm'],
  [42, 'sh'],
  [43, 'sparc64'],
  [50, 'ia64'],
  [62, 'x86_64'],
  [183, 'aarch64'],
  [243, 'riscv'],
  [247, 'bpf'],
  [258, 'loongarch'],
  [0x9026, 'alpha'],
])

export const EM_SPARC = 2
export const EM_386 = 3
export const EM_MIPS = 8
export const EM_PPC = 20
export const EM_PPC64 = 21
export const EM_S390 = 22
export const EM_ARM = 40
export const EM_SPARCV9 = 43
export const EM_X86_64 = 62
export const EM_AARCH64 = 183
export const EM_RISCV = 243
export const EM_ALPHA = 0x9026

/** The machine's name, or `machine-N` for one that is not in the table. */
export function machineName(machine: number): string {
  return MACHINES.get(machine) ?? `machine-${machine}`
}
