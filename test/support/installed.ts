/** Packages with ids, as a run has them. */
import type { PackageFacts } from '../../lib/facts/model.js'
import type { InstalledPackage } from '../../lib/interposition/installed-package.js'
import type { Interposition, Interpositions } from '../../lib/interposition/interposition.js'

/** `of` distinguishes packages of separate lists: `p0`, `p1`. */
export function withIds(packages: readonly PackageFacts[], of = 'p'): InstalledPackage[] {
  return packages.map((facts, index) => ({ id: `${of}${index}`, facts }))
}

/** Each with the path of the object for which it is reported. */
export function listed(interpositions: Interpositions): { of: string; interposition: Interposition }[] {
  return [...interpositions.values()].flatMap(byPath =>
    [...byPath].flatMap(([of, list]) => list.map(interposition => ({ of, interposition }))),
  )
}
