/**
 * Which references ld.so would bind to a definition, once lookup comes past the object that has it.
 *
 * "Has versions" is no answer for a library: the answer is per symbol, and a reference that asks for a version is taken by every
 * definition that has none.
 * Source: do_lookup_x and check_match of glibc's elf/dl-lookup.c; measured against the loader, case by case.
 */
import type { DynamicView } from '../elf/dynamic-view.js'
import { STV } from '../elf/symbol-table.js'
import { isCandidate } from './definitions.js'

/**
 * - `none`: lookup never finds it.
 * - `own-version`: only references that ask for its version by name.
 * - `unversioned`: those, and references that ask for no version.
 * - `all`: every reference of the name, whatever version it asks for.
 */
export type Reach = 'none' | 'own-version' | 'unversioned' | 'all'

/** The first version index that a link editor gives out; unversioned references take it even where it is hidden. */
const FIRST_NAMED_INDEX = 2

/** `name` is symbol `symbol`'s name as a byte string. */
export function reachOf(object: DynamicView, symbol: number, name: string): Reach {
  if (!isVisibleCandidate(object, symbol) || object.hash?.leadsTo(name, symbol) !== true) return 'none'
  const index = object.versions.indexOf(symbol)
  if (index === null) return 'all'
  const isHidden = object.versions.isHidden(symbol)
  // An index that has no version takes what index 1 takes; from 3 on the hidden bit keeps it from all references.
  const isNameless = object.versions.versionOf(symbol) === null
  if (!isHidden) return isNameless ? 'all' : 'unversioned'
  if (index <= FIRST_NAMED_INDEX) return 'unversioned'
  return isNameless ? 'none' : 'own-version'
}

/**
 * Stricter than `isCandidate`: what ld.so finds for an ordinary reference of another object. An undefined symbol with a value counts, for all but
 * calls: so programs give out the address of a function in a library.
 */
function isVisibleCandidate(view: DynamicView, symbol: number): boolean {
  const { symbols } = view
  const visibility = symbols.visibility(symbol)
  return (
    symbols.isGlobal(symbol) &&
    visibility !== STV.HIDDEN &&
    visibility !== STV.INTERNAL &&
    isCandidate(view, symbol) &&
    (symbols.value(symbol) !== 0 || symbols.isDefined(symbol))
  )
}
