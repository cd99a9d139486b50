/** Other candidate definitions: the libraries that a reference would bind to if they came first. */
import type { Binding } from './bindings.js'
import type { LinkMap } from './link-map.js'

/** In the order of lookup, without provider and referrer. Versions are not compared: the same name is defined twice. */
export function otherCandidatesOf({ symbol, hash, provider, referrer }: Binding, scope: readonly LinkMap[]): LinkMap[] {
  return scope.filter(map => map !== provider && map !== referrer && map.linked.index?.has(symbol, hash) === true)
}
