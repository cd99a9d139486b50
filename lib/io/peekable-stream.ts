/**
 * A stream whose beginning can be inspected before it is read.
 */

/** `prefix` inspects the beginning, `from` then reads everything once. The source is closed when the iteration ends or `close` is called. */
export class PeekableStream {
  readonly #source: AsyncIterator<Uint8Array>
  #buffered: Buffer = Buffer.alloc(0)
  #length = 0
  #hasEnded = false

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** The first `length` bytes, or all if there are fewer. Valid until the next call. */
  async prefix(length: number): Promise<Uint8Array> {
    while (this.#length < length && !this.#hasEnded) {
      const next = await this.#source.next()
      if (next.done === true) this.#hasEnded = true
      else this.#append(next.value)
    }
    return this.#buffered.subarray(0, Math.min(length, this.#length))
  }

  /** All bytes from `offset` on, including the inspected ones. */
  async *from(offset: number): AsyncGenerator<Uint8Array> {
    try {
      await this.prefix(offset)
      const buffered = this.#buffered.subarray(Math.min(offset, this.#length), this.#length)
      this.#buffered = Buffer.alloc(0)
      if (buffered.length > 0) yield buffered
      while (!this.#hasEnded) {
        const next = await this.#source.next()
        if (next.done === true) this.#hasEnded = true
        else if (next.value.length > 0) yield next.value
      }
    } finally {
      await this.close()
    }
  }

  async close(): Promise<void> {
    this.#hasEnded = true
    await this.#source.return?.()
  }

  /** Chunks are copied: their owner may reuse the memory. */
  #append(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length
    if (needed > this.#buffered.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffered.length * 2))
      this.#buffered.copy(grown, 0, 0, this.#length)
      this.#buffered = grown
    }
    this.#buffered.set(chunk, this.#length)
    this.#length = needed
  }
}
