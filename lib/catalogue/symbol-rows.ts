/**
 * Rows of a data file by the symbol's name, with which each begins.
 *
 * A program that checks a small package looks up a hundred names among 14,000, so building a table of all of them would cost more than everything
 * else: rows are sorted into buckets by the first two characters, and a bucket is opened when it is asked for. That also saves hashing most symbols of a
 * C++ library.
 */
export class SymbolRows {
  readonly #rows: readonly string[]
  /** By prefix: the number of the bucket's first row, from 1; 0 for none. */
  readonly #firsts = new Int32Array(PREFIXES)
  /** By number of a row: the bucket's next row. */
  readonly #nexts: Int32Array
  /** Opened buckets by prefix: the row of each name. */
  readonly #opened = new Map<number, ReadonlyMap<string, string>>()

  /** A name must be followed by a space, and occur once. */
  constructor(rows: readonly string[]) {
    this.#rows = rows
    this.#nexts = new Int32Array(rows.length + 1)
    for (let row = rows.length; row > 0; row--) {
      const prefix = prefixOf(rows[row - 1] ?? '')
      this.#nexts[row] = this.#firsts[prefix] ?? 0
      this.#firsts[prefix] = row
    }
  }

  /** The row that begins with the name; `null` if there is none. */
  find(name: string): string | null {
    const prefix = prefixOf(name)
    if (this.#firsts[prefix] === 0) return null
    return (this.#opened.get(prefix) ?? this.#open(prefix)).get(name) ?? null
  }

  #open(prefix: number): ReadonlyMap<string, string> {
    const bucket = new Map<string, string>()
    for (let row = this.#firsts[prefix] ?? 0; row > 0; row = this.#nexts[row] ?? 0) {
      const text = this.#rows[row - 1] ?? ''
      bucket.set(text.slice(0, text.indexOf(' ')), text)
    }
    this.#opened.set(prefix, bucket)
    return bucket
  }
}

const PREFIXES = 1 << 14
/** What follows a name in its row. */
const SPACE = 0x20

/** Of two ASCII characters; names that share a prefix by chance share a bucket. */
function prefixOf(name: string): number {
  return ((name.charCodeAt(0) & 0x7f) << 7) | ((name.charCodeAt(1) || SPACE) & 0x7f)
}
