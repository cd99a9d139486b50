/**
 * The files of a run: artifact objects, sections 3.24 and 3.4. Packages are files of the checkout; a file inside a package refers to it by
 * parentIndex, and its URI is its absolute path inside the package.
 */
import type { Artifact, PhysicalLocation } from 'sarif'
import { innerUriOf, uriOf } from '../uri.js'

/** Collects artifacts in the order of their first use. */
export class Artifacts {
  readonly #list: Artifact[] = []
  readonly #indexes = new Map<string, number>()

  get list(): Artifact[] {
    return this.#list
  }

  /** The location of the whole file. GitHub requires a line even for a binary file: line 1. */
  location(path: string, line = 1): PhysicalLocation {
    return {
      artifactLocation: { uri: uriOf(path), index: this.#index(path, { location: { uri: uriOf(path) } }) },
      region: { startLine: line },
    }
  }

  addInner(path: string, file: string): void {
    const parentIndex = this.location(path).artifactLocation?.index ?? -1
    this.#index(`${path}\0${file}`, { location: { uri: innerUriOf(file) }, parentIndex })
  }

  #index(key: string, artifact: Artifact): number {
    const known = this.#indexes.get(key)
    if (known !== undefined) return known
    this.#indexes.set(key, this.#list.length)
    return this.#list.push(artifact) - 1
  }
}
