/** A package with a name by which results are found again: facts may come from another thread or a cache, where no object is the same object. */
import type { PackageFacts } from '../facts/model.js'

export interface InstalledPackage {
  /** Differs between the packages of a run: the path of its target, for the most part. */
  readonly id: string
  readonly facts: PackageFacts
}

/** Of an object in a package: the same wherever the facts come from. */
export function objectKey(packageId: string, path: string): string {
  return `${packageId}\0${path}`
}
