/**
 * Inflate: one stream of deflated data.
 *
 * Our own decoder: node:zlib drops what the failing call had unpacked, as much as 64 KiB of compressed data or as little as the source
 * happened to give, and tar and rpm unpack it. Here every symbol before the fault is passed on, however the bytes arrive.
 *
 * The state between two runs is a bit position and the last 32 KiB; a symbol or header of which bytes are missing is decoded again.
 * Source: RFC 1951; zlib's inflate.c for what is refused.
 */
import type { CompressedInput } from './compressed-input.js'
import { FAST_BITS, InflateCodes, MAX_CODE_BITS } from './inflate-codes.js'

const WINDOW = 32 * 1024
const OUT_BYTES = WINDOW + 256 * 1024
const MAX_MATCH = 258
const SYMBOL_BITS = 15 + 5 + 15 + 13
/** Bytes that are looked at for the longest symbol, from any bit on, up to four at a time. */
const SYMBOL_BYTES = 12
/** Bytes that the longest header of a block reads: 17 + 19 × 3 bits, then 316 lengths of at most 7 + 7 bits. */
const HEADER_BYTES = 600
/** Bytes of one run, so that bit positions are small integers. */
const RUN_BYTES = 1024 * 1024

const STORED = 0
const FIXED = 1
const DYNAMIC = 2
const END_OF_BLOCK = 256
const LITERALS = 288
const DISTANCES = 32
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

const LENGTH_EXTRA = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0)
const LENGTH_BASE = basesOf(LENGTH_EXTRA, 3)
const DISTANCE_EXTRA = Uint8Array.from({ length: 30 }, (_, code) => Math.max(0, (code >> 1) - 1))
const DISTANCE_BASE = basesOf(DISTANCE_EXTRA, 1)

function basesOf(extra: Uint8Array, first: number): Uint16Array {
  const bases = new Uint16Array(extra.length)
  for (let code = 0, base = first; code < extra.length; base += 1 << extra[code++]!) bases[code] = base
  if (first === 3) bases[28] = MAX_MATCH // its code would have been that of 259
  return bases
}

/** Why a run stopped. */
type Stop = 'output full' | 'needs input' | 'end'

/** Unpacks up to the end of the deflated data, which ends in a whole byte. A chunk is valid until the next is requested. A decoder can be used again for the next stream. */
export async function* inflate(input: CompressedInput, decoder = new Inflate()): AsyncGenerator<Uint8Array> {
  decoder.begin()
  for (let stop: Stop = 'needs input'; stop !== 'end';) {
    const least = decoder.leastBytes
    const bytes = (await input.peek(least)).subarray(0, RUN_BYTES)
    stop = decoder.run(bytes, bytes.length < least)
    input.skip(decoder.consumed)
    if (decoder.fault === null && stop !== 'output full' && stop !== 'end') continue
    const output = decoder.output()
    if (output.length > 0) yield output
    decoder.slide()
    if (decoder.fault !== null) input.fail(decoder.fault)
  }
}

/** One decoder, with its buffers. */
export class Inflate {
  /** What is wrong with the data, once that is known. */
  fault: string | null = null
  /** Whole bytes that the last run has consumed. */
  consumed = 0
  readonly #literals = new InflateCodes(LITERALS)
  readonly #distances = new InflateCodes(DISTANCES)
  readonly #lengths = new Uint8Array(LITERALS + DISTANCES)
  readonly #out = new Uint8Array(OUT_BYTES)
  #start = 0
  #end = 0
  #state: 'header' | 'stored' | 'symbols' | 'end' = 'header'
  #isLastBlock = false
  #storedLeft = 0
  #bytes: Uint8Array = this.#out
  /** Of `#bytes`, without what was added behind its end. */
  #length = 0
  /** Bits from the start of `#bytes`; between two runs, of the next byte. */
  #bit = 0

  begin(): void {
    this.fault = null
    this.#start = this.#end = this.#bit = 0
    this.#state = 'header'
  }

  /** Bytes that the next run needs, unless there are no more. */
  get leastBytes(): number {
    return this.#state === 'header' ? HEADER_BYTES : this.#state === 'stored' ? 1 : SYMBOL_BYTES
  }

  /** What was unpacked since the last `slide`. */
  output(): Uint8Array {
    return this.#out.subarray(this.#start, this.#end)
  }

  /** Makes room, and keeps the window. */
  slide(): void {
    const kept = Math.min(this.#end, WINDOW)
    this.#out.copyWithin(0, this.#end - kept, this.#end)
    this.#start = this.#end = kept
  }

  /** Decodes as much of `bytes` as is complete; all of it if `isLast`. */
  run(bytes: Uint8Array, isLast: boolean): Stop {
    this.#bytes = isLast ? padded(bytes) : bytes
    this.#length = bytes.length
    const stop = this.#run(isLast)
    this.consumed = stop === 'end' ? Math.ceil(this.#bit / 8) : Math.min(this.#bit >> 3, bytes.length)
    this.#bit = stop === 'end' ? 0 : this.#bit & 7
    return stop
  }

  #run(isLast: boolean): Stop {
    const bits = this.#length * 8
    for (;;) {
      const isStopped = this.#step(isLast)
      if (this.#bit > bits) {
        this.#bit = bits
        this.fault = 'truncated'
      }
      if (this.fault !== null) return 'needs input'
      if (this.#state === 'end') return 'end'
      if (this.#end > OUT_BYTES - MAX_MATCH) return 'output full'
      if (isStopped) return 'needs input'
    }
  }

  /** One header, or many symbols, or stored bytes; returns whether more input is needed. */
  #step(isLast: boolean): boolean {
    const left = this.#length - (this.#bit >> 3)
    if (this.#state === 'stored') return this.#copyStored(isLast)
    if (left < this.leastBytes && !isLast) return true
    if (this.#state === 'header') this.#readHeader()
    else if (isLast) this.#lastSymbol()
    else this.#decodeSymbols((this.#length - SYMBOL_BYTES + 1) * 8, Infinity)
    return false
  }

  /** One at a time near the end of the input: what a symbol that is cut off would have written is taken back. */
  #lastSymbol(): void {
    const bits = this.#length * 8
    const end = this.#end
    const start = this.#bit
    this.#decodeSymbols(bits + 1, 1)
    if (this.fault !== null && start + SYMBOL_BITS > bits) this.#bit = bits + 1
    if (this.#bit > bits) this.#end = end
  }

  #copyStored(isLast: boolean): boolean {
    const at = this.#bit >> 3
    const count = Math.min(this.#storedLeft, this.#length - at, OUT_BYTES - MAX_MATCH + 1 - this.#end)
    this.#out.set(this.#bytes.subarray(at, at + count), this.#end)
    this.#end += count
    this.#bit += count * 8
    this.#storedLeft -= count
    const isMissing = this.#storedLeft > 0 && at + count === this.#length
    if (this.#storedLeft === 0) this.#endBlock()
    else if (isMissing && isLast) this.#bit = this.#length * 8 + 1
    return isMissing
  }

  #endBlock(): void {
    this.#state = this.#isLastBlock ? 'end' : 'header'
  }

  #read(count: number): number {
    const at = this.#bit >> 3
    const bytes = this.#bytes
    const value = ((bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) >>> (this.#bit & 7)) & ((1 << count) - 1)
    this.#bit += count
    return value
  }

  #readHeader(): void {
    const start = this.#bit
    this.#isLastBlock = this.#read(1) === 1
    const type = this.#read(2)
    if (type === STORED) this.#beginStored()
    else if (type === FIXED) this.#beginFixed()
    else if (type === DYNAMIC) this.#beginDynamic()
    else this.fault = 'invalid block type'
    if (this.fault !== null && this.#bit <= this.#length * 8) this.#bit = start
  }

  #beginStored(): void {
    this.#bit = (this.#bit + 7) & ~7
    const length = this.#read(16)
    if (length !== (this.#read(16) ^ 0xffff)) this.fault = 'invalid stored block lengths'
    this.#storedLeft = length
    this.#state = 'stored'
  }

  #beginFixed(): void {
    this.#lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, LITERALS).fill(5, LITERALS)
    this.#literals.build(this.#lengths, LITERALS, false)
    this.#distances.build(this.#lengths.subarray(LITERALS), DISTANCES, false)
    this.#state = 'symbols'
  }

  #beginDynamic(): void {
    const literals = this.#read(5) + 257
    const distances = this.#read(5) + 1
    const codes = this.#read(4) + 4
    if (literals > 286 || distances > 30) this.fault = 'too many length or distance symbols'
    else if (!this.#readCodeLengths(codes)) this.fault = 'invalid code lengths set'
    else if (!this.#readLengths(literals + distances)) this.fault = 'invalid bit length repeat'
    else if (this.#lengths[END_OF_BLOCK] === 0) this.fault = 'invalid code -- missing end-of-block'
    else if (!this.#literals.build(this.#lengths, literals, true)) this.fault = 'invalid literal/lengths set'
    else if (!this.#distances.build(this.#lengths.subarray(literals), distances, true)) this.fault = 'invalid distances set'
    this.#state = 'symbols'
  }

  #readCodeLengths(count: number): boolean {
    const lengths = this.#lengths.fill(0, 0, LENGTH_ORDER.length)
    for (let index = 0; index < count; index++) lengths[LENGTH_ORDER[index]!] = this.#read(3)
    return this.#literals.build(lengths, LENGTH_ORDER.length, false)
  }

  /** Lengths of both codes, with repeats: 16 of the previous one, 17 and 18 of zero. */
  #readLengths(count: number): boolean {
    const lengths = this.#lengths
    for (let at = 0; at < count;) {
      const entry = this.#literals.fast[this.#read(FAST_BITS)]!
      this.#bit -= FAST_BITS - (entry & 15)
      const symbol = entry >> 4
      if (entry === 0) return false
      if (symbol < 16) lengths[at++] = symbol
      else {
        if (symbol === 16 && at === 0) return false
        const value = symbol === 16 ? lengths[at - 1]! : 0
        const end = at + (symbol === 16 ? 3 + this.#read(2) : symbol === 17 ? 3 + this.#read(3) : 11 + this.#read(7))
        if (end > count) return false
        lengths.fill(value, at, end)
        at = end
      }
    }
    return true
  }

  /** Decodes while the next symbol begins before `stop`, a bit position, and there is room for its output. */
  #decodeSymbols(stop: number, count: number): void {
    const bytes = this.#bytes
    const out = this.#out
    const literals = this.#literals.fast
    const distances = this.#distances.fast
    const fastMask = (1 << FAST_BITS) - 1
    let bit = this.#bit
    let end = this.#end
    for (let left = count; left > 0 && bit < stop && end <= OUT_BYTES - MAX_MATCH; left--) {
      const start = bit
      let at = bit >> 3
      let bits = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> (bit & 7)
      let entry = literals[bits & fastMask]!
      if (entry === 0) entry = this.#literals.slow(bits)
      const codeBits = entry & 15
      let symbol = entry >> 4
      if (symbol < END_OF_BLOCK && entry !== 0) {
        out[end++] = symbol
        bit += codeBits
        continue
      }
      if (symbol === END_OF_BLOCK) {
        bit += codeBits
        this.#endBlock()
        break
      }
      symbol -= END_OF_BLOCK + 1
      if (entry === 0 || symbol >= LENGTH_BASE.length) {
        this.fault = 'invalid literal/length code'
        break
      }
      const lengthExtra = LENGTH_EXTRA[symbol]!
      const length = LENGTH_BASE[symbol]! + ((bits >>> codeBits) & ((1 << lengthExtra) - 1))
      bit += codeBits + lengthExtra

      at = bit >> 3
      bits = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) >>> (bit & 7)
      entry = distances[bits & fastMask]!
      if (entry === 0) entry = this.#distances.slow(bits)
      symbol = entry >> 4
      if (entry === 0 || symbol >= DISTANCE_BASE.length) {
        this.fault = 'invalid distance code'
        bit = start
        break
      }
      bit += entry & 15
      const distanceExtra = DISTANCE_EXTRA[symbol]!
      at = bit >> 3
      bits = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) >>> (bit & 7)
      const distance = DISTANCE_BASE[symbol]! + (bits & ((1 << distanceExtra) - 1))
      bit += distanceExtra
      if (distance > end) {
        this.fault = 'invalid distance too far back'
        bit = start
        break
      }
      if (distance >= length && length > 32) out.copyWithin(end, end - distance, end - distance + length)
      else for (let from = end - distance, to = end; to < end + length;) out[to++] = out[from++]!
      end += length
    }
    this.#bit = bit
    this.#end = end
  }
}

/** With zeros behind the end, for reads that begin before it. */
function padded(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length + HEADER_BYTES + MAX_CODE_BITS)
  copy.set(bytes)
  return copy
}
