/**
 * Canonical Huffman codes of bzip2: up to 258 symbols, code lengths of 1 to 20 bits, shorter codes first, within a length by symbol.
 * Codes of up to ten bits, nearly all in practice, need one table lookup.
 */
import type { BitReader } from './bzip2-bits.js'

export const MAX_CODE_LENGTH = 20
const TABLE_BITS = 10

export class HuffmanTable {
  /** For each ten bits, symbol × 32 + length of the code they begin with; 0 where that is longer. */
  readonly #table = new Uint16Array(1 << TABLE_BITS)
  /** For each length, the first code after those of that length, shifted to twenty bits. */
  readonly #limit = new Int32Array(MAX_CODE_LENGTH + 1)
  /** For each length, the offset from a code to its index among the symbols. */
  readonly #base = new Int32Array(MAX_CODE_LENGTH + 1)
  readonly #symbols: Uint16Array

  constructor(lengths: Uint8Array) {
    this.#symbols = new Uint16Array(lengths.length)
    let code = 0
    let place = 0
    for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
      this.#base[length] = place - code
      for (let symbol = lengths.indexOf(length); symbol >= 0; symbol = lengths.indexOf(length, symbol + 1)) {
        this.#symbols[place++] = symbol
        this.#enter(code++, length, symbol)
      }
      this.#limit[length] = code << (MAX_CODE_LENGTH - length)
      code <<= 1
    }
  }

  #enter(code: number, length: number, symbol: number): void {
    if (length > TABLE_BITS) return
    const first = code << (TABLE_BITS - length)
    this.#table.fill(symbol * 32 + length, first, first + (1 << (TABLE_BITS - length)))
  }

  /** The next symbol, or -1 for an invalid code. */
  read(bits: BitReader): number {
    const ahead = bits.peek(MAX_CODE_LENGTH)
    const entry = this.#table[ahead >> (MAX_CODE_LENGTH - TABLE_BITS)] ?? 0
    if (entry === 0) return this.#readLong(bits, ahead)
    bits.skip(entry & 31)
    return entry >> 5
  }

  #readLong(bits: BitReader, ahead: number): number {
    let length = 1
    while (length <= MAX_CODE_LENGTH && ahead >= (this.#limit[length] ?? 0)) length++
    if (length > MAX_CODE_LENGTH) return -1
    bits.skip(length)
    return this.#symbols[(ahead >> (MAX_CODE_LENGTH - length)) + (this.#base[length] ?? 0)] ?? -1
  }
}
