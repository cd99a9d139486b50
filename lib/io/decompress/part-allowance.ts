/**
 * How many members or frames one stream may have. Beginning one costs a fraction of a millisecond, whatever is in it: without a bound,
 * a megabyte of empty ones would take half a minute. Large ones are earned by what they unpack to.
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

  /** One more begins; throws LimitError when it is one too many. */
  begin(): void {
    this.#left -= 1
    if (this.#left < 0) this.#input.exceed('too many small members or frames')
  }

  earn(unpackedBytes: number): void {
    this.#left += unpackedBytes / BYTES_EACH
  }
}
