/** Output that comes piece by piece and may be larger than memory: to standard output, or to a file. */
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { UsageError } from '../errors/check-error.js'
import { reasonOf } from '../io/byte-sources.js'

const ENDS_OF_WAITING = ['drain', 'close', 'error']

export class Outlet {
  readonly #file: string | null
  readonly #handle: number | null

  /** `null` for standard output. Throws `UsageError` where the file cannot be written. */
  constructor(file: string | null) {
    this.#file = file
    this.#handle = file === null ? null : written(file, () => openSync(file, 'w'))
  }

  /** Waits where a pipe's reader is slower than we are; a reader who went away is not waited for. */
  async write(text: string): Promise<void> {
    const handle = this.#handle
    if (handle !== null) return written(this.#file, () => writeFileSync(handle, text))
    const { stdout } = process
    // The same bytes for ASCII, and several times faster.
    const encoding = /[^\x00-\x7f]/.test(text) ? 'utf8' : 'latin1'
    if (stdout.destroyed || stdout.write(text, encoding)) return
    await new Promise<void>(resolve => {
      const goOn = (): void => {
        for (const event of ENDS_OF_WAITING) stdout.off(event, goOn)
        resolve()
      }
      for (const event of ENDS_OF_WAITING) stdout.on(event, goOn)
    })
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle)
  }
}

function written<Value>(file: string | null, step: () => Value): Value {
  try {
    return step()
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`)
  }
}
