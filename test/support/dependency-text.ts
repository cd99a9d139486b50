import type { Dependency } from '../../lib/rpm/dependencies.js'

/** Bits of a dependency's flags. Source: rpm's include/rpm/rpmds.h (rpmsenseFlags). */
const RPMSENSE_LESS = 0x2
const RPMSENSE_GREATER = 0x4
const RPMSENSE_EQUAL = 0x8

/** As rpm prints it: `name >= version`. */
export function dependencyText({ name, flags, version }: Dependency): string {
  const comparison = (flags & RPMSENSE_LESS ? '<' : '') + (flags & RPMSENSE_GREATER ? '>' : '') + (flags & RPMSENSE_EQUAL ? '=' : '')
  return comparison === '' ? name : `${name} ${comparison} ${version}`
}
