/**
 * The glibc-hwcaps subdirectories that ld.so would search on this machine.
 *
 * Source: levels of the x86-64 psABI, by the flags of /proc/cpuinfo; _dl_hwcaps_subdirs of glibc's sysdeps/x86_64/dl-hwcaps_subdirs.c.
 */
import { readFileSync } from 'node:fs'

/**
 * Flags that each level adds to the previous one; lahf_lm is Linux' name for LAHF-SAHF, pni for SSE3. LZCNT (abm) of the third is not required: not all kernels report it,
 * and every processor with BMI2 has it.
 */
const LEVELS: readonly (readonly [name: string, flags: readonly string[]])[] = [
  ['x86-64-v2', ['cx16', 'lahf_lm', 'popcnt', 'pni', 'sse4_1', 'sse4_2', 'ssse3']],
  ['x86-64-v3', ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'movbe', 'xsave']],
  ['x86-64-v4', ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl']],
]

/** Best first; empty if /proc/cpuinfo cannot be read. */
export function hwcapsHere(): string[] {
  try {
    return hwcapsIn(readFileSync('/proc/cpuinfo', 'utf8'))
  } catch {
    return []
  }
}

/** `cpuinfo` is the text of /proc/cpuinfo. */
export function hwcapsIn(cpuinfo: string): string[] {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]?.split(' '))
  const lacking = LEVELS.findIndex(([, needed]) => !needed.every(flag => flags.has(flag)))
  return LEVELS.slice(0, lacking < 0 ? LEVELS.length : lacking)
    .map(([name]) => name)
    .reverse()
}
