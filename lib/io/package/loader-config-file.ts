/**
 * A small text file of a package that affects what a loader finds: ld.so.conf and the files that it includes by convention, ld.so.preload, and
 * the search path of musl.
 *
 * ld.so.conf may include any other file, also through a link of another package. Which one is known only when all packages have been read, so every
 * file that could be one is kept: a short list of directories.
 */
import { LimitError } from '../../errors/check-error.js'

/** Bytes; real ones have a line or two. */
const MAX_BYTES = 64 * 1024

export function isLoaderConfigFile(path: string): boolean {
  return /^\/etc\/(ld\.so\.(conf|preload)|ld\.so\.conf\.d\/[^/]+|ld-musl-[^/]+\.path)$/.test(path)
}

/** Bytes of a file that is kept because of its content. */
export const MAX_LISTING_BYTES = 4096

/** Could a file with this beginning be a list of directories? Decided by one character in most cases. */
export function mayListDirectories(head: Uint8Array): boolean {
  const [first, second] = head
  if (first === 0x23 /* # */) return second !== 0x21 // not a script
  return first !== undefined && '/ih \t\n'.includes(String.fromCharCode(first)) && !head.includes(0)
}

/** Is every line a directory, an `include`, or a comment? `text` is a byte string. */
export function listsDirectories(text: string): boolean {
  const lines = text.split('\n').map(line => (line.split('#', 1)[0] ?? '').trim())
  const stated = lines.filter(line => line !== '')
  return stated.length > 0 && stated.every(line => /^(?:\/\S*|include[ \t].*|hwcap[ \t].*)$/.test(line))
}

export interface LoaderConfigContent {
  readonly path: string
  /** Byte string. */
  readonly content: string
}

/** Takes the same bytes: a `Member`. */
interface ByteReader {
  write(bytes: Uint8Array): Promise<void> | undefined
  end(): Promise<void>
  abandon(error: unknown): Promise<void>
}

/**
 * Collects the file's bytes with the methods of a `Member`, and passes them on at its end. The path of a configuration file does not
 * prevent a file from being a library, so a member reads it as well.
 */
export class LoaderConfigFile {
  readonly #path: string
  readonly #collect: (file: LoaderConfigContent) => void
  readonly #member: ByteReader
  #content = ''
  /** All bytes are needed. */
  readonly isSkipping = false

  constructor(path: string, collect: (file: LoaderConfigContent) => void, member: ByteReader) {
    this.#path = path
    this.#member = member
    this.#collect = collect
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.#content.length + bytes.length > MAX_BYTES)
      throw new LimitError(`${this.#path}: more than ${MAX_BYTES} bytes of loader configuration`, 'ld.so.conf', MAX_BYTES)
    this.#content += Buffer.from(bytes).toString('latin1')
    return this.#member.write(bytes)
  }

  end(): Promise<void> {
    this.#collect({ path: this.#path, content: this.#content })
    return this.#member.end()
  }

  abandon(error: unknown): Promise<void> {
    return this.#member.abandon(error)
  }
}
