/** The packages that contain a finding: the one checked, and those nested inside it on the path to the file. */
import type { InnerPackage, PackageFacts } from '../../facts/model.js'

/** Their names, outermost first; a standalone file has none. `file` is the finding's. */
export function enclosingPackages({ identity, inner }: PackageFacts, file: string | null): string[] {
  const own = identity === null ? [] : [identity.name]
  const next = file === null || inner.length === 0 ? null : innerAround(inner, file)
  return next === null || file === null ? own : [...own, ...enclosingPackages(next.facts, file.slice(next.path.length + 1))]
}

/** By path; made once for all findings of a package, for it may have thousands of both. The first of a path counts. */
const BY_PATH = new WeakMap<readonly InnerPackage[], ReadonlyMap<string, number>>()

/** The first that has the file or is it. */
function innerAround(inner: readonly InnerPackage[], file: string): InnerPackage | null {
  const indexes = BY_PATH.get(inner) ?? new Map(inner.map(({ path }, index) => [path, index] as const).toReversed())
  BY_PATH.set(inner, indexes)
  let first = indexes.get(file) ?? inner.length
  for (let end = file.indexOf('!'); end >= 0; end = file.indexOf('!', end + 1)) {
    first = Math.min(first, indexes.get(file.slice(0, end)) ?? inner.length)
  }
  return inner[first] ?? null
}
