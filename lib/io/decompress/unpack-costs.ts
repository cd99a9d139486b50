/**
 * What unpacking one package costs apart from the bytes that it yields: all its streams and nested archives share one budget, because
 * a file of a thousand bytes can hold ten thousand archives.
 *
 * Beginning a stream, member, frame or block costs up to a tenth of a millisecond, whatever its size; moving a window costs its size, however few
 * bytes it yields. Unpacked bytes earn more of both.
 */
import { LimitError } from '../../errors/check-error.js'
import type { Limits } from '../../limits/limits.js'

/** Unpacked bytes that earn one more part; the smallest parts in use, those of bgzip, hold up to 64 KiB. */
const BYTES_PER_PART = 4096
/** Bytes of windows that an unpacked byte earns: zstd -19 moves 64. */
const MOVED_PER_BYTE = 128

export type CostLimits = Pick<Limits, 'smallParts' | 'nestedMembers' | 'heldBytes' | 'windowBytesMoved' | 'unpackedBytes'>

export class UnpackCosts {
  readonly #limits: CostLimits
  #parts: number
  #moved: number
  #nestedBytes = 0
  #nestedMembers = 0
  #held = 0
  #exhaustion: LimitError | null = null

  constructor(limits: CostLimits) {
    this.#limits = limits
    this.#parts = limits.smallParts
    this.#moved = limits.windowBytesMoved
  }

  /** The error that ended the package: it is not one of a single nested archive. */
  get exhaustion(): LimitError | null {
    return this.#exhaustion
  }

  /** Counts one more part; a block of zstd data is cheaper than a whole stream. Throws `LimitError`. */
  beginPart(structure: string, cost = 1): void {
    this.#parts -= cost
    if (this.#parts < 0)
      this.exhaust(`${structure}: more than ${this.#limits.smallParts} small members, frames or blocks in the package`, structure)
  }

  /** Counts a member of a nested archive. Throws `LimitError`. */
  beginMember(): void {
    if (++this.#nestedMembers > this.#limits.nestedMembers)
      this.exhaust(`nested archives: more than ${this.#limits.nestedMembers} members in the package`, 'nested archives')
  }

  /** Counts bytes of a window that were moved or cleared. Throws `LimitError`. */
  moveWindow(structure: string, bytes: number): void {
    this.#moved -= bytes
    if (this.#moved < 0)
      this.exhaust(
        `${structure}: small blocks with large windows, more than ${this.#limits.windowBytesMoved} bytes moved in the package`,
        structure,
      )
  }

  /** Counts memory that is held until `release`: archives inside archives hold theirs at the same time. Throws `LimitError`. */
  hold(structure: string, bytes: number): void {
    this.#held += bytes
    if (this.#held > this.#limits.heldBytes)
      this.exhaust(`${structure}: archives inside archives need more than ${this.#limits.heldBytes} bytes of memory at once`, structure)
  }

  release(bytes: number): void {
    this.#held -= bytes
  }

  earn(unpackedBytes: number): void {
    this.#parts += unpackedBytes / BYTES_PER_PART
    this.#moved += unpackedBytes * MOVED_PER_BYTE
  }

  /** Counts what nested archives unpack to, all of them together. Throws `LimitError`. */
  spendNested(bytes: number): void {
    this.#nestedBytes += bytes
    if (this.#nestedBytes > this.#limits.unpackedBytes)
      this.exhaust(`nested archives: unpack to more than ${this.#limits.unpackedBytes} bytes`, 'nested archives')
  }

  /** Throws a `LimitError` that ends the package. */
  exhaust(message: string, structure: string): never {
    this.#exhaustion ??= new LimitError(message, structure)
    throw this.#exhaustion
  }
}
