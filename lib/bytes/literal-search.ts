/**
 * Finds every occurrence of several literals in one pass that skips most of the bytes.
 *
 * Wu and Manber's method with blocks of two bytes: the last block of the window determines how far it can be shifted. With literals of seven bytes
 * the search examines about every sixth byte; a search for each literal would read all bytes once per literal.
 * Source: S. Wu, U. Manber, "A Fast Algorithm for Multi-Pattern Searching", TR-94-17, University of Arizona.
 */
export interface Hit {
  readonly at: number
  /** Index of the literal in the constructor's list. */
  readonly literal: number
}

export class LiteralSearch {
  readonly #literals: readonly Uint8Array[]
  /** Bytes of the window: the length of the shortest literal. */
  readonly #window: number
  /** By block: how far the window may move. */
  readonly #shifts: Uint8Array
  /** By block: 1 where a literal begins with it. */
  readonly #beginnings = new Uint8Array(0x10000)
  /** By the last block of a window: the literals that begin with that window. */
  readonly #endingWith = new Map<number, number[]>()

  /** Literals are byte strings of 2 to 255 bytes. */
  constructor(literals: readonly string[]) {
    this.#literals = literals.map(literal => Buffer.from(literal, 'latin1'))
    this.#window = Math.min(255, ...this.#literals.map(({ length }) => length))
    this.#shifts = new Uint8Array(0x10000).fill(this.#window - 1)
    this.#literals.forEach((bytes, literal) => this.#enter(bytes, literal))
  }

  /** In ascending order. `bytes` is borrowed during the iteration. */
  *in(bytes: Uint8Array): Generator<Hit> {
    for (let last = this.#candidate(bytes, this.#window - 1); last < bytes.length; last = this.#candidate(bytes, last + 1)) {
      const at = last - this.#window + 1
      for (const literal of this.#endingWith.get(blockAt(bytes, last)) ?? []) if (this.#standsAt(bytes, at, literal)) yield { at, literal }
    }
  }

  /** The next window end, from `last` on, at which a literal may begin the window; the length of `bytes` if there is none. The hot loop. */
  #candidate(bytes: Uint8Array, last: number): number {
    const shifts = this.#shifts
    const beginnings = this.#beginnings
    const window = this.#window
    const end = bytes.length
    let at = last
    while (at < end) {
      const shift = shifts[blockAt(bytes, at)]!
      if (shift > 0) at += shift
      else if (beginnings[blockAt(bytes, at - window + 2)] === 1) return at
      else at++
    }
    return end
  }

  #enter(bytes: Uint8Array, literal: number): void {
    this.#beginnings[blockAt(bytes, 1)] = 1
    for (let last = 1; last < this.#window; last++) {
      const block = blockAt(bytes, last)
      this.#shifts[block] = Math.min(this.#shifts[block]!, this.#window - 1 - last)
      if (last === this.#window - 1) this.#endingWith.set(block, [...(this.#endingWith.get(block) ?? []), literal])
    }
  }

  #standsAt(bytes: Uint8Array, at: number, literal: number): boolean {
    return this.#literals[literal]!.every((byte, index) => bytes[at + index] === byte)
  }
}

/** The two bytes that end at `last`. */
function blockAt(bytes: Uint8Array, last: number): number {
  return (bytes[last - 1]! << 8) | bytes[last]!
}
