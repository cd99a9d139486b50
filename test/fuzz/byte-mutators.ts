/** Mutations that know nothing of a format. */
import { numberFor, TEXTS } from './words.js'
import type { Random } from './random.js'

export type Bytes = Buffer<ArrayBuffer>

/** Bytes changed without regard to what they mean; at most a few times as long as they were. */
export function mutateBytes(bytes: Uint8Array, random: Random): Bytes {
  const whole = Buffer.from(bytes)
  if (whole.length === 0) return Buffer.from(random.bytes(random.below(16)))
  return random.pick(MUTATORS)(whole, random.below(whole.length), random)
}

type ByteMutator = (bytes: Bytes, at: number, random: Random) => Bytes

const lengthOfPart = (bytes: Bytes, at: number, random: Random): number => 1 + random.count(Math.min(bytes.length - at, 4096))

const MUTATORS: readonly ByteMutator[] = [
  (bytes, at, random) => {
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
    return bytes
  },
  (bytes, at, random) => {
    bytes[at] = random.pick([0, 1, 0x20, 0x30, 0x7f, 0x80, 0xf0, 0xff, random.below(256)])
    return bytes
  },
  (bytes, at, random) => withNumber(bytes, at, random.pick([2, 4, 8]), random.oneIn(2), random),
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at, random) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + lengthOfPart(bytes, at, random))]),
  (bytes, at, random) => {
    const part = bytes.subarray(at, at + lengthOfPart(bytes, at, random))
    const times = random.oneIn(20) ? 1 + random.below(64) : 1
    return Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: times }, () => part), bytes.subarray(at)])
  },
  (bytes, at, random) => {
    const from = random.below(bytes.length)
    bytes.copy(bytes, at, from, from + lengthOfPart(bytes, from, random))
    return bytes
  },
  (bytes, at, random) => Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(TEXTS), 'latin1'), bytes.subarray(at)]),
  (bytes, at, random) => bytes.fill(random.pick([0, 0xff, 0x20]), at, Math.min(bytes.length, at + lengthOfPart(bytes, at, random))),
  (bytes, _, random) => Buffer.concat([bytes, random.oneIn(2) ? random.bytes(random.below(64)) : Buffer.alloc(random.below(2048))]),
]

/** A number of `size` bytes at `at` replaced by another; nothing happens where it does not fit. */
export function withNumber(bytes: Bytes, at: number, size: number, isLittle: boolean, random: Random): Bytes {
  if (at < 0 || at + size > bytes.length) return bytes
  const part = bytes.subarray(at, at + size)
  const digits = isLittle ? Buffer.from(part).reverse() : part
  const old = BigInt(`0x${digits.toString('hex')}`)
  const number = Buffer.from(
    numberFor(random, old, size, bytes.length)
      .toString(16)
      .padStart(2 * size, '0'),
    'hex',
  )
  part.set(isLittle ? number.reverse() : number)
  return bytes
}
