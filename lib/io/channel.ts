/**
 * An unbuffered pipe from a push parser to a pulling reader: the writer waits until the reader is done with its bytes, so nothing is copied
 * and nothing accumulates.
 */
type Waiting = { readonly resolve: (result: IteratorResult<Uint8Array>) => void; readonly reject: (error: unknown) => void }

/** One writer, one reader. */
export class Channel implements AsyncIterableIterator<Uint8Array> {
  #offered: Uint8Array | null = null
  #release: (() => void) | null = null
  #waiting: Waiting | null = null
  #hasEnded = false
  #error: unknown = null
  #isClosed = false

  /** Has the reader stopped? Then written bytes are dropped. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Passes bytes to the reader. Resolves once the reader asks for more or stops: then their memory may be reused. */
  write(bytes: Uint8Array): Promise<void> {
    if (this.#isClosed || bytes.length === 0) return Promise.resolve()
    return new Promise(resolve => {
      this.#release = resolve
      if (this.#waiting === null) this.#offered = bytes
      else this.#takeWaiting().resolve({ done: false, value: bytes })
    })
  }

  end(): void {
    this.#hasEnded = true
    if (this.#waiting !== null) this.#takeWaiting().resolve({ done: true, value: undefined })
  }

  /** Makes the reader's next call reject. */
  fail(error: unknown): void {
    this.#error = error ?? new Error('the writer failed')
    if (this.#waiting !== null) this.#takeWaiting().reject(this.#error)
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    this.#releaseWriter()
    if (this.#error !== null) return Promise.reject(this.#error)
    if (this.#offered !== null) {
      const value = this.#offered
      this.#offered = null
      return Promise.resolve({ done: false, value })
    }
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }))
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    this.#isClosed = true
    this.#offered = null
    this.#releaseWriter()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Resumes the writer, unless its bytes have not been taken yet. */
  #releaseWriter(): void {
    if (this.#offered !== null) return
    const release = this.#release
    this.#release = null
    release?.()
  }

  #takeWaiting(): Waiting {
    const waiting = this.#waiting
    if (waiting === null) throw new Error('no reader waits on this channel')
    this.#waiting = null
    return waiting
  }
}
