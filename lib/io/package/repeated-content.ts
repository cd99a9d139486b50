/** The data of a hardlink set that came with another member before: only that it is the same data has to be verified. */
import { createHash, type Hash } from 'node:crypto'
import type { FileDigest } from '../../facts/payload/payload-check.js'
import { expectDigest } from './file-digest.js'

/** Has the methods of a `Member`. */
export class RepeatedContent {
  readonly #path: string
  readonly #digest: FileDigest
  readonly #hash: Hash
  /** All bytes are needed. */
  readonly isSkipping = false

  constructor(path: string, digest: FileDigest) {
    this.#path = path
    this.#digest = digest
    this.#hash = createHash(digest.algorithm)
  }

  write(bytes: Uint8Array): undefined {
    this.#hash.update(bytes)
  }

  /** Rejects with `MalformedError` for other data. */
  async end(): Promise<void> {
    expectDigest(this.#hash.digest('hex'), this.#digest, this.#path)
  }

  abandon(): Promise<void> {
    return Promise.resolve()
  }
}
