/**
 * A small text file of a package that decides on what a loader finds: ld.so.conf and what it includes by the habit of all distributions, ld.so.preload, and
 * the search path of musl.
 */
import { LimitError } from '../../errors/check-error.js'

/** Real ones have a line or two. */
const LONGEST = 64 * 1024

export function isLoaderConfiguration(path: string): boolean {
  return /^\/etc\/(ld\.so\.(conf|preload)|ld\.so\.conf\.d\/[^/]+|ld-musl-[^/]+\.path)$/.test(path)
}

export interface KeptContent {
  readonly path: string
  /** Byte string. */
  readonly content: string
}

/** Takes the file's bytes as a `Member` does, and hands them on at its end. */
export class KeptFile {
  readonly #path: string
  readonly #keep: (file: KeptContent) => void
  #content = ''
  /** All of it is wanted. */
  readonly isPassing = false

  constructor(path: string, keep: (file: KeptContent) => void) {
    this.#path = path
    this.#keep = keep
  }

  write(bytes: Uint8Array): undefined {
    if (this.#content.length + bytes.length > LONGEST)
      throw new LimitError(`${this.#path}: more than ${LONGEST} bytes of ld.so.conf`, 'ld.so.conf', LONGEST)
    this.#content += Buffer.from(bytes).toString('latin1')
  }

  end(): Promise<void> {
    this.#keep({ path: this.#path, content: this.#content })
    return Promise.resolve()
  }

  abandon(): Promise<void> {
    return Promise.resolve()
  }
}
