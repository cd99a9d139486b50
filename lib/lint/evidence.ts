/**
 * When names prove something. `CRYPTO_lock` is OpenSSL's and nobody else's; `MD5_Init` is what anyone would call it.
 */

interface Evidence {
  readonly isWeakName: boolean
}

/** Weak names that together count as much as a strong one. */
const WEAK_NEEDED = 3

/** One strong name, or three weak ones. */
export function isConclusive(names: readonly Evidence[]): boolean {
  return names.some(({ isWeakName }) => !isWeakName) || names.length >= WEAK_NEEDED
}
