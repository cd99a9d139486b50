/**
 * A string table: NUL-terminated names, referred to by offset.
 *
 * The stated size of dynstr, DT_STRSZ, is no bound: ld.so never looks at it, and link editors of 1999 stated less than they wrote.
 * Source: System V gABI 4.1, String Table; glibc's elf/dl-lookup.c adds st_name to DT_STRTAB without a check.
 */
import type { Reader } from '../bytes/reader.js'
import { byteStringOf } from '../bytes/names.js'

/** Bytes after the stated end where a name is still found: real tables are short by a few names. */
const BEYOND = 16 * 1024 * 1024
/** Bytes of the stated size that are believed: that of the largest real table is a tenth. */
const MAX_STATED = 128 * 1024 * 1024
const MIN_GROWTH = 64 * 1024
/**
 * Names may overlap, so their total length is bounded too: reading must take linear time, and facts and messages hold what was read. Real tables are read
 * less than four times.
 */
const READINGS = 16
const SMALL_TABLE = 1024 * 1024
const MAX_READ = 256 * 1024 * 1024

/** Decoded once as a whole and sliced for each name: 3 to 5 times faster than decoding each name. Names are byte strings. */
export class StringTable {
  readonly #mapped: Reader
  /** Bytes of `#mapped` that a name may be in. */
  readonly #limit: number
  #bytes: Uint8Array
  #text: string
  #left: number

  /** `mapped` are all bytes where names may lie, of which the table states the first `size`. */
  constructor(mapped: Reader, size = mapped.length) {
    const stated = Math.min(size, mapped.length, MAX_STATED)
    this.#mapped = mapped
    this.#limit = Math.min(mapped.length, stated + BEYOND)
    this.#bytes = mapped.bytes(0, stated)
    this.#text = byteStringOf(this.#bytes)
    this.#left = Math.min(READINGS * Math.max(stated, SMALL_TABLE), MAX_READ)
  }

  /** The table, from its beginning to the end of the last name that was read or included. */
  get text(): string {
    return this.#text
  }

  /** Extends `text` by the names at these offsets, as far as there are any. */
  include(count: number, offsetOf: (index: number) => number): void {
    let last = -1
    for (let index = 0; index < count; index++) {
      const offset = offsetOf(index)
      if (offset > last && offset < this.#limit) last = offset
    }
    if (last >= this.#text.length || (last >= 0 && !this.#text.includes('\0', last))) this.#extend(last)
  }

  /** DT_GNU_HASH's hash of the name at `offset`, computed without making a string. Throws like `at`. */
  gnuHashAt(offset: number): number {
    const end = this.#endOf(offset)
    const bytes = this.#bytes
    let hash = 5381
    for (let at = offset; at < end; at++) hash = (Math.imul(hash, 33) + bytes[at]!) | 0
    return hash >>> 0
  }

  /** The name at `offset`. Throws `MalformedError` for a name that does not end with a NUL in the mapped bytes. */
  at(offset: number): string {
    const end = this.#endOf(offset)
    return this.#text.slice(offset, end)
  }

  #endOf(offset: number): number {
    const end = this.#find(offset)
    this.#left -= end - offset
    if (this.#left < 0) this.#mapped.fail(offset, 'names overlap too often')
    return end
  }

  #find(offset: number): number {
    const end = offset < this.#text.length ? this.#text.indexOf('\0', offset) : -1
    if (end >= 0) return end
    if (!this.#extend(offset)) this.#mapped.fail(Math.min(offset, this.#mapped.length), `no NUL-terminated name at offset ${offset}`)
    return this.#text.indexOf('\0', offset)
  }

  /** To twice the size at least, so that names far apart are not decoded again and again. */
  #extend(offset: number): boolean {
    if (offset >= this.#limit || this.#text.length >= this.#limit) return false
    const end = this.#mapped.bytes(0, this.#limit).indexOf(0, offset)
    if (end < 0) return false
    this.#bytes = this.#mapped.bytes(0, Math.min(this.#limit, Math.max(end + 1, 2 * this.#text.length, MIN_GROWTH)))
    this.#text = byteStringOf(this.#bytes)
    return true
  }
}
