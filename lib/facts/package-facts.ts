/** Facts of a package, from its head and what was found in its payload. */
import { textOf } from '../bytes/names.js'
import { dependenciesOf, type Dependency } from '../rpm/dependencies.js'
import type { RpmHead } from '../rpm/head.js'
import { identityOf } from '../rpm/identity.js'
import { isSymlink, type PackageFile } from '../rpm/package-files.js'
import { provenanceOf } from '../rpm/provenance.js'
import type { RpmNote } from '../rpm/note.js'
import type { DependencyFacts, Identity, InnerPackage, Note, ObjectFacts, PackageFacts, StaticArchiveFacts } from './model.js'

/** What reading the payload brought to light. */
export interface PayloadContent {
  readonly objects: readonly ObjectFacts[]
  readonly archives: readonly StaticArchiveFacts[]
  readonly inner: readonly InnerPackage[]
  readonly notes: readonly Note[]
}

/** `compressor` is the one that was found, whatever the header says. */
export function packageFacts(head: RpmHead, files: readonly PackageFile[], compressor: string, content: PayloadContent): PackageFacts {
  const { name, epoch, version, release, arch } = identityOf(head)
  const provenance = provenanceOf(head)
  const { provides, requires } = dependenciesOf(head)
  return {
    identity: { name: textOf(name), epoch, version: textOf(version), release: textOf(release), arch: textOf(arch) },
    provenance: {
      ...provenance,
      sourceRpm: provenance.sourceRpm === null ? null : textOf(provenance.sourceRpm),
      missingSources: provenance.missingSources.map(textOf),
    },
    payload: { format: 'cpio', compressor },
    rpmFormat: head.rpmFormat,
    provides: provides.map(dependencyFacts),
    requires: requires.map(dependencyFacts),
    symlinks: files.filter(isSymlink).map(({ path, linkTarget }) => ({ path: installedPath(path), target: textOf(linkTarget) })),
    ...content,
  }
}

/** Of what has no header. */
const UNPACKED: PackageFacts = {
  identity: null,
  provenance: { isSource: false, sourceRpm: null, isNosrc: false, isNosrcDerived: false, missingSources: [] },
  payload: null,
  rpmFormat: null,
  provides: [],
  requires: [],
  symlinks: [],
  objects: [],
  archives: [],
  inner: [],
  notes: [],
}

/** A loose ELF file as the package that it is not. */
export function looseFacts(object: ObjectFacts): PackageFacts {
  return { ...UNPACKED, objects: [object] }
}

/** A build root as the package that it will be. `identity` is what was said of it: the files themselves do not know. Paths are byte strings. */
export function buildRootFacts(
  identity: Identity | null,
  symlinks: readonly { readonly path: string; readonly target: string }[],
  content: PayloadContent,
): PackageFacts {
  const links = symlinks.map(({ path, target }) => ({ path: installedPath(path), target: textOf(target) }))
  return { ...UNPACKED, identity, symlinks: links, ...content }
}

/** A path as text, absolute: files of a source package have bare names. */
export function installedPath(path: string): string {
  return textOf(path.startsWith('/') ? path : `/${path}`)
}

export function noteOf({ id, message, structure, offset }: RpmNote): Note {
  return { id, message, path: null, structure, offset, isOdd: true }
}

function dependencyFacts({ name, flags, version }: Dependency): DependencyFacts {
  return { name: textOf(name), flags, version: textOf(version) }
}
