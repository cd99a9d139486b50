/**
 * The order in which objects are relocated: each after its dependencies, the program last.
 *
 * It affects only unique definitions, of which the first that a reference binds to is used by all.
 * Source: _dl_sort_maps_dfs of glibc's elf/dl-sort-maps.c; dl_main of elf/rtld.c goes through its order backwards.
 */
import type { LinkMap } from './link-map.js'

export function relocationOrder(scope: readonly LinkMap[]): LinkMap[] {
  const [program] = scope
  const order: LinkMap[] = []
  const seen = new Set<LinkMap>()
  const visit = (map: LinkMap): void => {
    if (seen.has(map)) return
    seen.add(map)
    // The program's own dependencies are not recorded yet when the loader sorts.
    if (map !== program) map.dependencies.forEach(visit)
    order.push(map)
  }
  for (const map of scope.toReversed()) visit(map)
  return program === undefined ? order : [...order.filter(map => map !== program), program]
}
