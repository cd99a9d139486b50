/**
 * When symbols prove a copy of a guarded library: `CRYPTO_lock` is distinctive of OpenSSL, `MD5_Init` is a generic symbol.
 */
import type { ObjectFacts } from '../facts/model.js'
import type { RawFinding } from './rule.js'

export interface Evidence {
  readonly name: string
  readonly family: string
  readonly isGeneric: boolean
}

/** This many generic symbols count as much as a distinctive one. */
const GENERIC_NEEDED = 3

/** The symbols of proven families: those with a distinctive symbol or three generic ones. A symbol with two versions counts once. */
export function conclusive<Symbol extends Evidence>(symbols: readonly Symbol[]): Symbol[] {
  const proven = new Set<string>()
  for (const family of new Set(symbols.map(each => each.family))) {
    const own = symbols.filter(each => each.family === family)
    if (own.some(({ isGeneric }) => !isGeneric) || distinctNames(own).length >= GENERIC_NEEDED) proven.add(family)
  }
  return symbols.filter(({ family }) => proven.has(family))
}

/**
 * The finding about these symbols, if any: with the message `proven` about those of proven families; if no family is proven, with `generic` about
 * all of them, as an info. `detailsOf` adds to the finding; its symbols and their count are set already.
 */
export function* findingAbout<Symbol extends Evidence, Message extends string>(
  symbols: readonly Symbol[],
  messages: { readonly proven: Message; readonly generic: Message },
  detailsOf: (symbols: readonly Symbol[]) => Omit<RawFinding, 'message' | 'symbols'> = () => ({}),
): Generator<RawFinding<Message>> {
  if (symbols.length === 0) return
  const proven = conclusive(symbols)
  const isProven = proven.length > 0
  const subjects = isProven ? proven : symbols
  const names = distinctNames(subjects)
  const { data = {}, ...details } = detailsOf(subjects)
  yield {
    ...details,
    ...(isProven ? {} : { severity: 'info' }),
    message: isProven ? messages.proven : messages.generic,
    symbols: names,
    data: { count: names.length, ...data },
  }
}

/** For the data of a finding about the API: how many internal symbols the object exports besides, which the same fix hides. Empty if none. */
export function internalsBeside(object: ObjectFacts): { readonly internals?: number } {
  const count = distinctNames(object.internals.filter(({ reach }) => reach !== 'own-version')).length
  return count === 0 ? {} : { internals: count }
}

/** Each symbol's name once, whatever versions of it there are. */
export function distinctNames(symbols: readonly { readonly name: string }[]): string[] {
  return [...new Set(symbols.map(({ name }) => name))]
}
