/**
 * Huffman codes of deflate: short codes by one look-up, longer ones bit by bit. Making a table costs about a thousand steps, whatever the lengths.
 *
 * Source: RFC 1951 §3.2.2; zlib's inftrees.c for which incomplete codes are accepted; puff.c for the slow path.
 */

export const MAX_CODE_BITS = 15
export const FAST_BITS = 10
const LENGTH_BITS = 4 // of an entry; the symbol is above

export class InflateCodes {
  /** By the next `FAST_BITS` bits: symbol and length of the code, or 0 for a longer code or none. */
  readonly fast = new Uint16Array(1 << FAST_BITS)
  readonly #counts = new Uint16Array(MAX_CODE_BITS + 1)
  readonly #symbols: Uint16Array
  readonly #next = new Uint16Array(MAX_CODE_BITS + 2)

  constructor(symbols: number) {
    this.#symbols = new Uint16Array(symbols)
  }

  /** Makes the codes of these lengths; returns whether they form a code: complete, or at most one code of one bit where `mayBeSingle`. */
  build(lengths: Uint8Array, count: number, mayBeSingle: boolean): boolean {
    const counts = this.#counts.fill(0)
    for (let symbol = 0; symbol < count; symbol++) counts[lengths[symbol]!]!++
    const isEmpty = counts[0] === count
    counts[0] = 0
    let left = 1
    let longest = 0
    for (let length = 1; length <= MAX_CODE_BITS; length++) {
      left = left * 2 - counts[length]!
      if (left < 0) return false
      if (counts[length]! > 0) longest = length
    }
    if (left > 0 && !(isEmpty || (mayBeSingle && longest === 1))) return false
    this.#fill(lengths, count)
    return true
  }

  /** The symbol whose code begins with the lowest of `bits`, and the length of its code, as in `fast`; 0 for none. */
  slow(bits: number): number {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length <= MAX_CODE_BITS; length++) {
      code |= (bits >>> (length - 1)) & 1
      const count = this.#counts[length]!
      if (code - count < first) return (this.#symbols[index + code - first]! << LENGTH_BITS) | length
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return 0
  }

  #fill(lengths: Uint8Array, count: number): void {
    const offsets = this.#next.fill(0)
    for (let length = 1; length <= MAX_CODE_BITS; length++) offsets[length + 1] = offsets[length]! + this.#counts[length]!
    for (let symbol = 0; symbol < count; symbol++) if (lengths[symbol]! > 0) this.#symbols[offsets[lengths[symbol]!]!++] = symbol
    this.fast.fill(0)
    for (let length = 1, code = 0, index = 0; length <= FAST_BITS; length++, code <<= 1) {
      for (let left = this.#counts[length]!; left > 0; left--, code++) {
        const entry = (this.#symbols[index++]! << LENGTH_BITS) | length
        for (let at = reversed(code, length); at < this.fast.length; at += 1 << length) this.fast[at] = entry
      }
    }
  }
}

function reversed(code: number, length: number): number {
  let result = 0
  for (let bit = 0; bit < length; bit++) result |= ((code >>> bit) & 1) << (length - 1 - bit)
  return result
}
