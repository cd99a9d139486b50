/**
 * tar archives: ustar, GNU, pax, and the form before ustar. A push parser with one synchronous generator for each chunk; every block
 * either advances it or ends it with an error, whatever a header states.
 *
 * Layout: for each member a header of 512 bytes and its data, padded to whole blocks; blocks of zeros end the archive. Long names come
 * before the header they belong to, as the data of members of their own (GNU: types K and L; pax: records in types x and g).
 * Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Extended Header"; GNU tar manual, "Basic Tar Format".
 */
import { byteStringOf } from '../bytes/names.js'
import { LimitError, MalformedError } from '../errors/check-error.js'
import { isTarHeader } from './magic.js'
import { paxRecordsOf } from './pax-records.js'

export type TarEvent =
  /** `name` is a byte string; `size` is in bytes. The data of a sparse member are not those of the file: a map and the parts that are not zeros. */
  | { readonly kind: 'entry'; readonly name: string; readonly size: number; readonly isSparse: boolean }
  /** Borrowed, valid until the next push. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }

const BLOCK = 512
const NAME = { at: 0, length: 100 }
const SIZE = { at: 124, length: 12 }
const TYPE_AT = 156
const MAGIC_AT = 257
const USTAR_MAGIC = 'ustar\0' // GNU's ends with a blank, and has other fields instead of the prefix
const PREFIX = { at: 345, length: 155 }
const GNU_IS_EXTENDED_AT = 482 // a block with more of the sparse map follows
const EXTENSION_IS_EXTENDED_AT = 504

/** Bytes of the data of one long name or pax header. */
const HEADER_DATA_LIMIT = 1024 * 1024

const LONG_NAME_TYPES = 'LN'
const LONG_LINK_TYPE = 'K'
const PAX_TYPES = 'xX'
const GLOBAL_TYPE = 'g'
/** Links, devices, directories and pipes: their size is that of something else, or their data follow, depending on who wrote them. */
const TYPES_WITHOUT_DATA = '123456'
const GNU_SPARSE_TYPE = 'S'

interface Pending {
  readonly name: string
  readonly size: number
  readonly isSparse: boolean
}

type State = 'header' | 'header data' | 'sparse map' | 'unless data' | 'data' | 'padding'

export class TarParser {
  #state: State = 'header'
  /** Part of a block or of a header's data; only the first `#have` bytes are valid. */
  #held: Buffer = Buffer.alloc(BLOCK)
  #have = 0
  #need = BLOCK
  /** Bytes of the current member's data, or of its padding, that are still to come. */
  #left = 0
  #padding = 0
  #at = 0
  #type = ''
  #isAfterEnd = false
  #longName: string | null = null
  #local: ReadonlyMap<string, string> = new Map()
  #global: ReadonlyMap<string, string> = new Map()
  #pending: Pending = { name: '', size: 0, isSparse: false }

  /** Throws `MalformedError` if the archive ends inside a header or member. */
  finish(): void {
    if (this.#state === 'header' && (this.#have === 0 || this.#isAfterEnd)) return
    if (this.#state === 'unless data' && this.#have === 0) return
    this.#fail('archive ends inside a member')
  }

  *push(chunk: Uint8Array): Generator<TarEvent> {
    let rest = chunk
    while (rest.length > 0) {
      if (this.#state === 'data') rest = yield* this.#data(rest)
      else if (this.#state === 'padding') rest = this.#pad(rest)
      else rest = yield* this.#gather(rest)
    }
  }

  *#data(bytes: Uint8Array): Generator<TarEvent, Uint8Array> {
    const taken = bytes.subarray(0, this.#left)
    this.#left -= taken.length
    this.#at += taken.length
    yield { kind: 'data', bytes: taken }
    if (this.#left === 0) yield* this.#endMember()
    return bytes.subarray(taken.length)
  }

  #pad(bytes: Uint8Array): Uint8Array {
    const count = Math.min(this.#padding, bytes.length)
    this.#padding -= count
    this.#at += count
    if (this.#padding === 0) this.#expect('header', BLOCK)
    return bytes.subarray(count)
  }

  *#gather(bytes: Uint8Array): Generator<TarEvent, Uint8Array> {
    const taken = bytes.subarray(0, this.#need - this.#have)
    this.#hold(taken)
    this.#at += taken.length
    if (this.#have === this.#need) yield* this.#complete(this.#held.subarray(0, this.#need))
    return bytes.subarray(taken.length)
  }

  /** Grows by doubling: memory is that of the bytes that came, not of those that were announced. */
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

  *#complete(whole: Uint8Array): Generator<TarEvent> {
    this.#have = 0
    switch (this.#state) {
      case 'header data':
        this.#keepHeaderData(whole)
        this.#skipPadding(whole.length)
        return
      case 'sparse map':
        if (whole[EXTENSION_IS_EXTENDED_AT] !== 1) yield* this.#beginMember(this.#pending)
        return
      case 'unless data':
        yield* this.#decideOnData(whole)
        return
      default:
        yield* this.#header(whole)
    }
  }

  *#header(block: Uint8Array): Generator<TarEvent> {
    if (isTarHeader(block)) {
      this.#isAfterEnd = false
      this.#type = String.fromCharCode(block[TYPE_AT] ?? 0)
      const size = this.#sizeOf(block)
      if (this.#isHeaderData()) this.#expectHeaderData(size)
      else yield* this.#member(block, size)
    } else if (block.every(byte => byte === 0)) this.#isAfterEnd = true
    else this.#fail('bad member header', this.#at - BLOCK)
  }

  #isHeaderData(): boolean {
    return (LONG_NAME_TYPES + LONG_LINK_TYPE + PAX_TYPES + GLOBAL_TYPE).includes(this.#type)
  }

  #expectHeaderData(size: number): void {
    if (size > HEADER_DATA_LIMIT)
      throw new LimitError(`tar: a header of ${size} bytes, more than ${HEADER_DATA_LIMIT}`, 'tar', this.#at - BLOCK)
    if (size > 0) this.#expect('header data', size)
  }

  #keepHeaderData(data: Uint8Array): void {
    const start = this.#at - data.length
    if (LONG_NAME_TYPES.includes(this.#type)) this.#longName = untilNul(byteStringOf(data))
    else if (PAX_TYPES.includes(this.#type)) this.#local = paxRecordsOf(data, start)
    else if (this.#type === GLOBAL_TYPE) this.#global = new Map([...this.#global, ...paxRecordsOf(data, start)])
  }

  *#member(block: Uint8Array, ownSize: number): Generator<TarEvent> {
    const pax = (key: string): string | undefined => this.#local.get(key) ?? this.#global.get(key)
    const size = this.#paxSize(pax('size')) ?? ownSize
    const name = pax('GNU.sparse.name') ?? pax('path') ?? this.#longName ?? nameOf(block)
    const isPaxSparse = pax('GNU.sparse.major') !== undefined || pax('GNU.sparse.map') !== undefined || pax('GNU.sparse.size') !== undefined
    this.#local = new Map()
    this.#longName = null
    this.#pending = { name, size, isSparse: isPaxSparse || this.#type === GNU_SPARSE_TYPE }
    if (this.#type === GNU_SPARSE_TYPE && block[GNU_IS_EXTENDED_AT] === 1) this.#expect('sparse map', BLOCK)
    else if (TYPES_WITHOUT_DATA.includes(this.#type) || this.#isOldDirectory(name)) {
      if (size > 0) this.#expect('unless data', BLOCK)
      else yield* this.#beginMember(this.#pending)
    } else yield* this.#beginMember(this.#pending)
  }

  /** Before ustar, a name that ends with a slash was that of a directory. */
  #isOldDirectory(name: string): boolean {
    return (this.#type === '\0' || this.#type === '0') && name.endsWith('/')
  }

  /** A block that begins a member, or the end, shows that this one has no data. */
  *#decideOnData(block: Uint8Array): Generator<TarEvent> {
    const own = Uint8Array.from(block) // the buffer is used again
    this.#expect('header', BLOCK)
    if (isTarHeader(own) || own.every(byte => byte === 0)) {
      yield { kind: 'entry', ...this.#pending, size: 0 }
      yield { kind: 'end' }
      return yield* this.#header(own)
    }
    yield* this.#beginMember(this.#pending)
    this.#at -= BLOCK
    yield* this.push(own)
  }

  *#beginMember(member: Pending): Generator<TarEvent> {
    yield { kind: 'entry', ...member }
    this.#left = member.size
    this.#state = 'data'
    if (this.#left === 0) yield* this.#endMember()
  }

  *#endMember(): Generator<TarEvent> {
    yield { kind: 'end' }
    this.#skipPadding(this.#pending.size)
  }

  #skipPadding(size: number): void {
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK
    if (this.#padding === 0) this.#expect('header', BLOCK)
    else this.#state = 'padding'
  }

  #expect(state: State, bytes: number): void {
    this.#state = state
    this.#need = bytes
    this.#have = 0
  }

  /** Octal digits, or, with the highest bit set, a number of 95 bits, which may be negative. */
  #sizeOf(block: Uint8Array): number {
    const field = block.subarray(SIZE.at, SIZE.at + SIZE.length)
    if (((field[0] ?? 0) & 0x80) === 0) return this.#octal(byteStringOf(field))
    const bytes = [...field.subarray(1)]
    const size = bytes.reduce((value, byte) => value * 256 + byte, 0)
    return field[0] === 0x80 && Number.isSafeInteger(size) ? size : this.#fail('invalid size', this.#at - BLOCK)
  }

  #octal(field: string): number {
    const digits = untilNul(field).trim()
    return /^[0-7]*$/.test(digits) ? parseInt(digits || '0', 8) : this.#fail('invalid size', this.#at - BLOCK)
  }

  #paxSize(text: string | undefined): number | null {
    if (text === undefined) return null
    const size = /^[0-9]+$/.test(text) ? Number(text) : NaN
    return Number.isSafeInteger(size) ? size : this.#fail('invalid size in the pax header', this.#at - BLOCK)
  }

  #fail(what: string, at = this.#at): never {
    throw new MalformedError(`tar: ${what} at 0x${at.toString(16)}`, 'tar', at)
  }
}

function nameOf(block: Uint8Array): string {
  const name = textField(block, NAME)
  const isUstar = byteStringOf(block.subarray(MAGIC_AT, MAGIC_AT + USTAR_MAGIC.length)) === USTAR_MAGIC
  const prefix = isUstar ? textField(block, PREFIX) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

function textField(block: Uint8Array, { at, length }: { readonly at: number; readonly length: number }): string {
  return untilNul(byteStringOf(block.subarray(at, at + length)))
}

function untilNul(text: string): string {
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}
