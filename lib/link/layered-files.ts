/**
 * A file system of one or more layers, the first of which that has a path counts: packages over a root, as if they were installed there.
 *
 * Paths are resolved here for all of them, so a link in a package may lead to a file of the root. What was asked once is kept.
 */
import type { Files, LoaderFile } from './linked-file.js'
import { resolvePath, type TreeEntry } from './resolve-path.js'

export interface DirectoryEntry {
  readonly name: string
  readonly kind: TreeEntry['kind']
  /** A file that somebody may execute. */
  readonly isExecutable: boolean
}

/** One layer. Its paths are byte strings that lead through no link: absolute, without `.`, `..` and double slashes. */
export interface Layer {
  entryAt(path: string): TreeEntry | null
  /** `null` where it may not be opened. */
  open(path: string): LoaderFile | null
  /** `null` also for what is no program. What cannot be understood may be one. */
  openProgram(path: string): LoaderFile | null
  read(path: string): Uint8Array | null
  list(path: string): readonly string[]
  /** What the directory holds, in any order. */
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

  /** What stands at a path that leads through no link, if it is a program. */
  openProgram(path: string): LoaderFile | null {
    const file = this.#layerOf(path)?.openProgram(path) ?? null
    if (file !== null) this.#files.set(path, file)
    return file
  }

  read(path: string): Uint8Array | null {
    const real = this.resolve(path)
    return real === null ? null : (this.#layerOf(real)?.read(real) ?? null)
  }

  /** What all layers have there. */
  list(path: string): readonly string[] {
    const real = this.resolve(path)
    if (real === null) return []
    const names = new Set(this.#layers.flatMap(layer => (layer.entryAt(real)?.kind === 'directory' ? layer.list(real) : [])))
    return [...names].sort()
  }

  /** What all layers have in the directory, sorted by name; of one name, what the first layer has. */
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

  /** The path without links, or `null` where it leads nowhere. */
  resolve(path: string): string | null {
    return resolvePath(path, inner => this.#entryAt(inner))
  }

  /** What stands at a path that leads through no link. */
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
