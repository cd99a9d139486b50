/**
 * Facts: what a package is and what it contains, as plain, serialisable data. Everything expensive and dangerous ends here; everything
 * opinionated begins here.
 *
 * Names of symbols, sonames and versions are byte strings (see bytes/names); paths are text. Offsets and sizes are bytes.
 */
import type { InternalSymbol } from '../catalogue/family.js'
import type { Reach } from '../link/definition.js'
import type { LinkObject } from '../link/link-object.js'
import type { StubKind } from './stubs/stub-kind.js'

/**
 * One package and all that was found in it, or one standalone ELF file (then `identity` is `null`), or a build root (then `identity` is what the caller
 * stated, or `null`).
 */
export interface PackageFacts {
  /** `FACTS_VERSION` of the program that made them: facts of another version differ in form or meaning. */
  readonly schema: number
  readonly identity: Identity | null
  /** One ELF file: its path is where it was found, not where it will be installed. */
  readonly isStandalone: boolean
  readonly provenance: Provenance
  /** `null` for a standalone file and for a build root. */
  readonly payload: Payload | null
  readonly rpmFormat: number | null
  readonly provides: readonly DependencyFacts[]
  readonly requires: readonly DependencyFacts[]
  readonly conflicts: readonly DependencyFacts[]
  readonly obsoletes: readonly DependencyFacts[]
  readonly symlinks: readonly Symlink[]
  readonly loaderFiles: LoaderFiles
  readonly objects: readonly ObjectFacts[]
  readonly archives: readonly StaticArchiveFacts[]
  /** RPMs inside this one, for example in a repackaged source package. */
  readonly inner: readonly InnerPackage[]
  readonly notes: readonly Note[]
}

export interface Identity {
  readonly name: string
  /** `null` where the package has none, which is printed differently from 0. */
  readonly epoch: number | null
  readonly version: string
  readonly release: string
  /** As printed: `src` or `nosrc` for a source package. Empty where it is not known. */
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

/** What a loader encounters besides objects and symbolic links. */
export interface LoaderFiles {
  /** Regular files that are named like libraries but are not ELF files: linker scripts, for the most part. */
  readonly nonElfLibraries: readonly string[]
  /** Configuration files of loaders (ld.so.conf and the like), and files that they could include: contents as byte strings. */
  readonly configuration: readonly { readonly path: string; readonly content: string }[]
}

export interface InnerPackage {
  readonly path: string
  readonly facts: PackageFacts
}

/** Something legal but unusual, or something inside the package that could not be read although the package as a whole could. */
export interface Note {
  readonly id: string
  readonly message: string
  readonly path: string | null
  readonly structure: string | null
  readonly offset: number | null
  /** Unusual enough for a warning; otherwise it is only reported. */
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
  /** The exports that are a guarded family's symbols, with all that rules need. */
  readonly guarded: readonly GuardedExport[]
  /** The exports that are a guarded family's internal symbols: those that its libraries define beside their API. */
  readonly internals: readonly InternalExport[]
  /** The imports that are a guarded family's symbols. */
  readonly guardedImports: readonly GuardedImport[]
  readonly traces: readonly Trace[]
  /** What the loader needs of the object; `null` unless requested. */
  readonly link: LinkFacts | null
  readonly fault: Fault | null
}

export interface LinkFacts {
  /** The first 64 bytes of the file. */
  readonly head: Uint8Array
  /** `null` where the file cannot be decoded; then `fault` says why. */
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
  /** A weak reference: the object works without it. */
  readonly isOptional: boolean
}

export interface GuardedExport {
  readonly name: string
  readonly family: string
  readonly library: string
  /** A name so generic that other code defines it by coincidence. */
  readonly isGeneric: boolean
  readonly version: string | null
  /** The version is one of the family's own nodes. */
  readonly isOwnNode: boolean
  readonly reach: Reach
  readonly type: string
  /** Data, although the genuine library has a function of that name. */
  readonly isData: boolean
  /** How the function is a stub; `null` for data and for real code. */
  readonly stub: StubKind | null
  /** The function is a stub in some release of the library or of a fork too. */
  readonly isKnownNoOp: boolean
}

/** An export that is a guarded library's internal symbol, such as `sha1_block_data_order`. */
export interface InternalExport extends InternalSymbol {
  readonly family: string
  readonly version: string | null
  readonly reach: Reach
  readonly type: string
  /** The object's own references to it go through the loader, which may bind them to another library's definition. */
  readonly isInterposable: boolean
}

/** Evidence of an embedded copy of a guarded library. */
export interface Trace {
  readonly family: string
  readonly implementation: string
  /** `null` where the copy does not state it. */
  readonly version: string | null
  /** The evidence is a path of one of the library's source files, not a version string. */
  readonly isSourcePath: boolean
  /** It is part of the library's code or tables, which no client contains. */
  readonly isCode: boolean
  /** Forks of the library contain it too, so `implementation` stands for any of them. */
  readonly isShared: boolean
}

/** Why a loader or a careful reader would refuse the file. */
export interface Fault {
  readonly structure: string | null
  readonly offset: number | null
  readonly message: string
}

/** A static archive: guarded symbols that its members would add to whatever links them. */
export interface StaticArchiveFacts {
  readonly path: string
  readonly isNested: boolean
  readonly members: number
  readonly guarded: readonly ArchiveSymbol[]
  /** Internal symbols of the guarded libraries, likewise. */
  readonly internals: readonly ArchiveInternal[]
}

export interface ArchiveInternal extends InternalSymbol {
  readonly family: string
}

export interface ArchiveSymbol {
  readonly name: string
  readonly family: string
  readonly library: string
  readonly isGeneric: boolean
}
