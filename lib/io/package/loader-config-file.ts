/**
 * A small text file of a package that affects what a loader finds: ld.so.conf and the files that it includes by convention, ld.so.preload, and
 * the search path of musl.
 */
import { LimitError } from '../../errors/check-error.js'

/** Bytes; real ones have a line or two. */
const MAX_BYTES = 64 * 1024

export function isLoaderConfigFile(path: string): boolean {
  return /^\/etc\/(ld\.so\.(conf|preload)|ld\.so\.conf\.d\/[^/]+|ld-musl-[^/]+\.path)$/.test(path)
}

export interface LoaderConfigContent {
  readonly path: string
  /** Byte string. */
  readonly content: string
}

/** Collects the file's bytes with the methods of a `Member`, and passes them on at its end. */
export class LoaderConfigFile {
  readonly #path: string
  readonly #collect: (file: LoaderConfigContent) => void
  #content = ''
  /** All bytes are needed. */
  readonly isSkipping = false

  constructor(path: string, collect: (file: LoaderConfigContent) => void) {
    this.#path = path
    this.#collect = collect
  }

  write(bytes: Uint8Array): undefined {
    if (this.#content.length + bytes.length > MAX_BYTES)
      throw new LimitError(`${this.#path}: more than ${MAX_BYTES} bytes of loader configuration`, 'ld.so.conf', MAX_BYTES)
    this.#content += Buffer.from(bytes).toString('latin1')
  }

  end(): Promise<void> {
    this.#collect({ path: this.#path, content: this.#content })
    return Promise.resolve()
  }

  abandon(): Promise<void> {
    return Promise.resolve()
  }
}
