/** Who else defines what a reference was bound to: the libraries that it would have come from, had they stood first. */
import type { Binding } from './bindings.js'
import type { LinkMap } from './link-map.js'

/** In the order of lookup, without the one that gives it and the one that asks for it. Their versions are not compared: it is the name that is there twice. */
export function otherCandidatesOf({ symbol, hash, provider, referrer }: Binding, scope: readonly LinkMap[]): LinkMap[] {
  return scope.filter(map => map !== provider && map !== referrer && map.linked.index?.has(symbol, hash) === true)
}
