/**
 * A bounded window over bytes that knows its structure's name and its offset.
 *
 * Every read is checked, so a decoder can follow lengths and offsets of hostile input without checks of its own, and every
 * error names the structure and the absolute offset.
 */
import { MalformedError } from '../errors/check-error.js'

export type Endianness = 'little' | 'big'

/** Highest value of a 64-bit field's upper half that still fits a double exactly. */
const SAFE_UPPER_HALF = 0x1fffff

export class Reader {
  readonly length: number
  readonly endianness: Endianness
  readonly structure: string
  /** Absolute offset of this window's first byte in the file or stream at fault. */
  readonly base: number
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #isLittle: boolean

  /** The bytes are borrowed, not copied: they must not change while the reader lives. */
  constructor(bytes: Uint8Array, structure: string, endianness: Endianness, base = 0) {
    this.length = bytes.length
    this.endianness = endianness
    this.structure = structure
    this.base = base
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#isLittle = endianness === 'little'
  }

  u8(at: number): number {
    this.#need(at, 1)
    return this.#view.getUint8(at)
  }

  u16(at: number): number {
    this.#need(at, 2)
    return this.#view.getUint16(at, this.#isLittle)
  }

  u32(at: number): number {
    this.#need(at, 4)
    return this.#view.getUint32(at, this.#isLittle)
  }

  i32(at: number): number {
    this.#need(at, 4)
    return this.#view.getInt32(at, this.#isLittle)
  }

  /** A 64-bit unsigned field as a number. Throws `MalformedError` for more than 53 bits: no size or offset of a real file is that large. */
  u64(at: number): number {
    const upper = this.u32(this.#isLittle ? at + 4 : at)
    if (upper > SAFE_UPPER_HALF) this.fail(at, 'a 64-bit value of more than 53 bits')
    return upper * 0x1_0000_0000 + this.u32(this.#isLittle ? at : at + 4)
  }

  /** A part of this window under its own name. Throws `MalformedError` where it reaches beyond this window. */
  window(structure: string, at: number, length: number): Reader {
    if (!this.holds(at, length)) this.#short(structure, at, length)
    return new Reader(this.#bytes.subarray(at, at + length), structure, this.endianness, this.base + at)
  }

  /** The window as a DataView, for a loop that has checked its bounds once: reading beyond the end throws a RangeError, which is a bug of the caller. */
  get view(): DataView {
    return this.#view
  }

  /** The bytes themselves, borrowed. */
  bytes(at: number, length: number): Uint8Array {
    this.#need(at, length)
    return this.#bytes.subarray(at, at + length)
  }

  /** Is the range inside this window? For ranges that may legitimately be absent. */
  holds(at: number, length: number): boolean {
    return at >= 0 && length >= 0 && at + length <= this.length
  }

  /** Index of the next `byte` at or after `at`, or -1. */
  indexOf(byte: number, at: number): number {
    return this.#bytes.indexOf(byte, at)
  }

  fail(at: number, what: string): never {
    const offset = this.base + at
    throw new MalformedError(`${this.structure}: ${what} at 0x${offset.toString(16)}`, this.structure, offset)
  }

  #need(at: number, length: number): void {
    if (!(at >= 0 && at + length <= this.length)) this.#short(this.structure, at, length)
  }

  #short(structure: string, at: number, length: number): never {
    const offset = this.base + Math.max(0, at)
    const have = Math.max(0, Math.min(this.length - at, this.length))
    throw new MalformedError(`${structure}: need ${length} bytes, have ${have} at 0x${offset.toString(16)}`, structure, offset)
  }
}
