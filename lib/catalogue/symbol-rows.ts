/**
 * Rows of a data file by the symbol's name, with which each begins.
 *
 * A program that checks a small package looks up a hundred names among 14,000, so building a table of all of them would cost more than everything
 * else: rows are sorted into buckets by the first two characters, and a bucket is opened when it is asked for. That also saves hashing most symbols of a
 * C++ library, which begin like none of them.
 */

export interface SymbolRow {
  /** Index of the list that has the row. */
  readonly list: number
  readonly row: string
}

export class SymbolRows {
  readonly #lists: readonly (readonly string[])[]
  /** By prefix: the number of the bucket's last row, from 1; 0 for none. */
  readonly #lasts = new Int32Array(PREFIXES)
  /** By number of a row: the previous row of its bucket. */
  readonly #previous: Int32Array
  /** Opened buckets by prefix. */
  readonly #opened = new Map<number, ReadonlyMap<string, SymbolRow>>()

  /** A name must be followed by a space. If several rows have it, the first counts. */
  constructor(lists: readonly (readonly string[])[]) {
    this.#lists = lists
    this.#previous = new Int32Array(lists.reduce((sum, rows) => sum + rows.length, 1))
    let number = 0
    for (const rows of lists) {
      for (const row of rows) {
        const prefix = prefixOf(row)
        this.#previous[++number] = this.#lasts[prefix]!
        this.#lasts[prefix] = number
      }
    }
  }

  /** The row that begins with the name; `null` if there is none. */
  find(name: string): SymbolRow | null {
    const prefix = prefixOf(name)
    if (this.#lasts[prefix] === 0) return null
    return (this.#opened.get(prefix) ?? this.#open(prefix)).get(name) ?? null
  }

  #open(prefix: number): ReadonlyMap<string, SymbolRow> {
    const bucket = new Map<string, SymbolRow>()
    for (let number = this.#lasts[prefix] ?? 0; number > 0; number = this.#previous[number] ?? 0) {
      const entry = this.#rowOf(number)
      bucket.set(entry.row.slice(0, entry.row.indexOf(' ')), entry)
    }
    this.#opened.set(prefix, bucket)
    return bucket
  }

  #rowOf(number: number): SymbolRow {
    let list = 0
    let index = number - 1
    for (let length = this.#lists[0]!.length; index >= length; length = this.#lists[++list]!.length) index -= length
    return { list, row: this.#lists[list]![index]! }
  }
}

const PREFIXES = 1 << 14
/** What follows a name in its row. */
const SPACE = 0x20

/** Of two ASCII characters; names that share a prefix by chance share a bucket. */
function prefixOf(name: string): number {
  return ((name.charCodeAt(0) & 0x7f) << 7) | ((name.charCodeAt(1) || SPACE) & 0x7f)
}
