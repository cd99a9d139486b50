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
  for (const root of scope.toReversed()) {
    // A stack of its own: a chain of dependencies may be as long as there are libraries.
    const stack = seen.has(root) ? [] : [visit(root)]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const dependency = top.ahead.next()
      if (dependency.done === true) order.push(stack.pop()!.map)
      else if (!seen.has(dependency.value)) stack.push(visit(dependency.value))
    }
  }
  const last = [program, interpreter].filter(map => map !== undefined && map !== null && seen.has(map)) as readonly LinkMap[]
  return [...order.filter(map => !last.includes(map)), ...last]

  /** The program's own dependencies are not recorded yet when the loader sorts. */
  function visit(map: LinkMap): { readonly map: LinkMap; readonly ahead: Iterator<LinkMap, undefined> } {
    seen.add(map)
    return { map, ahead: (map === program ? [] : map.dependencies).values() }
  }
}
