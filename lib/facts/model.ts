/**
 * Facts: what a package is and what is in it, as plain, serialisable data. Everything expensive and dangerous ends here; everything
 * opinionated begins here.
 *
 * Names of symbols, sonames and versions are byte strings (see bytes/names); paths are text. Offsets and sizes are bytes.
 */
import type { Reach } from '../link/definition.js'
import type { LinkObject } from '../link/link-object.js'
import type { StubKind } from './stubs/stub-kind.js'

/**
 * One package and all that was found in it, or one loose ELF file (then `identity` is `null`), or a build root (then it is what was said of
 * it, or `null`).
 */
export interface PackageFacts {
  /** `FACTS_VERSION` of the program that made them: facts of another version mean something else. */
  readonly schema: number
  readonly identity: Identity | null
  /** One ELF file: its path tells where it was found, and not where it will be installed. */
  readonly isStandalone: boolean
  readonly provenance: Provenance
  /** `null` for a loose file and for a build root. */
  readonly payload: Payload | null
  readonly rpmFormat: number | null
  readonly provides: readonly DependencyFacts[]
  readonly requires: readonly DependencyFacts[]
  readonly symlinks: readonly Symlink[]
  readonly loaderFiles: LoaderFiles
  readonly objects: readonly ObjectFacts[]
  readonly archives: readonly StaticArchiveFacts[]
  /** RPMs inside this one, as a repackaged source package has them. */
  readonly inner: readonly InnerPackage[]
  readonly notes: readonly Note[]
}

export interface Identity {
  readonly name: string
  /** `null` where the package has none, which is not the same as 0 in print. */
  readonly epoch: number | null
  readonly version: string
  readonly release: string
  /** As printed: `src` or `nosrc` for a source package. Empty where nothing says. */
  readonly arch: string
}

export interface Provenance {
  readonly isSource: boolean
  readonly sourceRpm: string | null
  /** A source package that leaves sources out. */
  readonly isNosrc: boolean
  /** A binary package built from a nosrc source package. */
  readonly isNosrcDerived: boolean
  /** Names of the sources and patches that a nosrc package leaves out. */
  readonly missingSources: readonly string[]
}

export interface Payload {
  readonly format: string
  readonly compressor: string
}

export interface DependencyFacts {
  readonly name: string
  readonly flags: number
  readonly version: string
}

export interface Symlink {
  readonly path: string
  readonly target: string
}

/** What ld.so comes across beside objects and symbolic links. */
export interface LoaderFiles {
  /** Regular files that are named like libraries and are no ELF files: linker scripts, or worse. */
  readonly nonElfLibraries: readonly string[]
  /** Texts that loaders read, ld.so.conf and the like, where they were asked for: contents as byte strings. */
  readonly configuration: readonly { readonly path: string; readonly content: string }[]
}

export interface InnerPackage {
  readonly path: string
  readonly facts: PackageFacts
}

/** Something legal but odd, or something that could not be looked into without the package being unreadable for it. */
export interface Note {
  readonly id: string
  readonly message: string
  readonly path: string | null
  readonly structure: string | null
  readonly offset: number | null
  /** Odd enough for a warning; else it is told and no more. */
  readonly isOdd: boolean
}

/** One ELF file. */
export interface ObjectFacts {
  /** Path inside the package; parts inside nested archives joined by `!`. */
  readonly path: string
  /** Other paths of the same inode. */
  readonly alsoAt: readonly string[]
  /** Inside an archive in the package, not installed by it. */
  readonly isNested: boolean
  readonly size: number
  readonly sha256: string | null
  /** `null` when the ELF header itself cannot be read; then `fault` says why. */
  readonly format: ObjectFormat | null
  readonly isProgram: boolean
  readonly isDebugOnly: boolean
  readonly soname: string | null
  readonly needed: readonly string[]
  readonly rpath: string | null
  readonly runpath: string | null
  /** Names of the version definitions, the base one left out. */
  readonly versionNodes: readonly string[]
  readonly exports: readonly ExportFacts[]
  readonly imports: readonly ImportFacts[]
  /** The exports that are a guarded family's symbols, with all that a verdict needs. */
  readonly guarded: readonly GuardedExport[]
  /** The imports that are a guarded family's symbols. */
  readonly guardedImports: readonly GuardedImport[]
  readonly traces: readonly Trace[]
  /** What the loader needs to know; `null` where it was not asked for. */
  readonly link: LinkFacts | null
  readonly fault: Fault | null
}

export interface LinkFacts {
  /** The first 64 bytes of the file. */
  readonly head: Uint8Array
  /** `null` where the file cannot be understood; then `fault` says why. */
  readonly object: LinkObject | null
  readonly fault: string | null
}

export interface ObjectFormat {
  readonly class: 32 | 64
  readonly data: 'little' | 'big'
  readonly machine: string
  readonly type: string
}

export interface ExportFacts {
  readonly name: string
  readonly version: string | null
  readonly isDefault: boolean
  readonly isHidden: boolean
  readonly binding: string
  readonly type: string
  readonly visibility: string
  readonly size: number
  /** versym index without the hidden bit; `null` without DT_VERSYM. */
  readonly index: number | null
}

export interface ImportFacts {
  readonly name: string
  readonly version: string | null
  readonly from: string | null
  readonly binding: string
}

export interface GuardedImport {
  readonly name: string
  readonly family: string
  readonly library: string
  readonly isGeneric: boolean
  /** Weak: the object can do without it. */
  readonly isOptional: boolean
}

export interface GuardedExport {
  readonly name: string
  readonly family: string
  readonly library: string
  /** So generic that other code defines it by chance. */
  readonly isGeneric: boolean
  readonly version: string | null
  /** The version is one of the family's own nodes. */
  readonly isOwnNode: boolean
  readonly reach: Reach
  readonly type: string
  /** What the function does, where its code shows that it does nothing; `null` for data and for code that does something. */
  readonly stub: StubKind | null
  /** Does nothing in the genuine library too. */
  readonly isKnownNoOp: boolean
}

/** Evidence of a copy of a guarded library inside. */
export interface Trace {
  readonly family: string
  readonly implementation: string
  /** `null` where the copy does not say. */
  readonly version: string | null
  /** Names a source file of the library rather than its version. */
  readonly isSourcePath: boolean
}

/** Why a loader or a careful reader would refuse the file. */
export interface Fault {
  readonly structure: string | null
  readonly offset: number | null
  readonly message: string
}

/** A static archive: guarded symbols that its members would hand to whatever links them. */
export interface StaticArchiveFacts {
  readonly path: string
  readonly isNested: boolean
  readonly members: number
  readonly guarded: readonly ArchiveSymbol[]
}

export interface ArchiveSymbol {
  readonly name: string
  readonly family: string
  readonly library: string
  readonly isGeneric: boolean
}
