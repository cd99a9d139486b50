/** The packages that contain a finding: the one checked, and those nested inside it on the path to the file. */
import type { PackageFacts } from '../../facts/model.js'

/** Their names, outermost first; a standalone file has none. `file` is the finding's. */
export function enclosingPackages({ identity, inner }: PackageFacts, file: string | null): string[] {
  const own = identity === null ? [] : [identity.name]
  const next = inner.find(({ path }) => file === path || file?.startsWith(`${path}!`) === true)
  return next === undefined || file === null ? own : [...own, ...enclosingPackages(next.facts, file.slice(next.path.length + 1))]
}
