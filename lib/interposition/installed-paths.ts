/** Where an object of a package is installed. */
import type { ObjectFacts } from '../facts/model.js'

/** Empty for an object inside an archive. */
export function installedPathsOf({ path, alsoAt, isNested }: ObjectFacts): readonly string[] {
  return isNested ? [] : [path, ...alsoAt]
}
