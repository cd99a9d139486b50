/**
 * A file as the loader sees it, and the file system it comes from. The floors above implement it for a disk, a root directory and packages; this is only what
 * the loader requires.
 */
import { DefinitionIndex } from './definition-index.js'
import { nameAt, type LinkObject } from './link-object.js'
import { SelectedReferences, type SymbolFilter } from './selected-references.js'

/** A file system as the loader sees it. Paths are absolute byte strings, which may hold `..` and lead through symbolic links. */
export interface Files {
  /** `null` if the file does not exist or must not be opened. */
  open(path: string): LoaderFile | null
  /** Why `open` returns `null`: the system's error. */
  openError(path: string): OpenError
  /** The whole content of a small file such as ld.so.conf; `null` likewise. */
  read(path: string): Uint8Array | null
  /** Names in a directory, sorted; empty if it does not exist. */
  list(path: string): readonly string[]
  /** The path without links; `null` if it leads nowhere. */
  resolve(path: string): string | null
  /** The same files with symbolic links that replace whatever has their path: targets by path without links. */
  withLinks(links: ReadonlyMap<string, string>): Files
}

/** No such file (or no permission), a file where a directory is needed, and symbolic links in a circle. */
export type OpenError = 'ENOENT' | 'ENOTDIR' | 'ELOOP' | 'ENAMETOOLONG'

export interface LoaderFile {
  /** The path without symbolic links. */
  readonly realPath: string
  /** The same for all paths of one file: device and inode, in whatever form. */
  readonly identity: string
  /** The first 64 bytes, or fewer where there are no more. */
  readonly head: Uint8Array
  /** Why the opened file cannot be read, for example because it is a directory; `null` if it can. */
  readonly fault: string | null
  /** The decoded object. Throws `CheckError` if it cannot be decoded. */
  linked(): LinkedObject
}

/** An object with data that is derived from it once for all programs. */
export class LinkedObject {
  readonly object: LinkObject
  #index: DefinitionIndex | null = null
  #names: readonly string[] | null = null
  #selected: { readonly by: SymbolFilter; readonly references: SelectedReferences } | null = null

  constructor(object: LinkObject) {
    this.object = object
  }

  /** `null` for a file without a dynamic section. */
  get index(): DefinitionIndex | null {
    const { dynamic } = this.object
    if (dynamic === null) return null
    this.#index ??= new DefinitionIndex(dynamic.definitions, dynamic.strings)
    return this.#index
  }

  /** Names of the references, row by row. */
  get referenceNames(): readonly string[] {
    const { dynamic } = this.object
    if (dynamic === null) return []
    this.#names ??= Array.from(dynamic.references.nameOffsets, offset => nameAt(dynamic.strings, offset))
    return this.#names
  }

  /** Cached for the last filter; `null` for a file without a dynamic section. */
  referencesFor(isSelected: SymbolFilter): SelectedReferences | null {
    const { dynamic } = this.object
    if (dynamic === null) return null
    if (this.#selected?.by !== isSelected)
      this.#selected = { by: isSelected, references: new SelectedReferences(dynamic, this.referenceNames, isSelected) }
    return this.#selected.references
  }
}
