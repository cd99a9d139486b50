/**
 * A file system of one or more layers, in which the first layer that has a path wins: packages over a root, as if they were installed there.
 *
 * Paths are resolved here across all layers, so a link in a package may lead to a file of the root. Results are cached.
 */
import type { Files, LoaderFile, OpenError } from './linked-file.js'
import { resolutionOf, resolvePath, type TreeEntry } from './resolve-path.js'

export interface DirectoryEntry {
  readonly name: string
  readonly kind: TreeEntry['kind']
  /** A file with an execute bit. */
  readonly isExecutable: boolean
}

/** One layer. Its paths are resolved byte strings: absolute, without links, `.`, `..` and double slashes. */
export interface Layer {
  entryAt(path: string): TreeEntry | null
  /** `null` where it may not be opened. */
  open(path: string): LoaderFile | null
  /** `null` also for a file that is not a program. A file that cannot be decoded may be one. */
  openProgram(path: string): LoaderFile | null
  read(path: string): Uint8Array | null
  list(path: string): readonly string[]
  /** The entries of the directory, in any order. */
  entries(path: string): readonly DirectoryEntry[]
}

export class LayeredFiles implements Files {
  readonly #layers: readonly Layer[]
  readonly #entries = new Map<string, TreeEntry | null>()
  readonly #files = new Map<string, LoaderFile | null>()

  constructor(layers: readonly Layer[]) {
    this.#layers = layers
  }

  open(path: string): LoaderFile | null {
    const known = this.#files.get(path)
    if (known !== undefined) return known
    const real = this.resolve(path)
    const file = real === null || real === path ? this.#openReal(real) : this.open(real)
    this.#files.set(path, file)
    return file
  }

  openError(path: string): OpenError {
    return resolutionOf(path, inner => this.#entryAt(inner)).error ?? 'ENOENT'
  }

  /** The file at a resolved path, if it is a program. */
  openProgram(path: string): LoaderFile | null {
    const file = this.#layerOf(path)?.openProgram(path) ?? null
    if (file !== null) this.#files.set(path, file)
    return file
  }

  read(path: string): Uint8Array | null {
    const real = this.resolve(path)
    return real === null ? null : (this.#layerOf(real)?.read(real) ?? null)
  }

  /** Names in the directory, of all layers. */
  list(path: string): readonly string[] {
    const real = this.resolve(path)
    if (real === null) return []
    const names = new Set(this.#layers.flatMap(layer => (layer.entryAt(real)?.kind === 'directory' ? layer.list(real) : [])))
    return [...names].sort()
  }

  /** The entries of the directory in all layers, sorted by name; the first layer wins for each name. */
  entries(path: string): readonly DirectoryEntry[] {
    const real = this.resolve(path)
    if (real === null) return []
    const byName = new Map<string, DirectoryEntry>()
    for (const layer of this.#layers) {
      if (layer.entryAt(real)?.kind !== 'directory') continue
      for (const entry of layer.entries(real)) if (!byName.has(entry.name)) byName.set(entry.name, entry)
    }
    return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** The path without links, or `null` for a dangling one. */
  resolve(path: string): string | null {
    return resolvePath(path, inner => this.#entryAt(inner))
  }

  withLinks(links: ReadonlyMap<string, string>): LayeredFiles {
    return links.size === 0 ? this : new LayeredFiles([new LinkLayer(links), ...this.#layers])
  }

  /** The entry at a resolved path. */
  entryAt(path: string): TreeEntry | null {
    return this.#entryAt(path)
  }

  #openReal(real: string | null): LoaderFile | null {
    return real === null ? null : (this.#layerOf(real)?.open(real) ?? null)
  }

  #entryAt(path: string): TreeEntry | null {
    const known = this.#entries.get(path)
    if (known !== undefined) return known
    const entry = this.#layerOf(path)?.entryAt(path) ?? null
    this.#entries.set(path, entry)
    return entry
  }

  #layerOf(path: string): Layer | undefined {
    return this.#layers.find(layer => layer.entryAt(path) !== null)
  }
}

/** Symbolic links alone. */
class LinkLayer implements Layer {
  readonly #links: ReadonlyMap<string, string>

  constructor(links: ReadonlyMap<string, string>) {
    this.#links = links
  }

  entryAt(path: string): TreeEntry | null {
    const target = this.#links.get(path)
    return target === undefined ? null : { kind: 'link', target }
  }

  open(): null {
    return null
  }

  openProgram(): null {
    return null
  }

  read(): null {
    return null
  }

  /** Their directories are of other layers, and so are nearly all of their names: nobody lists them here. */
  list(): readonly string[] {
    return []
  }

  entries(): readonly DirectoryEntry[] {
    return []
  }
}
