/**
 * A push parser for the cpio archive in a package.
 *
 * It consumes the unpacked stream chunk by chunk and yields events, so that its driver awaits once for each chunk and never for a field. Data is passed on
 * as parts of the chunk; only member headers and names, which may span chunks, are collected.
 * Source: cpio(5), "New ASCII Format"; rpm manual, "RPM v4 format", Payload. Stricter than both, so that no two readers of an accepted package differ.
 */
import { PATH_MAX, S_IFLNK, S_IFMT } from '../bytes/posix.js'
import { LimitError } from '../errors/check-error.js'
import type { CpioEntry } from './entry.js'
import { malformed, type MemberForm, type MemberHeader } from './member-header.js'
import { MemberHeaderCollector } from './member-header-collector.js'

export type CpioEvent =
  | { readonly kind: 'entry'; readonly entry: CpioEntry }
  /** Borrowed: valid until the next push. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  /** The last entry is complete. Follows every entry, also one without data. */
  | { readonly kind: 'end' }
  /** `offset` of the first byte after the trailer and its padding, in the unpacked stream. */
  | { readonly kind: 'trailer'; readonly offset: number }

export interface CpioOptions {
  /** Bytes of data of a stripped member, which only the package's file list states. Throws for an index that is not in it. */
  sizeOfStripped(index: number): number
  /** Maximum number of members. */
  readonly members: number
}

const TRAILER_NAME = 'TRAILER!!!'
const STRIPPED_TRAILER = 0xffffffff
const ALIGNMENT = 4

export class CpioParser {
  readonly #options: CpioOptions
  readonly #header = new MemberHeaderCollector()
  /** Bytes of the stream consumed before the current step. */
  #offset = 0
  /** Bytes still to come before the next header: padding, then data. */
  #padding = 0
  #dataLeft = 0
  #form: MemberForm | null = null
  #memberCount = 0
  #isOver = false
  #afterTrailer = 0

  constructor(options: CpioOptions) {
    this.#options = options
  }

  /** Bytes after the trailer, counted from the first that is not zero: rpm never reads them. */
  get afterTrailer(): number {
    return this.#afterTrailer
  }

  /** The events of one chunk, which may be empty. Must be iterated to its end. Throws `MalformedError` and `LimitError`. */
  *push(chunk: Uint8Array): Generator<CpioEvent> {
    for (let at = 0; at < chunk.length;) {
      const eaten = yield* this.#step(chunk.subarray(at))
      this.#offset += eaten
      at += eaten
    }
  }

  /** Call at the end of the stream. Throws `MalformedError` without a trailer: members may be missing then. */
  finish(): void {
    if (!this.#isOver) malformed('the archive ends without a trailer', this.#offset)
  }

  /** Consumes at least one byte of `bytes`, which is not empty, and returns how many. */
  *#step(bytes: Uint8Array): Generator<CpioEvent, number> {
    if (this.#padding > 0) return this.#passPadding(bytes.length)
    if (this.#isOver) return this.#countAfterTrailer(bytes)
    if (this.#dataLeft > 0) return yield* this.#handOn(bytes.subarray(0, this.#dataLeft))
    const collected = this.#header.collect(bytes, this.#offset)
    const member = this.#header.take()
    if (member !== null) yield* this.#begin(member, this.#offset + collected)
    return collected
  }

  #passPadding(available: number): number {
    const passed = Math.min(this.#padding, available)
    this.#padding -= passed
    return passed
  }

  #countAfterTrailer(bytes: Uint8Array): number {
    const isPadding = this.#afterTrailer === 0
    this.#afterTrailer += isPadding ? bytes.length - leadingZeros(bytes) : bytes.length
    return bytes.length
  }

  *#handOn(bytes: Uint8Array): Generator<CpioEvent, number> {
    this.#dataLeft -= bytes.length
    if (this.#dataLeft === 0) this.#padding = paddingAt(this.#offset + bytes.length)
    yield { kind: 'data', bytes }
    if (this.#dataLeft === 0) yield { kind: 'end' }
    return bytes.length
  }

  /** `end`: where the member's header ends. */
  *#begin(member: MemberHeader, end: number): Generator<CpioEvent> {
    this.#padding = paddingAt(end)
    if (isTrailer(member)) {
      this.#isOver = true
      yield { kind: 'trailer', offset: end + this.#padding }
      return
    }
    this.#count(member)
    const entry = this.#entryOf(member)
    this.#dataLeft = entry.size
    yield { kind: 'entry', entry }
    if (entry.size === 0) yield { kind: 'end' }
  }

  /** Rejects mixed forms: a reader that supports only one of them would see other members. */
  #count(member: MemberHeader): void {
    this.#form ??= member.form
    if (this.#form !== member.form) malformed(`${member.form} member in an archive of ${this.#form} members`, member.offset)
    if (++this.#memberCount <= this.#options.members) return
    throw new LimitError(`cpio: more than ${this.#options.members} members`, 'cpio', member.offset)
  }

  #entryOf(member: MemberHeader): CpioEntry {
    if (member.form === 'stripped') return { ...member, size: this.#options.sizeOfStripped(member.index) }
    const { form, name, offset } = member
    const { inode, mode, linkCount, fileSize: size } = member.fields
    if ((mode & S_IFMT) === S_IFLNK && size > PATH_MAX)
      malformed(`symbolic link with a target of ${size} bytes, more than ${PATH_MAX}`, offset)
    return { form, name, inode, mode, linkCount, size, offset }
  }
}

/** rpm recognises the trailer by its name alone; a stripped archive may end with an index of all ones instead. */
function isTrailer(member: MemberHeader): boolean {
  return member.form === 'named' ? member.name === TRAILER_NAME : member.index === STRIPPED_TRAILER
}

/** Bytes from `offset` to the next multiple of 4, counted from the start of the archive. */
function paddingAt(offset: number): number {
  return (ALIGNMENT - (offset % ALIGNMENT)) % ALIGNMENT
}

function leadingZeros(bytes: Uint8Array): number {
  let count = 0
  while (count < bytes.length && bytes[count] === 0) count++
  return count
}
