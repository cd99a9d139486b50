/** Dependencies: what a package provides and requires, each a name with an optional comparison. */
import type { RpmHead } from './head.js'
import type { HeaderStore } from './header-store.js'
import type { Tag } from './tag.js'
import { RPMTAG } from './tags.js'

export interface Dependency {
  /** Byte string; of a shared library `libx.so.1()(64bit)` or `libx.so.1(NODE)(64bit)`. */
  readonly name: string
  /** rpmsenseFlags: 2 less, 4 greater, 8 equal. Source: rpm's include/rpm/rpmds.h. */
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

/** Early packages have only names. */
function triplets(
  header: HeaderStore,
  nameTag: Tag<'STRING_ARRAY'>,
  flagsTag: Tag<'INT32'>,
  versionTag: Tag<'STRING_ARRAY'>,
): Dependency[] {
  const names = header.strings(nameTag)
  if (names === null) return [] // flags and versions without names mean nothing, to rpm neither
  const flags = header.integers(flagsTag)
  const versions = header.strings(versionTag)
  for (const tag of [flagsTag, versionTag]) {
    if (header.has(tag) && header.count(tag) !== names.length) header.fail(tag, `${header.count(tag)} elements for ${names.length} names`)
  }
  return names.map((name, index) => ({ name, flags: flags?.[index] ?? 0, version: versions?.[index] ?? '' }))
}
