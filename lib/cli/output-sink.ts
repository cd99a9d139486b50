/** Incremental output that may be larger than memory, to standard output or a file. */
import { resolve } from 'node:path'
import { UsageError } from '../errors/check-error.js'
import { reasonOf } from '../io/os-error.js'
import { Replacement } from '../io/replace-file.js'
import type { OutputStream, Surroundings } from './surroundings.js'

/** Bytes to buffer before a write. */
const FLUSH_SIZE = 0x10000
/** Larger pieces are written without copying them into a buffer. */
const LARGE = 0x2000
const RESUMING_EVENTS = ['drain', 'close', 'error']

export class OutputSink {
  readonly #file: string | null
  readonly #stdout: OutputStream
  readonly #replacement: Replacement | null
  #pending: Uint8Array[] = []
  #size = 0
  #isLost = false

  /** `null` for standard output. Throws `UsageError` if the file cannot be written. */
  constructor(file: string | null, { stdout, cwd }: Surroundings) {
    this.#file = file
    this.#stdout = stdout
    this.#replacement = file === null ? null : attemptWrite(file, () => new Replacement(resolve(cwd, file)))
    if (file === null) stdout.once('error', () => (this.#isLost = true))
  }

  /** The pipe is closed, or the disk is full: further output is discarded. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** UTF-8, in pieces, which must not be modified afterwards. Flushed at once on a terminal. */
  async write(pieces: readonly Uint8Array[]): Promise<void> {
    for (const piece of pieces) {
      const isLarge = piece.length >= LARGE
      if (isLarge) await this.#flush()
      this.#pending.push(piece)
      this.#size += piece.length
      if (isLarge || this.#size >= FLUSH_SIZE) await this.#flush()
    }
    if (this.#replacement === null && this.#stdout.isTTY === true) await this.#flush()
  }

  /** Writes the rest. */
  async close(): Promise<void> {
    await this.#flush()
    attemptWrite(this.#file, () => this.#replacement?.commit())
  }

  /** Drops what was written to a file: the old one stays. */
  discard(): void {
    this.#replacement?.discard()
  }

  async #flush(): Promise<void> {
    const [first, ...others] = this.#pending
    if (first === undefined || this.#isLost) return
    const text = others.length === 0 ? first : Buffer.concat(this.#pending)
    this.#pending = []
    this.#size = 0
    const replacement = this.#replacement
    if (replacement === null) await writeTo(this.#stdout, text)
    else attemptWrite(this.#file, () => replacement.write(text))
  }
}

/** Waits for a slow reader of a pipe, but not for a closed one. */
async function writeTo(stdout: OutputStream, text: Uint8Array): Promise<void> {
  if (stdout.destroyed === true || stdout.write(text)) return
  await new Promise<void>(fulfil => {
    const resume = (): void => {
      for (const event of RESUMING_EVENTS) stdout.off(event, resume)
      fulfil()
    }
    for (const event of RESUMING_EVENTS) stdout.on(event, resume)
  })
}

function attemptWrite<Value>(file: string | null, step: () => Value): Value {
  try {
    return step()
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`)
  }
}
