/**
 * A decoder's view of the compressed bytes: the available ones, and how many have been consumed.
 *
 * A decoder looks with `peek` and consumes with `skip`, so `consumed` is exact, and what a decoder does not consume
 * is available for the next member, frame, or the count of trailing bytes.
 */
import { LimitError, MalformedError, UnsupportedError } from '../../errors/check-error.js'

const NOTHING = new Uint8Array(0)

export class CompressedInput {
  /** What is being unpacked, for error messages: `payload (xz)`. */
  readonly structure: string
  readonly #source: AsyncIterator<Uint8Array>
  #unread: Uint8Array = NOTHING
  #hasEnded = false
  #consumed = 0

  constructor(source: AsyncIterable<Uint8Array>, structure: string) {
    this.#source = source[Symbol.asyncIterator]()
    this.structure = structure
  }

  /** Bytes consumed so far, from the start of the source. */
  get consumed(): number {
    return this.#consumed
  }

  /**
   * The next bytes, without consuming them: at least `least`, or all if the source ends before.
   * Borrowed until the next call. Errors of the source are passed on unchanged.
   */
  async peek(least = 1): Promise<Uint8Array> {
    if (this.#unread.length < least && !this.#hasEnded) this.#unread = await this.#gather(least)
    return this.#unread
  }

  /** Copies all chunks but the last: the source may reuse a chunk's buffer when the next one is requested. */
  async #gather(least: number): Promise<Uint8Array> {
    const kept: Uint8Array[] = []
    for (let last = this.#unread, have = last.length; ; have += last.length) {
      if (have >= least) return joined(kept, last)
      if (last.length > 0) kept.push(new Uint8Array(last)) // slice() of a Buffer would be a view
      const next = await this.#source.next()
      this.#hasEnded = next.done === true
      if (next.done === true) return joined(kept, NOTHING)
      last = next.value
    }
  }

  /** Consumes the first `count` of the bytes last seen. */
  skip(count: number): void {
    this.#unread = this.#unread.subarray(count)
    this.#consumed += count
  }

  /** Consumes and returns exactly `count` bytes. `count` is a format's constant, never a number from the input. */
  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count)
    if (bytes.length < count) this.truncated(count, bytes.length)
    this.skip(count)
    return bytes.subarray(0, count)
  }

  /** Reads to the end of the source and returns the number of bytes. */
  async drain(): Promise<number> {
    const start = this.#consumed
    for (let bytes = await this.peek(); bytes.length > 0; bytes = await this.peek()) this.skip(bytes.length)
    return this.#consumed - start
  }

  /** Closes the source; harmless at its end. */
  async close(): Promise<void> {
    await this.#source.return?.()
  }

  fail(what: string, cause?: unknown): never {
    throw new MalformedError(this.#at(what), this.structure, this.#consumed, { cause })
  }

  truncated(need: number, have: number): never {
    this.fail(`need ${need} bytes, have ${have}`)
  }

  /** Without an offset: where a limit is reached depends on how the decoder divides its work. */
  exceed(what: string): never {
    throw new LimitError(`${this.structure}: ${what}`, this.structure)
  }

  refuse(what: string): never {
    throw new UnsupportedError(this.#at(what), this.structure, this.#consumed)
  }

  #at(what: string): string {
    return `${this.structure}: ${what} at 0x${this.#consumed.toString(16)}`
  }
}

/** One contiguous run of bytes; copies only if there are several parts. */
function joined(kept: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return kept.length === 0 ? last : Buffer.concat([...kept, last])
}
