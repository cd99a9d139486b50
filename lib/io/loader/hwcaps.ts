/**
 * What this machine's processor has beyond the baseline, as ld.so would find: names as in lib/link/processors.ts.
 *
 * Source: /proc/cpuinfo, whose flags are the kernel's names. Levels of the x86-64 psABI; dl-hwcaps-subdirs.c of glibc's sysdeps for x86_64, s390-64 and
 * powerpc64/le; update_active and init_cpu_features of sysdeps/x86/cpu-features.c for haswell, xeon_phi and avx512_1.
 */
import { readFileSync } from 'node:fs'

/** Flags that each level adds to the previous one. */
type Levels = readonly (readonly [name: string, flags: readonly string[]])[]

/**
 * lahf_lm is Linux' name for LAHF-SAHF, pni for SSE3. LZCNT (abm) of the third is not required: not all kernels report it, and every processor with BMI2
 * has it.
 */
const X86_64: Levels = [
  ['x86-64-v2', ['cx16', 'lahf_lm', 'popcnt', 'pni', 'sse4_1', 'sse4_2', 'ssse3']],
  ['x86-64-v3', ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'movbe', 'xsave']],
  ['x86-64-v4', ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl']],
]
const S390X: Levels = [
  ['z13', ['vx']],
  ['z14', ['vxd', 'vxe', 'gs']],
  ['z15', ['vxe2', 'vxp']],
  ['z16', ['vxp2']],
]
const HASWELL = ['avx2', 'fma', 'bmi1', 'bmi2', 'movbe', 'popcnt']
const XEON_PHI = ['avx512cd', 'avx512er', 'avx512pf']
const AVX512_1 = ['avx512cd', 'avx512bw', 'avx512dq', 'avx512vl']

/** Empty if /proc/cpuinfo cannot be read. */
export function hwcapsHere(): string[] {
  try {
    return hwcapsIn(readFileSync('/proc/cpuinfo', 'utf8'))
  } catch {
    return []
  }
}

/** `cpuinfo` is the text of /proc/cpuinfo, of any machine: each has fields of its own. */
export function hwcapsIn(cpuinfo: string): string[] {
  const flags = (field: string): ReadonlySet<string> => new Set(valueOf(field, cpuinfo).split(' '))
  const arm = flags('Features')
  return [
    ...levelsOf(X86_64, flags('flags')),
    ...(valueOf('vendor_id', cpuinfo) === 'GenuineIntel' ? intelFeaturesOf(flags('flags')) : []),
    ...powerLevelsOf(valueOf('cpu', cpuinfo)),
    ...levelsOf(S390X, flags('features')),
    ...['atomics', 'neon'].filter(name => arm.has(name)),
  ]
}

/** Of the first processor. */
function valueOf(field: string, cpuinfo: string): string {
  const line = cpuinfo.split('\n').find(text => text.split(':')[0]?.trim() === field)
  return line === undefined ? '' : line.slice(line.indexOf(':') + 1).trim()
}

/** Best first. */
function levelsOf(levels: Levels, flags: ReadonlySet<string>): string[] {
  const lacking = levels.findIndex(([, needed]) => !hasAll(needed, flags))
  return levels
    .slice(0, lacking < 0 ? levels.length : lacking)
    .map(([name]) => name)
    .reverse()
}

/** glibc looks for them on processors made by Intel alone. */
function intelFeaturesOf(flags: ReadonlySet<string>): string[] {
  if (hasAll(XEON_PHI, flags)) return ['xeon_phi']
  const isAvx512 = hasAll(AVX512_1, flags) && !flags.has('avx512er')
  return [...(hasAll(HASWELL, flags) ? ['haswell'] : []), ...(isAvx512 ? ['avx512_1'] : [])]
}

function powerLevelsOf(cpu: string): string[] {
  const generation = Number(/^POWER(\d+)/.exec(cpu)?.[1] ?? 0)
  return generation >= 10 ? ['power10', 'power9'] : generation === 9 ? ['power9'] : []
}

function hasAll(needed: readonly string[], flags: ReadonlySet<string>): boolean {
  return needed.every(flag => flags.has(flag))
}
