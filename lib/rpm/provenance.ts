/**
 * Whether a package is a source or a binary package, and which sources a source package omits.
 *
 * Source: rpm's lib/rpmds.cc and build/pack.cc; file names are not reliable, and the lead of RPM5's source packages states binary.
 */
import type { RpmHead } from './head.js'
import { isGhost, filesOf } from './package-files.js'
import { RPMTAG } from './tags.js'

export interface PackageProvenance {
  readonly isSource: boolean
  /** File name of the source package; `null` in source packages and if the builder omitted it. */
  readonly sourceRpm: string | null
  /** A source package that omits sources or patches. */
  readonly isNosrc: boolean
  /** A binary package built from one: only the name of its source package shows it. */
  readonly isNosrcDerived: boolean
  /** Names of the omitted sources and patches, in the order of the header. */
  readonly missingSources: readonly string[]
}

export function provenanceOf(head: RpmHead): PackageProvenance {
  const { header } = head
  const isSource = isSourcePackage(head)
  const isNosrc = isSource && (header.has(RPMTAG.NOSOURCE) || header.has(RPMTAG.NOPATCH))
  const sourceRpm = header.string(RPMTAG.SOURCERPM)
  return {
    isSource,
    sourceRpm,
    isNosrc,
    isNosrcDerived: !isSource && (sourceRpm?.endsWith('.nosrc.rpm') ?? false),
    missingSources: isNosrc ? missingSourcesOf(head) : [],
  }
}

/** Old source packages lack SOURCEPACKAGE; their files are in no directory. The lead decides for packages from before directory names. */
function isSourcePackage({ header, lead, rpmFormat }: RpmHead): boolean {
  if (header.has(RPMTAG.SOURCEPACKAGE)) return true
  if (header.has(RPMTAG.SOURCERPM)) return false
  const directories = header.strings(RPMTAG.DIRNAMES)
  if (directories !== null) return directories.length === 1 && directories[0] === ''
  return rpmFormat === 3 && lead.isSource
}

/**
 * NOSOURCE and NOPATCH hold the numbers in the spec, and SOURCE and PATCH the names in an order from which the numbers cannot be derived (rpmbuild writes
 * them from last to first, and numbers may have gaps). But rpmbuild lists omitted files as ghosts.
 */
function missingSourcesOf(head: RpmHead): string[] {
  const shipped = new Set<string>()
  for (const file of filesOf(head).files) if (!isGhost(file)) shipped.add(file.path)
  const names = [...(head.header.strings(RPMTAG.SOURCE) ?? []), ...(head.header.strings(RPMTAG.PATCH) ?? [])]
  return names.filter(name => !shipped.has(name))
}
