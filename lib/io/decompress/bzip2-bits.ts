/**
 * Bits of bzip2 data, the highest of each byte first. After the end they are zeros: the reader reports the overrun afterwards,
 * so that the inner loops need no check for each bit.
 */
export class BitReader {
  readonly #bytes: Uint8Array
  #at: number
  #window = 0
  #count = 0

  /** Begins `bit` bits into `bytes`. */
  constructor(bytes: Uint8Array, bit: number) {
    this.#bytes = bytes
    this.#at = bit >> 3
    if ((bit & 7) !== 0) this.read(bit & 7)
  }

  /** Bits from the start of the bytes to here. */
  get position(): number {
    return this.#at * 8 - this.#count
  }

  /** Have bits been read after the end? */
  get isOverrun(): boolean {
    return this.position > this.#bytes.length * 8
  }

  /** The next `count` bits, at most 24, without using them. */
  peek(count: number): number {
    while (this.#count < count) {
      this.#window = (this.#window << 8) | (this.#at < this.#bytes.length ? (this.#bytes[this.#at] ?? 0) : 0)
      this.#at++
      this.#count += 8
    }
    return (this.#window >>> (this.#count - count)) & ((1 << count) - 1)
  }

  /** Consumes `count` of the bits last seen. */
  skip(count: number): void {
    this.#count -= count
  }

  /** The next `count` bits, at most 24. */
  read(count: number): number {
    const bits = this.peek(count)
    this.#count -= count
    return bits
  }

  u32(): number {
    return this.read(16) * 0x10000 + this.read(16)
  }

  /** The next 48 bits, which hold the magic of a block or of the end. */
  u48(): number {
    return this.read(24) * 0x1000000 + this.read(24)
  }
}
