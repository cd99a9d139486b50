/** Name, epoch, version, release and architecture of a package: its NEVRA. */
import type { RpmHead } from './head.js'
import { provenanceOf } from './provenance.js'
import { RPMTAG } from './tags.js'

export interface PackageIdentity {
  readonly name: string
  /** `null` if the package has none, which compares as 0 and is not printed. */
  readonly epoch: number | null
  /** Empty if the header has none; rpm always writes one. */
  readonly version: string
  readonly release: string
  /** `src` and `nosrc` for source packages, whose ARCH tag is the architecture of the build machine. */
  readonly arch: string
}

/** Byte strings. Throws MalformedError for a package without a name. */
export function identityOf(head: RpmHead): PackageIdentity {
  const { header } = head
  const { isSource, isNosrc } = provenanceOf(head)
  const builtFor = header.string(RPMTAG.ARCH) ?? ''
  return {
    name: header.string(RPMTAG.NAME) ?? header.fail(RPMTAG.NAME, 'missing'),
    epoch: header.integer(RPMTAG.EPOCH),
    version: header.string(RPMTAG.VERSION) ?? '',
    release: header.string(RPMTAG.RELEASE) ?? '',
    arch: isSource ? (isNosrc ? 'nosrc' : 'src') : builtFor,
  }
}

/** As rpm prints it: `name-[epoch:]version-release.arch`. */
export function nevraOf(identity: PackageIdentity): string {
  const epoch = identity.epoch === null ? '' : `${identity.epoch}:`
  return `${identity.name}-${epoch}${identity.version}-${identity.release}.${identity.arch}`
}
