/**
 * Collects the interpositions of several installations, and of several kinds of processors: each once, with the symbols of all of them. So whatever happens on
 * the baseline processor is not said to need a better one.
 */
import type { Interposition, Interpositions, InterpositionsByPath } from './interposition.js'

export class InterpositionCollector {
  readonly #found = new Map<string, Map<string, Map<string, Interposition>>>()

  add(interpositions: Interpositions): void {
    for (const [id, byPath] of interpositions) for (const [path, list] of byPath) for (const each of list) this.enter(id, path, each)
  }

  get interpositions(): Interpositions {
    const listed = (byPath: ReadonlyMap<string, ReadonlyMap<string, Interposition>>): InterpositionsByPath =>
      new Map([...byPath].map(([path, byKey]) => [path, [...byKey.values()]]))
    return new Map([...this.#found].map(([id, byPath]) => [id, listed(byPath)]))
  }

  enter(id: string, path: string, interposition: Interposition): void {
    const byPath = entryOf(this.#found, id, () => new Map<string, Map<string, Interposition>>())
    const byKey = entryOf(byPath, path, () => new Map<string, Interposition>())
    const key = keyOf(interposition)
    const known = byKey.get(key)
    byKey.set(key, known === undefined ? interposition : joined(known, interposition))
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** What a reader would call the same binding. */
function keyOf({ kind, start, referrer, provider, intended }: Interposition): string {
  return JSON.stringify([kind, start.root, referrer, provider, intended])
}

/** The first one's circumstances count. */
function joined(known: Interposition, other: Interposition): Interposition {
  return { ...known, symbols: [...new Set([...known.symbols, ...other.symbols])].sort() }
}
