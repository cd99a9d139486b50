/**
 * The compressed bytes, seen by a decoder: what is there, and how much of it has been used.
 *
 * A decoder looks with `peek` and says with `skip` what it has used, so `consumed` is exact, and what a decoder does not use
 * is still there for the next member, frame, or the count of trailing bytes.
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

  /** Bytes used so far, from the start of the source. */
  get consumed(): number {
    return this.#consumed
  }

  /**
   * The bytes that come next, without using them: `least` of them or more, or all there are when the source ends before.
   * Borrowed until the next call. A failure of the source comes through as it is.
   */
  async peek(least = 1): Promise<Uint8Array> {
    if (this.#unread.length < least && !this.#hasEnded) this.#unread = await this.#gather(least)
    return this.#unread
  }

  /** Everything is copied but the last chunk: the source may use a chunk's buffer again when it is asked for the next. */
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

  /** The first `count` of the bytes last seen have been used. */
  skip(count: number): void {
    this.#unread = this.#unread.subarray(count)
    this.#consumed += count
  }

  /** Exactly `count` bytes, used at once. `count` is a format's constant, not a number out of the input. */
  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count)
    if (bytes.length < count) this.truncated(count, bytes.length)
    this.skip(count)
    return bytes.subarray(0, count)
  }

  /** Reads to the end of the source and says how many bytes there were. */
  async drain(): Promise<number> {
    const start = this.#consumed
    for (let bytes = await this.peek(); bytes.length > 0; bytes = await this.peek()) this.skip(bytes.length)
    return this.#consumed - start
  }

  /** Lets the source go; harmless at its end. */
  async close(): Promise<void> {
    await this.#source.return?.()
  }

  fail(what: string, cause?: unknown): never {
    throw new MalformedError(this.#at(what), this.structure, this.#consumed, { cause })
  }

  truncated(need: number, have: number): never {
    this.fail(`need ${need} bytes, have ${have}`)
  }

  exceed(what: string): never {
    throw new LimitError(this.#at(what), this.structure, this.#consumed)
  }

  refuse(what: string): never {
    throw new UnsupportedError(this.#at(what), this.structure, this.#consumed)
  }

  #at(what: string): string {
    return `${this.structure}: ${what} at 0x${this.#consumed.toString(16)}`
  }
}

/** One run of bytes; copies only where there are several. */
function joined(kept: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return kept.length === 0 ? last : Buffer.concat([...kept, last])
}
