/**
 * One block of bzip2, as far as the Burrows-Wheeler transform: Huffman codes in groups of fifty, zero runs, move-to-front.
 *
 * The format has no specification; this follows what bzip2 1.0 writes and refuses. Two traps for a decoder: a zero run
 * can be so long that its length overflows, and there can be more selectors than groups.
 */
import type { BitReader } from './bzip2-bits.js'
import { HuffmanTable, MAX_CODE_LENGTH } from './bzip2-huffman.js'

const GROUP_SIZE = 50 // symbols that one table codes
const RUN_B = 1 // 0 and 1 are the digits of a zero run
const MAX_RUN_WEIGHT = 2 * 1024 * 1024 // beyond any block

/** A block after the transform: `permutation` holds, for each position, its byte and the position of its successor × 256. */
export interface Block {
  readonly permutation: Uint32Array
  readonly length: number
  readonly origin: number
  readonly crc: number
}

/** A malformed block; the caller adds the offset. */
export class BlockError extends Error {}

/** Decodes a block from the end of its magic on. `permutation` is overwritten; its size is the stream's block size. */
export function decodeBlock(bits: BitReader, permutation: Uint32Array): Block {
  const crc = bits.u32()
  if (bits.read(1) !== 0) throw new BlockError('randomised blocks (bzip2 0.9.0) are not supported')
  const origin = bits.read(24)
  const bytes = readBytesInUse(bits)
  const tableCount = bits.read(3)
  if (tableCount < 2 || tableCount > 6) throw new BlockError(`${tableCount} Huffman tables, expected 2 to 6`)
  const selectors = readSelectors(bits, tableCount)
  const tables = Array.from({ length: tableCount }, () => readTable(bits, bytes.length + 2))
  const length = readSymbols(bits, selectors, tables, bytes, permutation)
  if (origin >= length) throw new BlockError('origin outside the block')
  invert(permutation, length)
  return { permutation, length, origin, crc }
}

/** The byte values that occur, ascending: a bit for each sixteen, then a bit for each one. */
function readBytesInUse(bits: BitReader): Uint8Array {
  const ranges = bits.read(16)
  const bytes: number[] = []
  for (let range = 0; range < 16; range++) {
    const used = (ranges & (0x8000 >> range)) === 0 ? 0 : bits.read(16)
    for (let low = 0; low < 16; low++) if ((used & (0x8000 >> low)) !== 0) bytes.push(range * 16 + low)
  }
  if (bytes.length === 0) throw new BlockError('no byte value in use')
  return Uint8Array.from(bytes)
}

/** The table of each group, move-to-front coded and in unary. */
function readSelectors(bits: BitReader, tableCount: number): Uint8Array {
  const selectors = new Uint8Array(bits.read(15))
  const recent = [0, 1, 2, 3, 4, 5]
  for (let group = 0; group < selectors.length; group++) {
    let place = 0
    while (bits.read(1) === 1) if (++place >= tableCount) throw new BlockError('selector refers to a missing table')
    const table = recent.splice(place, 1)[0] ?? 0
    recent.unshift(table)
    selectors[group] = table
  }
  return selectors
}

/** The lengths of one table's codes, each as steps from the one before. */
function readTable(bits: BitReader, symbolCount: number): HuffmanTable {
  const lengths = new Uint8Array(symbolCount)
  let length = bits.read(5)
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    while (bits.read(1) === 1) {
      length += bits.read(1) === 1 ? -1 : 1
      if (length < 1 || length > MAX_CODE_LENGTH) break
    }
    if (length < 1 || length > MAX_CODE_LENGTH) throw new BlockError(`Huffman code of ${length} bits`)
    lengths[symbol] = length
  }
  return new HuffmanTable(lengths)
}

/** Fills `out` with the block's bytes, still transformed, and returns their number. */
function readSymbols(
  bits: BitReader,
  selectors: Uint8Array,
  tables: readonly HuffmanTable[],
  recent: Uint8Array,
  out: Uint32Array,
): number {
  const end = recent.length + 1
  let length = 0
  let run = 0
  let weight = 1
  for (const selector of selectors) {
    const table = tables[selector]
    for (let left = GROUP_SIZE; left > 0; left--) {
      const symbol = table === undefined ? -1 : table.read(bits)
      if (symbol < 0) throw new BlockError('invalid Huffman code')
      if (symbol <= RUN_B) {
        run += weight << symbol
        weight <<= 1
        if (weight > MAX_RUN_WEIGHT) throw new BlockError('zero run too long')
        continue
      }
      if (run > out.length - length) throw new BlockError('more bytes than the block holds')
      out.fill(recent[0] ?? 0, length, length + run)
      length += run
      run = 0
      weight = 1
      if (symbol === end) return length
      if (length === out.length) throw new BlockError('more bytes than the block holds')
      const byte = recent[symbol - 1] ?? 0
      recent.copyWithin(1, 0, symbol - 1)
      recent[0] = byte
      out[length++] = byte
    }
  }
  throw new BlockError('block without an end marker')
}

/** Adds the successors: the n-th occurrence of a byte value in the last column is the n-th in the first. */
function invert(permutation: Uint32Array, length: number): void {
  const next = new Uint32Array(257)
  for (let at = 0; at < length; at++) next[(permutation[at]! & 0xff) + 1]!++
  for (let byte = 1; byte < 257; byte++) next[byte]! += next[byte - 1]!
  for (let at = 0; at < length; at++) {
    const byte = permutation[at]! & 0xff
    permutation[next[byte]!++]! |= at << 8
  }
}
