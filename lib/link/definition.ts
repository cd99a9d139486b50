/**
 * Which references ld.so would bind to a definition once lookup reaches the object that has it.
 *
 * Versioning is per symbol: a library that has some versions is not thereby safe, and a reference that asks for a version is satisfied by every
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
 * - `all`: every reference to the name, whatever version it asks for.
 */
export type Reach = 'none' | 'own-version' | 'unversioned' | 'all'

/** The first version index that a link editor assigns; unversioned references bind to it even where it is hidden. */
const FIRST_NAMED_INDEX = 2

/** `name` is symbol `symbol`'s name as a byte string. */
export function reachOf(object: DynamicView, symbol: number, name: string): Reach {
  if (!isVisibleCandidate(object, symbol) || object.hash?.leadsTo(name, symbol) !== true) return 'none'
  const index = object.versions.indexOf(symbol)
  if (index === null) return 'all'
  const isHidden = object.versions.isHidden(symbol)
  // An index without a version satisfies what index 1 satisfies; from 3 on the hidden bit keeps it from all references.
  const hasNoVersion = object.versions.versionOf(symbol) === null
  if (!isHidden) return hasNoVersion ? 'all' : 'unversioned'
  if (index <= FIRST_NAMED_INDEX) return 'unversioned'
  return hasNoVersion ? 'none' : 'own-version'
}

/**
 * Stricter than `isCandidate`: what ld.so finds for an ordinary reference of another object. An undefined symbol with a value counts for all but
 * calls: it is a canonical PLT entry, which serves as the address of a library's function.
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
