/**
 * The order in which objects are relocated: each behind what it depends on, the program last.
 *
 * It decides on nothing but unique definitions, of which the first that is bound to counts for all.
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
    // The program's own dependencies are not known yet when the loader sorts.
    if (map !== program) map.dependencies.forEach(visit)
    order.push(map)
  }
  for (const map of scope.toReversed()) visit(map)
  return program === undefined ? order : [...order.filter(map => map !== program), program]
}
