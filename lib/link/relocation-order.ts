/**
 * The order in which objects are relocated: each after its dependencies, the program last.
 *
 * It decides which error ends the start, and which of several unique definitions is used by all: the first that a reference binds to.
 * Source: _dl_sort_maps_dfs of glibc's elf/dl-sort-maps.c; dl_main of elf/rtld.c goes through its order backwards.
 */
import type { LinkMap } from './link-map.js'

/** `interpreter` is relocated once more after all others. */
export function relocationOrder(scope: readonly LinkMap[], interpreter: LinkMap | null): LinkMap[] {
  const program = scope.find(({ isProgram }) => isProgram)
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
  const last = [program, interpreter].filter(map => map !== undefined && map !== null && seen.has(map)) as readonly LinkMap[]
  return [...order.filter(map => !last.includes(map)), ...last]
}
