/** Dependencies: what a package provides and requires, each a name with an optional comparison. */
import type { RpmHead } from './head.js'
import type { HeaderStore } from './header-store.js'
import type { Tag } from './tag.js'
import { RPMTAG } from './tags.js'

/** Bits of a dependency's flags. Source: rpm's include/rpm/rpmds.h (rpmsenseFlags). */
export const RPMSENSE_LESS = 0x2
export const RPMSENSE_GREATER = 0x4
export const RPMSENSE_EQUAL = 0x8

export interface Dependency {
  /** Byte string; of a shared library `libx.so.1()(64bit)` or `libx.so.1(NODE)(64bit)`. */
  readonly name: string
  readonly flags: number
  /** `[epoch:]version[-release]`, empty if any version satisfies it. */
  readonly version: string
}

export interface Dependencies {
  readonly provides: readonly Dependency[]
  readonly requires: readonly Dependency[]
  readonly conflicts: readonly Dependency[]
  readonly obsoletes: readonly Dependency[]
}

/** In the order of the header. Throws `MalformedError` if names, flags and versions differ in number. */
export function dependenciesOf({ header }: RpmHead): Dependencies {
  return {
    provides: triplets(header, RPMTAG.PROVIDENAME, RPMTAG.PROVIDEFLAGS, RPMTAG.PROVIDEVERSION),
    requires: triplets(header, RPMTAG.REQUIRENAME, RPMTAG.REQUIREFLAGS, RPMTAG.REQUIREVERSION),
    conflicts: triplets(header, RPMTAG.CONFLICTNAME, RPMTAG.CONFLICTFLAGS, RPMTAG.CONFLICTVERSION),
    obsoletes: triplets(header, RPMTAG.OBSOLETENAME, RPMTAG.OBSOLETEFLAGS, RPMTAG.OBSOLETEVERSION),
  }
}

/** As rpm prints it: `name >= version`. */
export function dependencyText({ name, flags, version }: Dependency): string {
  const comparison = (flags & RPMSENSE_LESS ? '<' : '') + (flags & RPMSENSE_GREATER ? '>' : '') + (flags & RPMSENSE_EQUAL ? '=' : '')
  return comparison === '' ? name : `${name} ${comparison} ${version}`
}

/** Early packages have only names. */
function triplets(
  header: HeaderStore,
  nameTag: Tag<'STRING_ARRAY'>,
  flagsTag: Tag<'INT32'>,
  versionTag: Tag<'STRING_ARRAY'>,
): Dependency[] {
  const names = header.strings(nameTag) ?? []
  const flags = header.integers(flagsTag)
  const versions = header.strings(versionTag)
  for (const tag of [flagsTag, versionTag]) {
    if (header.has(tag) && header.count(tag) !== names.length) header.fail(tag, `${header.count(tag)} elements for ${names.length} names`)
  }
  return names.map((name, index) => ({ name, flags: flags?.[index] ?? 0, version: versions?.[index] ?? '' }))
}
