/**
 * The levels of x86-64 that objects require of the processor, which ld.so checks before it relocates.
 *
 * Source: dl_isa_level_check of glibc's sysdeps/x86/dl-prop.h, since release 2.33.
 */
import type { LinkMap } from './link-map.js'

export interface ProcessorFaults {
  readonly failures: readonly string[]
  readonly warnings: readonly string[]
}

const NO_FAULTS: ProcessorFaults = { failures: [], warnings: [] }

/** Bits of GNU_PROPERTY_X86_ISA_1_NEEDED, best first. The baseline, bit 0, every processor has. */
const LEVELS = [
  { bit: 8, name: 'x86-64-v4' },
  { bit: 4, name: 'x86-64-v3' },
  { bit: 2, name: 'x86-64-v2' },
] as const

const CHECK_RELEASE = 33

/**
 * `order` is that of relocation, without the interpreter. A processor about which nothing is known may have the level: then there are only warnings. `release`
 * is the N of glibc 2.N, or `null`.
 */
export function processorFaultsOf(order: readonly LinkMap[], hwcaps: readonly string[], release: number | null): ProcessorFaults {
  if (release !== null && release < CHECK_RELEASE) return NO_FAULTS
  const isKnown = LEVELS.some(({ name }) => hwcaps.includes(name))
  const lacking = order.flatMap(map => {
    const needed = map.object.properties.isaLevels
    const missing = LEVELS.find(({ bit, name }) => (needed & bit) !== 0 && !hwcaps.includes(name))
    return missing === undefined ? [] : [{ map, missing }]
  })
  const message = ({ path }: LinkMap, level: string): string => `${path}: CPU ISA level is lower than required (${level})`
  if (isKnown) return { failures: lacking.map(({ map, missing }) => message(map, missing.name)), warnings: [] }
  return { failures: [], warnings: lacking.map(({ map, missing }) => `${map.path}: requires a processor with ${missing.name}`) }
}
