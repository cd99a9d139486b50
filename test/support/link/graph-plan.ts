/** A graph of libraries that is to be built and run: what each file defines, refers to, needs and where it searches. */

/** How a reference is written in code; each leads to other relocations. */
export type ReferenceKind =
  | 'call' // through the PLT
  | 'call-through-got' // as -fno-plt does
  | 'got' // address from the GOT
  | 'word' // address in initialised data
  | 'absolute' // address in code that is not position-independent: copy relocation or canonical PLT entry
  | 'tls-ie'
  | 'tls-gd'
  | 'tls-desc'

export type SymbolType = 'function' | 'object' | 'tls' | 'ifunc' | 'notype'

export interface Definition {
  readonly name: string
  /** Version node, or null for the base version or none. */
  readonly node: string | null
  readonly isDefault: boolean
  readonly type: SymbolType
  readonly binding: 'global' | 'weak' | 'unique'
  readonly visibility: 'default' | 'protected' | 'hidden'
}

export interface Reference {
  readonly name: string
  /** The node that the code asks for itself; null leaves it to the link editor. */
  readonly node: string | null
  readonly kind: ReferenceKind
  readonly isWeak: boolean
  /** What the name stands for where it is bound: how a probe may look at it, or null where it must not. */
  readonly probe: 'function' | 'object' | null
}

export interface SearchPath {
  readonly tag: 'RPATH' | 'RUNPATH'
  /** Directories as they stand in the file: `$ORIGIN` and all. */
  readonly directories: readonly string[]
}

export interface ObjectPlan {
  /** Path below the graph's folder. */
  readonly file: string
  readonly soname: string | null
  /** Version nodes in the order of the version script: the first gets index 2. */
  readonly nodes: readonly string[]
  readonly definitions: readonly Definition[]
  readonly references: readonly Reference[]
  /** Other objects of the graph, by file, in the order of the link line. */
  readonly needs: readonly string[]
  readonly needsLibc: boolean
  readonly search: SearchPath | null
  /** More words for the link editor. */
  readonly flags: readonly string[]
  /** Dynamic tags to be written into the finished file where it has room. */
  readonly addedTags: readonly (readonly [tag: number, value: number])[]
}

export interface ProgramPlan extends ObjectPlan {
  readonly isPositionIndependent: boolean
}

/** A file that is in the way of a search. */
export interface Decoy {
  readonly file: string
  readonly copyOf: string
  readonly kind: 'copy' | 'symlink' | 'hardlink' | 'wrong class' | 'wrong machine'
}

export interface GraphPlan {
  readonly seed: number
  readonly program: ProgramPlan
  /** Libraries in the order of planning; NEEDED may point in both directions. */
  readonly libraries: readonly ObjectPlan[]
  /** What others were linked against, where it differs from what is there at run time: an older or newer release, by file. */
  readonly linkedAgainst: ReadonlyMap<string, ObjectPlan>
  readonly decoys: readonly Decoy[]
  /** LD_PRELOAD and LD_LIBRARY_PATH: files and directories below the folder. */
  readonly preload: readonly string[]
  readonly libraryPath: readonly string[]
}

/** What holds for a whole graph. */
export interface Circumstances {
  /** How the libraries are found. */
  readonly layout: 'RUNPATH everywhere' | 'RPATH of the program' | 'LD_LIBRARY_PATH'
  readonly hasLibc: boolean
  readonly isPositionIndependent: boolean
}
