/** Output that comes piece by piece and may be larger than memory: to standard output, or to a file. */
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../errors/check-error.js'
import { reasonOf } from '../io/os-error.js'
import type { OutputStream, Surroundings } from './surroundings.js'

/** Bytes that are gathered before they are written. */
const ENOUGH = 0x10000
/** What is larger by itself is written as it is: a copy of all output takes long. */
const LARGE = 0x2000
const ENDS_OF_WAITING = ['drain', 'close', 'error']

export class OutputSink {
  readonly #file: string | null
  readonly #stdout: OutputStream
  readonly #handle: number | null
  #gathered: Uint8Array[] = []
  #size = 0
  #isLost = false

  /** `null` for standard output. Throws `UsageError` where the file cannot be written. */
  constructor(file: string | null, { stdout, cwd }: Surroundings) {
    this.#file = file
    this.#stdout = stdout
    this.#handle = file === null ? null : written(file, () => openSync(resolve(cwd, file), 'w'))
    if (file === null) stdout.once('error', () => (this.#isLost = true))
  }

  /** Nobody reads any more, or there is no room: what is written from now on is lost. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** UTF-8, in pieces, which must not change any more. A terminal shows them at once. */
  async write(pieces: readonly Uint8Array[]): Promise<void> {
    for (const piece of pieces) {
      const isLarge = piece.length >= LARGE
      if (isLarge) await this.#flush()
      this.#gathered.push(piece)
      this.#size += piece.length
      if (isLarge || this.#size >= ENOUGH) await this.#flush()
    }
    if (this.#handle === null && this.#stdout.isTTY === true) await this.#flush()
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    await this.#flush()
    if (this.#handle !== null) closeSync(this.#handle)
  }

  async #flush(): Promise<void> {
    const [first, ...others] = this.#gathered
    if (first === undefined || this.#isLost) return
    const text = others.length === 0 ? first : Buffer.concat(this.#gathered)
    this.#gathered = []
    this.#size = 0
    const handle = this.#handle
    if (handle === null) await writeTo(this.#stdout, text)
    else written(this.#file, () => writeFileSync(handle, text))
  }
}

/** Waits where a pipe's reader is slower than we are; a reader who went away is not waited for. */
async function writeTo(stdout: OutputStream, text: Uint8Array): Promise<void> {
  if (stdout.destroyed === true || stdout.write(text)) return
  await new Promise<void>(fulfil => {
    const goOn = (): void => {
      for (const event of ENDS_OF_WAITING) stdout.off(event, goOn)
      fulfil()
    }
    for (const event of ENDS_OF_WAITING) stdout.on(event, goOn)
  })
}

function written<Value>(file: string | null, step: () => Value): Value {
  try {
    return step()
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`)
  }
}
