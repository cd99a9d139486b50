/** Other candidate definitions: the libraries that a reference would bind to if they came first. */
import type { Binding } from './bindings.js'
import type { LinkMap } from './link-map.js'

/**
 * In the order of lookup, without the provider; the referrer is among them if it defines the symbol itself, and its own reference goes elsewhere. Versions are
 * not compared: the same name is defined twice.
 */
export function otherCandidatesOf({ symbol, hash, provider, referrer, isOwn }: Binding, scope: readonly LinkMap[]): LinkMap[] {
  return scope.filter(map => map !== provider && (map !== referrer || isOwn) && map.linked.index?.has(symbol, hash) === true)
}
