/**
 * Limits the members or frames of one stream. Beginning one costs a fraction of a millisecond, whatever its size: without a limit,
 * a megabyte of empty ones would take half a minute. Unpacked bytes earn further ones.
 */
import type { CompressedInput } from './compressed-input.js'

const FREE = 10_000
/** Unpacked bytes that earn one more; the smallest in use, those of bgzip, hold up to 64 KiB. */
const BYTES_EACH = 4096

export class PartAllowance {
  readonly #input: CompressedInput
  #left = FREE

  constructor(input: CompressedInput) {
    this.#input = input
  }

  /** Counts one more member or frame. Throws `LimitError` when the allowance is used up. */
  begin(): void {
    this.#left -= 1
    if (this.#left < 0) this.#input.exceed('too many small members or frames')
  }

  earn(unpackedBytes: number): void {
    this.#left += unpackedBytes / BYTES_EACH
  }
}
