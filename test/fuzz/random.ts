/** Random numbers from a seed: the same on every machine and every Node. */

/** mulberry32, with what a mutator asks for. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  u32(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return (bits ^ (bits >>> 14)) >>> 0
  }

  /** 0 to `below` - 1; 0 if there is nothing to choose from. */
  below(below: number): number {
    return below <= 1 ? 0 : this.u32() % below
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0
  }

  pick<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)]
    if (value === undefined && values.length === 0) throw new Error('nothing to pick from')
    return value as Value
  }

  bytes(length: number): Buffer<ArrayBuffer> {
    return Buffer.from(Array.from({ length }, () => this.below(256)))
  }

  /** Small numbers are likelier: most faults need two or three of a kind, some need thousands. */
  count(most: number): number {
    return this.below(1 + this.below(1 + this.below(most + 1)))
  }
}

/** A seed made of several numbers. */
export function mixed(...numbers: readonly number[]): number {
  return numbers.reduce((state, number) => new Random(state ^ Math.imul(number + 1, 0x9e3779b1)).u32(), 0x2012)
}
