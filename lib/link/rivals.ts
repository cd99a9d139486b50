/** Who else defines what a reference was bound to: the libraries that it would have come from, had they stood first. */
import type { Binding } from './bindings.js'
import { TRAIT } from './definitions.js'
import type { LinkMap } from './link-map.js'
import { gnuHash } from '../elf/gnu-hash.js'

/** In the order of lookup, without the one that gives it and the one that asks for it. Their versions are not compared: it is the name that is there twice. */
export function rivalsOf({ symbol, provider, referrer }: Binding, scope: readonly LinkMap[]): LinkMap[] {
  const hash = gnuHash(symbol)
  return scope.filter(map => map !== provider && map !== referrer && defines(map, symbol, hash))
}

function defines({ linked: { index } }: LinkMap, name: string, hash: number): boolean {
  if (index === null) return false
  for (let at = index.first(hash); at !== 0; at = index.next(at - 1)) {
    const traits = index.definitions.traits[at - 1]!
    if ((traits & (TRAIT.LENT | TRAIT.INVISIBLE | TRAIT.LOCAL)) === 0 && index.isNamed(at - 1, name, hash)) return true
  }
  return false
}
