/** Where the tables of an ELF file lie, by a reader of its own that gives up where the file is broken: mutations and comparisons must not depend on ours. */

interface Segment {
  readonly type: number
  readonly offset: number
  readonly address: number
  readonly size: number
}

export class ElfLayout {
  readonly file: Buffer
  readonly isLittle: boolean
  readonly width: 32 | 64
  /** Bytes of an address. */
  readonly word: number
  readonly segmentsAt: number
  readonly sectionsAt: number
  readonly segmentCount: number
  readonly sectionCount: number
  readonly segments: readonly Segment[]
  /** The last value of each tag. */
  readonly tags: ReadonlyMap<number, number>

  constructor(file: Buffer) {
    this.file = file
    this.width = file[4] === 2 ? 64 : 32
    this.isLittle = file[5] !== 2
    this.word = this.width / 8
    const tail = 28 + 3 * this.word
    this.segmentsAt = this.number(24 + this.word, this.word)
    this.sectionsAt = this.number(24 + 2 * this.word, this.word)
    this.segmentCount = Math.min(this.number(tail + 4, 2), 64)
    this.sectionCount = Math.min(this.number(tail + 8, 2), 64)
    this.segments = Array.from({ length: this.segmentCount }, (_, row) => this.#segment(row))
    this.tags = new Map(this.#dynamic())
  }

  static isElf(file: Buffer): boolean {
    return file.length >= 64 && file.readUInt32BE(0) === 0x7f454c46
  }

  /** 0 outside the file. */
  number(at: number, size: number): number {
    if (!(at >= 0 && at + size <= this.file.length)) return 0
    const digits = Buffer.from(this.file.subarray(at, at + size))
    return Number(BigInt(`0x${(this.isLittle ? digits.reverse() : digits).toString('hex')}`))
  }

  /** Of an address in the file; -1 if no segment has it. */
  offsetOf(address: number): number {
    const load = this.segments.findLast(({ type, address: start, size }) => type === 1 && address >= start && address < start + size)
    return load === undefined ? -1 : address - load.address + load.offset
  }

  at(tag: number): number {
    return this.offsetOf(this.tags.get(tag) ?? -1)
  }

  #segment(row: number): Segment {
    const at = this.segmentsAt + row * (this.width === 64 ? 56 : 32)
    const [offset = 0, address = 0, size = 0] = this.width === 64 ? [8, 16, 32] : [4, 8, 16]
    const field = (place: number): number => this.number(at + place, this.word)
    return { type: this.number(at, 4), offset: field(offset), address: field(address), size: field(size) }
  }

  get dynamic(): Segment | undefined {
    return this.segments.find(({ type }) => type === 2)
  }

  *#dynamic(): Generator<[number, number]> {
    const { dynamic, word } = this
    if (dynamic === undefined) return
    for (let at = dynamic.offset, left = 200; left > 0 && this.number(at, word) !== 0; left--, at += 2 * word)
      yield [this.number(at, word), this.number(at + word, word)]
  }

  /** Do the hash tables lead to a symbol of this name, whatever it is? ld.so uses the GNU table if there is one. */
  leadsTo(name: string): boolean {
    return this.tags.has(0x6ffffef5) ? this.#gnu(name, this.at(0x6ffffef5)) : this.#sysv(name, this.at(4))
  }

  #gnu(name: string, at: number): boolean {
    const hash = [...Buffer.from(name, 'latin1')].reduce((sum, byte) => (Math.imul(sum, 33) + byte) >>> 0, 5381)
    const [buckets = 0, first = 0, words = 0, shift = 0] = [0, 4, 8, 12].map(field => this.number(at + field, 4))
    const bits = this.width
    const filterWord = at + 16 + ((Math.floor(hash / bits) & (words - 1)) >>> 0) * this.word
    const half = (bit: number): number => this.number(filterWord + (this.isLittle === bit < 32 || bits === 32 ? 0 : 4), 4)
    const isSet = (bit: number): boolean => ((half(bit) >>> (bit % 32)) & 1) === 1
    if (!isSet(hash % bits) || !isSet((shift < 32 ? hash >>> shift : hash >>> (shift & 31)) % bits)) return false
    const table = at + 16 + words * this.word
    const chain = table + 4 * buckets
    for (let symbol = this.number(table + 4 * (hash % buckets), 4), left = 5000; symbol !== 0 && left > 0; symbol++, left--) {
      const value = this.number(chain + 4 * (symbol - first), 4)
      if ((value | 1) === (hash | 1) && this.#nameOf(symbol) === name) return true
      if ((value & 1) === 1) return false
    }
    return false
  }

  #sysv(name: string, at: number): boolean {
    let hash = 0
    for (const byte of Buffer.from(name, 'latin1')) {
      hash = (hash << 4) + byte
      hash = (hash ^ ((hash >>> 24) & 0xf0)) & 0x0fffffff
    }
    const buckets = this.number(at, 4)
    const chain = at + 8 + 4 * buckets
    for (let symbol = this.number(at + 8 + 4 * (hash % buckets), 4), left = 5000; symbol !== 0 && left > 0; left--) {
      if (this.#nameOf(symbol) === name) return true
      symbol = this.number(chain + 4 * symbol, 4)
    }
    return false
  }

  #nameOf(symbol: number): string {
    const start = this.at(5) + this.number(this.at(6) + symbol * (this.width === 64 ? 24 : 16), 4)
    const end = this.file.indexOf(0, start)
    return this.file.toString('latin1', start, end < 0 ? start : end)
  }
}
