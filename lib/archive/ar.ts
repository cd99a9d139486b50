/**
 * ar archives: static libraries (.a) and Debian packages. A push parser with one synchronous generator for each chunk.
 *
 * Layout: `!<arch>\n`, then for each member a header of 60 bytes of text and its data, padded to an even offset. Long names are in a
 * member `//` (GNU: `/123` is an offset into it) or before the data (BSD: `#1/20`, counted in the member's size). A thin archive
 * (`!<thin>\n`) has only the headers of its members, whose names are paths to them.
 * Source: ar(5); GNU binutils include/aout/ar.h.
 */
import { trimmedEnd } from '../bytes/trim-end.js'
import { byteStringOf } from '../bytes/names.js'
import { PATH_MAX } from '../bytes/posix.js'
import { MalformedError } from '../errors/check-error.js'

export type ArEvent =
  /** `size` is that of the member, also where a thin archive has no data of it. */
  | { readonly kind: 'entry'; readonly name: string; readonly size: number }
  /** Borrowed, valid until the next push. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }

const MAGIC_SIZE = 8
const THIN_MAGIC = '!<thin>\n'
const HEADER_SIZE = 60
const SIZE_AT = 48,
  SIZE_LENGTH = 10
const END_MARK_AT = 58
/** Maximum bytes of a long-name table. */
const NAMES_LIMIT = 64 * 1024 * 1024

type State = 'header' | 'names' | 'bsd-name' | 'data' | 'padding'

/** Symbol indexes (`/`, `__.SYMDEF`) and the long-name table are skipped: they are not members. */
export class ArParser {
  #state: State = 'header'
  /** The buffered part of a header or of names; only the first `#have` bytes are valid. */
  #held: Buffer = Buffer.alloc(0)
  #have = 0
  #need = MAGIC_SIZE + HEADER_SIZE
  #isFirst = true
  #isThin = false
  #left = 0
  #isOdd = false
  #isMember = false
  #longNames = ''
  #at = 0

  /** Are the members' data elsewhere? Known with the first member. */
  get isThin(): boolean {
    return this.#isThin
  }

  /** Throws `MalformedError` if the archive ends inside a header or member. */
  finish(): void {
    if (this.#state === 'header' ? this.#have > (this.#isFirst ? MAGIC_SIZE : 0) : this.#state !== 'padding')
      this.#fail('archive ends inside a member')
  }

  *push(chunk: Uint8Array): Generator<ArEvent> {
    let rest = chunk
    while (rest.length > 0) {
      if (this.#state === 'data') rest = yield* this.#data(rest)
      else rest = yield* this.#gather(rest)
    }
  }

  *#data(bytes: Uint8Array): Generator<ArEvent, Uint8Array> {
    const taken = bytes.subarray(0, this.#left)
    this.#left -= taken.length
    this.#at += taken.length
    if (this.#isMember && taken.length > 0) yield { kind: 'data', bytes: taken }
    if (this.#left === 0) yield* this.#endMember()
    return bytes.subarray(taken.length)
  }

  *#gather(bytes: Uint8Array): Generator<ArEvent, Uint8Array> {
    const taken = bytes.subarray(0, this.#need - this.#have)
    this.#hold(taken)
    this.#at += taken.length
    if (this.#have === this.#need) {
      const whole = this.#held.subarray(0, this.#have)
      this.#held = Buffer.alloc(0)
      this.#have = 0
      yield* this.#complete(whole)
    }
    return bytes.subarray(taken.length)
  }

  /** Grows by doubling, so that names in small chunks are not copied for every chunk. */
  #hold(bytes: Uint8Array): void {
    const needed = this.#have + bytes.length
    if (needed > this.#held.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#held.length * 2))
      this.#held.copy(grown, 0, 0, this.#have)
      this.#held = grown
    }
    this.#held.set(bytes, this.#have)
    this.#have = needed
  }

  *#complete(whole: Uint8Array): Generator<ArEvent> {
    switch (this.#state) {
      case 'header':
        if (this.#isFirst) this.#isThin = byteStringOf(whole.subarray(0, MAGIC_SIZE)) === THIN_MAGIC
        yield* this.#header(this.#isFirst ? whole.subarray(MAGIC_SIZE) : whole)
        break
      case 'names':
        this.#longNames = byteStringOf(whole)
        this.#left = 0
        yield* this.#endMember()
        break
      case 'bsd-name':
        this.#left -= whole.length
        yield* this.#beginMember(byteStringOf(whole).split('\0', 1)[0] ?? '')
        break
      default:
        this.#expectHeader()
    }
  }

  *#header(header: Uint8Array): Generator<ArEvent> {
    this.#isFirst = false
    const text = byteStringOf(header)
    const digits = /^\d+/.exec(text.slice(SIZE_AT, SIZE_AT + SIZE_LENGTH))
    if (digits === null || header[END_MARK_AT] !== 0x60 || header[END_MARK_AT + 1] !== 0x0a)
      this.#fail('bad member header', this.#at - HEADER_SIZE)
    this.#left = Number(digits[0])
    this.#isOdd = this.#left % 2 === 1
    const name = trimmedEnd(text.slice(0, 16), ' ')
    const bsd = /^#1\/(\d+)$/.exec(name)
    if (name === '//') this.#gatherNext('names', this.#left, NAMES_LIMIT)
    else if (bsd !== null) this.#gatherNext('bsd-name', Math.min(Number(bsd[1]), this.#left), PATH_MAX)
    else yield* this.#beginMember(this.#nameOf(name))
    if (this.#state !== 'header' && this.#need === 0) yield* this.#complete(new Uint8Array(0))
  }

  *#beginMember(name: string): Generator<ArEvent> {
    this.#isMember = name !== '/' && name !== '/SYM64/' && !name.startsWith('__.SYMDEF')
    if (this.#isMember) yield { kind: 'entry', name, size: this.#left }
    if (this.#isMember && this.#isThin) {
      this.#left = 0
      this.#isOdd = false
    }
    this.#state = 'data'
    this.#need = -1
    if (this.#left === 0) yield* this.#endMember()
  }

  *#endMember(): Generator<ArEvent> {
    if (this.#isMember) yield { kind: 'end' }
    this.#isMember = false
    if (this.#isOdd) this.#gatherNext('padding', 1, 1)
    else this.#expectHeader()
  }

  #expectHeader(): void {
    this.#state = 'header'
    this.#need = HEADER_SIZE
  }

  #gatherNext(state: State, length: number, limit: number): void {
    if (length > limit) this.#fail(`member names of ${length} bytes, more than ${limit}`)
    this.#state = state
    this.#need = length
  }

  /** `lib.o/` or `/123`, an offset into the long names, where names end in `/\n`; `/123:456` is a member of an archive inside a thin one. */
  #nameOf(field: string): string {
    const offset = /^\/(\d+)(?::\d+)?$/.exec(field)
    if (offset === null) return field.length > 1 && field.endsWith('/') && field !== '/SYM64/' ? field.slice(0, -1) : field
    const start = Number(offset[1])
    const name = this.#longNames.slice(start, start + PATH_MAX) // a table without line ends must not become the name of every member
    const end = name.indexOf('\n')
    return name.slice(0, end < 0 ? undefined : end).replace(/\/$/, '')
  }

  #fail(what: string, at = this.#at): never {
    throw new MalformedError(`ar: ${what} at 0x${at.toString(16)}`, 'ar', at)
  }
}
