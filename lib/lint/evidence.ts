/**
 * When symbols prove a copy of a guarded library. `CRYPTO_lock` is OpenSSL's and nobody else's; `MD5_Init` is what anyone would call it.
 */
import type { Problem } from './rule.js'

export interface Evidence {
  readonly name: string
  readonly family: string
  readonly isGeneric: boolean
}

/** Generic symbols that together count as much as a distinctive one. */
const GENERIC_NEEDED = 3

/** The symbols of the families that they prove, by a distinctive symbol or three generic ones. A symbol under two versions is one. */
export function conclusive<Symbol extends Evidence>(symbols: readonly Symbol[]): Symbol[] {
  const proven = new Set<string>()
  for (const family of new Set(symbols.map(each => each.family))) {
    const own = symbols.filter(each => each.family === family)
    if (own.some(({ isGeneric }) => !isGeneric) || distinctNames(own).length >= GENERIC_NEEDED) proven.add(family)
  }
  return symbols.filter(({ family }) => proven.has(family))
}

/**
 * The finding about these symbols: `proven` about those of the families that they prove; where they prove none, `generic` about all, as an
 * information. `detailsOf` is asked for the symbols that the finding is about, whose count is in its data already.
 */
export function* verdictOn<Symbol extends Evidence, Message extends string>(
  symbols: readonly Symbol[],
  messages: { readonly proven: Message; readonly generic: Message },
  detailsOf: (symbols: readonly Symbol[]) => Omit<Problem, 'message' | 'symbols'> = () => ({}),
): Generator<Problem<Message>> {
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

/** Each symbol's name once, whatever versions of it there are. */
export function distinctNames(symbols: readonly { readonly name: string }[]): string[] {
  return [...new Set(symbols.map(({ name }) => name))]
}
