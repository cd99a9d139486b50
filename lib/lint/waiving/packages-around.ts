/** Which packages a finding is in: the one that was checked, and those inside it on the way to the file. */
import type { PackageFacts } from '../../facts/model.js'

/** Names from the outermost package on; a loose file has none. `file` is a finding's. */
export function packagesAround({ identity, inner }: PackageFacts, file: string | null): string[] {
  const own = identity === null ? [] : [identity.name]
  const next = inner.find(({ path }) => file === path || file?.startsWith(`${path}!`) === true)
  return next === undefined || file === null ? own : [...own, ...packagesAround(next.facts, file.slice(next.path.length + 1))]
}
