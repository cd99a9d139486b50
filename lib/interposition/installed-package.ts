/** A package with an id for its results: facts may come from another thread or a cache, so that object identity does not identify them. */
import type { PackageFacts } from '../facts/model.js'

export interface InstalledPackage {
  /** Unique among the packages of a run: usually the path of its target. */
  readonly id: string
  readonly facts: PackageFacts
}

/** Key of an object in a package, independent of where the facts come from. */
export function objectKey(packageId: string, path: string): string {
  return `${packageId}\0${path}`
}
