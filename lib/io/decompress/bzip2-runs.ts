/**
 * The last step of bzip2: the block's bytes in order, with runs expanded (four equal bytes are followed by the number of further ones),
 * and the block's checksum.
 */
import type { Block } from './bzip2-block.js'

const CRC_POLYNOMIAL = 0x04c11db7
/** Made for each block, of up to 900 kB: at start-up, when the function is not compiled yet, it would cost every run half a millisecond. */
function crcTable(): Int32Array {
  const table = new Int32Array(256)
  for (let byte = 0; byte < table.length; byte++) {
    let crc = byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ CRC_POLYNOMIAL : crc << 1
    table[byte] = crc
  }
  return table
}

const RUN = 4
const MAX_MORE = 255

/** Fills `out` repeatedly and yields it; returns the checksum of all bytes. One block can expand to 51 times its size. */
export function* unfoldRuns(block: Block, out: Uint8Array): Generator<Uint8Array, number> {
  const { permutation } = block
  const crcs = crcTable()
  let place = permutation[block.origin]! >>> 8
  let crc = -1
  let run = 0
  let previous = -1
  let filled = 0
  for (let left = block.length; left > 0; left--) {
    if (filled > out.length - MAX_MORE) {
      yield out.subarray(0, filled)
      filled = 0
    }
    const entry = permutation[place]!
    const byte = entry & 0xff
    place = entry >>> 8
    if (run === RUN) {
      for (let more = byte; more > 0; more--) {
        out[filled++] = previous
        crc = (crc << 8) ^ crcs[(crc >>> 24) ^ previous]!
      }
      run = 0
      previous = -1
      continue
    }
    run = byte === previous ? run + 1 : 1
    previous = byte
    out[filled++] = byte
    crc = (crc << 8) ^ crcs[(crc >>> 24) ^ byte]!
  }
  if (filled > 0) yield out.subarray(0, filled)
  return ~crc >>> 0
}
