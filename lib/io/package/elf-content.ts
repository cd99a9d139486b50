/**
 * The content of an ELF file, gathered from a stream: only as much of it as its analysis needs is kept.
 *
 * Memory is bounded by the limit for what is kept, whatever the size of the file. Digests are those of all bytes.
 */
import { createHash, type Hash } from 'node:crypto'
import { LimitError } from '../../errors/check-error.js'
import { neededPart, type NeededPart } from '../../elf/needed-part.js'
import type { FilePart } from '../../elf/elf-head.js'

export interface ElfBytes {
  /** The first part of the file, or all of it. Borrowed from the memory that was given. */
  readonly bytes: Uint8Array
  /** Of the whole file, in bytes. */
  readonly size: number
  /** The section headers, if they are not in `bytes`. */
  readonly sectionHeaders: FilePart | null
}

/** Memory of `length` bytes, which begins with the first `keep` bytes of what was given before. */
export type Memory = (length: number, keep: number) => Uint8Array

export interface ElfContentOptions {
  /** For messages. */
  readonly path: string
  /** Bytes that may be kept. */
  readonly limit: number
  /** Of the file, in bytes, as far as that is known and may be believed. */
  readonly expectedSize: number
  /** Algorithms whose digests may be asked for, as node:crypto names them. */
  readonly algorithms: readonly string[]
  readonly memory: Memory
}

export class ElfContent {
  readonly #options: ElfContentOptions
  #part: NeededPart | null = null
  /** Bytes from the beginning that are kept. */
  #kept = 0
  /** Bytes seen. */
  #size = 0
  readonly #sectionHeaders: Uint8Array[] = []
  /** Of the bytes so far, once some were dropped. */
  #hashes: ReadonlyMap<string, Hash> | null = null

  constructor(options: ElfContentOptions) {
    this.#options = options
  }

  /** Throws `LimitError` for a file of which too much is needed. */
  write(bytes: Uint8Array): void {
    const end = this.#part?.end ?? Infinity
    const kept = bytes.subarray(0, Math.max(0, end - this.#size))
    if (kept.length > 0) this.#keep(kept)
    if (kept.length < bytes.length) this.#pass(bytes.subarray(kept.length))
  }

  finish(): ElfBytes {
    const bytes = this.#bytes()
    const at = this.#part?.sectionHeaders.start ?? 0
    return { bytes, size: this.#size, sectionHeaders: this.#size > this.#kept ? { at, bytes: Buffer.concat(this.#sectionHeaders) } : null }
  }

  /** Lower-case hex of the whole file's digest, after its last byte; each can be asked for once. */
  digest(algorithm: string): string {
    const hash = this.#hashes?.get(algorithm) ?? createHash(algorithm).update(this.#bytes())
    return hash.digest('hex')
  }

  #bytes(): Uint8Array {
    return this.#options.memory(this.#kept, this.#kept)
  }

  #keep(bytes: Uint8Array): void {
    const { limit, expectedSize, memory, path } = this.#options
    const end = this.#kept + bytes.length
    if (end > limit) throw new LimitError(`${path}: ELF file of which more than ${limit} bytes are needed`, 'ELF file', limit)
    // At once where its size is known; before that it grows.
    const wanted = this.#part === null ? end : Math.min(this.#part.end, expectedSize, limit)
    memory(Math.max(end, wanted), this.#kept).set(bytes, this.#kept)
    this.#kept = end
    this.#size = end
    if (this.#part === null) this.#decide()
  }

  /** What came with the bytes that were needed for the decision is kept too. */
  #decide(): void {
    const part = neededPart(this.#bytes())
    if (typeof part === 'number') return
    const { end, sectionHeaders } = part
    const isKept = sectionHeaders.start < this.#kept
    this.#part = {
      end: Math.max(end, this.#kept, isKept ? sectionHeaders.end : 0),
      sectionHeaders: isKept ? { start: Infinity, end: Infinity } : sectionHeaders,
    }
  }

  /** Bytes beyond what is needed, but for the section headers. */
  #pass(bytes: Uint8Array): void {
    this.#hashes ??= new Map(this.#options.algorithms.map(algorithm => [algorithm, createHash(algorithm).update(this.#bytes())]))
    for (const hash of this.#hashes.values()) hash.update(bytes)
    const { start, end } = this.#part?.sectionHeaders ?? { start: Infinity, end: Infinity }
    const headers = bytes.subarray(Math.max(0, start - this.#size), Math.max(0, end - this.#size))
    if (headers.length > 0) this.#sectionHeaders.push(Buffer.from(headers)) // the writer reuses its memory
    this.#size += bytes.length
  }
}
