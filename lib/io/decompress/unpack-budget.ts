/** Limits the bytes that one stream may unpack to. */
import type { Limits } from '../../limits/limits.js'
import type { CompressedInput } from './compressed-input.js'

export class UnpackBudget {
  readonly #input: CompressedInput
  readonly #limits: Limits
  #unpacked = 0

  constructor(input: CompressedInput, limits: Limits) {
    this.#input = input
    this.#limits = limits
  }

  /** Counts `length` unpacked bytes. Throws `LimitError` once there are too many. */
  spend(length: number): void {
    this.#unpacked += length
    if (this.#unpacked > this.#limits.unpackedBytes) this.#input.exceed(`unpacks to more than ${this.#limits.unpackedBytes} bytes`)
  }
}
