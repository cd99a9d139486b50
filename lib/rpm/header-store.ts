/**
 * The values of a header, decoded on demand: a package of 100,000 files costs only what is read of it.
 *
 * Strings are byte strings (see bytes/names): only some packages declare UTF-8.
 */
import { byteStringOf } from '../bytes/names.js'
import type { Reader } from '../bytes/reader.js'
import type { HeaderIndex, LocatedEntry } from './header-index.js'
import type { RpmNote } from './note.js'
import { TYPE_NUMBER, isTypeOf, type IntegerType, type StringType, type Tag } from './tag.js'

export class HeaderStore {
  /** Does it have the region that every rpm since 4.0 writes? */
  readonly hasRegion: boolean
  readonly notes: readonly RpmNote[]
  readonly #data: Reader
  readonly #all: readonly LocatedEntry[]
  readonly #entries = new Map<number, LocatedEntry>()
  readonly #duplicates: LocatedEntry[] = []

  /** Of a duplicate tag the last counts, as for rpm with dribbles. */
  constructor(index: HeaderIndex) {
    this.hasRegion = index.region !== null
    this.#data = index.data
    this.#all = index.entries
    for (const entry of index.entries) {
      if (this.#entries.has(entry.tag) && !entry.isDribble) this.#duplicates.push(entry)
      this.#entries.set(entry.tag, entry)
    }
    this.notes = index.notes
  }

  has(tag: Tag): boolean {
    return this.#entries.has(tag.number)
  }

  /** Elements of the tag's value (bytes for BIN), 0 when it is absent. */
  count(tag: Tag): number {
    return this.#find(tag)?.count ?? 0
  }

  /** The value of a string, or the first of several; for a translated one that of locale "C". `null` if absent, as in all getters. */
  string(tag: Tag<StringType>): string | null {
    return this.strings(tag)?.[0] ?? null
  }

  strings(tag: Tag<StringType>): readonly string[] | null {
    const entry = this.#find(tag)
    return entry === null ? null : byteStringOf(this.#data.bytes(entry.offset, entry.length - 1)).split('\0')
  }

  /** The value of an integer, or the first of several. */
  integer(tag: Tag<IntegerType>): number | null {
    const entry = this.#find(tag)
    return entry === null ? null : this.#integerAt(entry.type, entry.offset)
  }

  /** Unsigned. Throws MalformedError for a 64-bit value of more than 53 bits. */
  integers(tag: Tag<IntegerType>): ArrayLike<number> | null {
    const entry = this.#find(tag)
    if (entry === null) return null
    const values = new Float64Array(entry.count)
    const size = entry.length / entry.count
    for (let index = 0; index < entry.count; index++) values[index] = this.#integerAt(entry.type, entry.offset + index * size)
    return values
  }

  /** Borrowed. */
  bytes(tag: Tag<'BIN'>): Uint8Array | null {
    const entry = this.#find(tag)
    return entry === null ? null : this.#data.bytes(entry.offset, entry.length)
  }

  /** All entries in file order, duplicates included: a check of rpm's concerns each. */
  entries(): readonly LocatedEntry[] {
    return this.#all
  }

  /** Throws MalformedError if an entry of this tag has another type. */
  expectType(tag: Tag, { type, offset }: LocatedEntry): void {
    if (!isTypeOf(tag, type)) this.#data.fail(offset, `${tag.name}: type ${type}, expected ${TYPE_NUMBER[tag.type]}`)
  }

  /** Further entries of an earlier tag, without dribbles. */
  duplicates(): readonly LocatedEntry[] {
    return this.#duplicates
  }

  /** Throws MalformedError at the tag's data. */
  fail(tag: Tag, what: string): never {
    return this.#data.fail(this.#entries.get(tag.number)?.offset ?? 0, `${tag.name}: ${what}`)
  }

  #find(tag: Tag): LocatedEntry | null {
    const entry = this.#entries.get(tag.number)
    if (entry === undefined) return null
    this.expectType(tag, entry)
    return entry
  }

  #integerAt(type: number, at: number): number {
    if (type === TYPE_NUMBER.INT16) return this.#data.u16(at)
    return type === TYPE_NUMBER.INT32 ? this.#data.u32(at) : this.#data.u64(at)
  }
}
