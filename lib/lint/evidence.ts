/**
 * When names prove something. `CRYPTO_lock` is OpenSSL's and nobody else's; `MD5_Init` is what anyone would call it.
 */

interface Evidence {
  readonly name: string
  readonly isGeneric: boolean
}

/** Weak names that together count as much as a strong one. */
const WEAK_NEEDED = 3

/** One strong name, or three weak ones. A name under two versions is one. */
export function isConclusive(symbols: readonly Evidence[]): boolean {
  return symbols.some(({ isGeneric }) => !isGeneric) || distinctNames(symbols).length >= WEAK_NEEDED
}

/** Each name once, whatever versions of it there are. */
export function distinctNames(symbols: readonly { readonly name: string }[]): string[] {
  return [...new Set(symbols.map(({ name }) => name))]
}
