/** Facts of a package, made from its head and the contents of its payload. */
import { isNamedLikeLibrary } from '../bytes/library-name.js'
import { textOf } from '../bytes/names.js'
import { dependenciesOf, type Dependency } from '../rpm/dependencies.js'
import type { RpmHead } from '../rpm/head.js'
import { identityOf } from '../rpm/identity.js'
import { isGhost, isRegular, isSymlink, type PackageFile } from '../rpm/package-files.js'
import { provenanceOf } from '../rpm/provenance.js'
import type { RpmNote } from '../rpm/note.js'
import { FACTS_VERSION } from './version.js'
import type { DependencyFacts, Identity, InnerPackage, LoaderFiles, Note, ObjectFacts, PackageFacts, StaticArchiveFacts } from './model.js'

/** What was found in the payload. */
export interface PayloadContent {
  readonly objects: readonly ObjectFacts[]
  readonly archives: readonly StaticArchiveFacts[]
  readonly inner: readonly InnerPackage[]
  readonly notes: readonly Note[]
  readonly configuration: LoaderFiles['configuration']
}

/** `compressor` is the actual one, which may differ from the header's. */
export function packageFacts(head: RpmHead, files: readonly PackageFile[], compressor: string, payload: PayloadContent): PackageFacts {
  const { configuration, ...content } = payload
  const { name, epoch, version, release, arch } = identityOf(head)
  const provenance = provenanceOf(head)
  const { provides, requires, conflicts, obsoletes } = dependenciesOf(head)
  return {
    schema: FACTS_VERSION,
    identity: { name: textOf(name), epoch, version: textOf(version), release: textOf(release), arch: textOf(arch) },
    isStandalone: false,
    provenance: {
      ...provenance,
      sourceRpm: provenance.sourceRpm === null ? null : textOf(provenance.sourceRpm),
      missingSources: provenance.missingSources.map(textOf),
    },
    payload: { format: 'cpio', compressor },
    rpmFormat: head.rpmFormat,
    provides: provides.map(dependencyFacts),
    requires: requires.map(dependencyFacts),
    conflicts: conflicts.map(dependencyFacts),
    obsoletes: obsoletes.map(dependencyFacts),
    symlinks: files.filter(isSymlink).map(({ path, linkTarget }) => ({ path: installedPath(path), target: textOf(linkTarget) })),
    loaderFiles: { nonElfLibraries: nonElfLibrariesOf(shippedPaths(files), payload), configuration },
    ...content,
  }
}

function shippedPaths(files: readonly PackageFile[]): string[] {
  return files.filter(file => isRegular(file) && !isGhost(file)).map(({ path }) => path)
}

/** Linker scripts and the like, on which ld.so gives up. `paths` are those of regular files; /etc/ld.so.conf is named like a library too. */
function nonElfLibrariesOf(paths: readonly string[], { objects, configuration }: PayloadContent): string[] {
  const known = new Set([...objects.flatMap(({ path, alsoAt }) => [path, ...alsoAt]), ...configuration.map(({ path }) => path)])
  return paths
    .filter(isNamedLikeLibrary)
    .map(installedPath)
    .filter(path => !known.has(path))
}

/** The facts of something without an RPM header. */
const NO_PACKAGE: PackageFacts = {
  schema: FACTS_VERSION,
  identity: null,
  isStandalone: false,
  provenance: { isSource: false, sourceRpm: null, isNosrc: false, isNosrcDerived: false, missingSources: [] },
  payload: null,
  rpmFormat: null,
  provides: [],
  requires: [],
  conflicts: [],
  obsoletes: [],
  symlinks: [],
  loaderFiles: { nonElfLibraries: [], configuration: [] },
  objects: [],
  archives: [],
  inner: [],
  notes: [],
}

/** A standalone ELF file, wrapped as a package without identity. */
export function standaloneFacts(object: ObjectFacts): PackageFacts {
  return { ...NO_PACKAGE, isStandalone: true, objects: [object] }
}

/** A build root as the package that it will become. `identity` comes from the caller: the files do not contain it. `paths` are those of its regular files; all are byte strings. */
export function buildRootFacts(
  identity: Identity | null,
  symlinks: readonly { readonly path: string; readonly target: string }[],
  paths: readonly string[],
  payload: PayloadContent,
): PackageFacts {
  const { configuration, ...content } = payload
  const loaderFiles = { nonElfLibraries: nonElfLibrariesOf(paths, payload), configuration }
  const links = symlinks.map(({ path, target }) => ({ path: installedPath(path), target: textOf(target) }))
  return { ...NO_PACKAGE, identity, symlinks: links, loaderFiles, ...content }
}

/** A path as absolute text: files of a source package have bare names. */
export function installedPath(path: string): string {
  return textOf(path.startsWith('/') ? path : `/${path}`)
}

export function noteOf({ id, message, structure, offset }: RpmNote): Note {
  return { id, message, path: null, structure, offset, isOdd: true }
}

function dependencyFacts({ name, flags, version }: Dependency): DependencyFacts {
  return { name: textOf(name), flags, version: textOf(version) }
}
