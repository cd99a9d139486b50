/**
 * aarch64: the instructions of stubs.  Words of four bytes, little-endian.
 *
 * Source: Arm Architecture Reference Manual for A-profile, C4 (encodings) and C6 (base instructions);
 * Procedure Call Standard for the Arm 64-bit Architecture, 6 (x0 holds the first argument and the result).
 */
import type { Decoder } from './activation.js'
import { Activation } from './activation.js'
import type { Value } from './value.js'
import { combined, ENTRY, immediate, shifted } from './value.js'

const RESULT = 0
const LAST_ARGUMENT = 7
const LINK = 30
const SP = 31 // as a base and in additions; in moves, loads and stores the same number is the zero register

const RET = new Set([0xd65f03c0, 0xd65f0bff, 0xd65f0fff]) // ret, retaa, retab
/** nop, pac and aut of the return address by key A and B, bti in its four forms. */
const HINTS = new Set([0, 25, 27, 29, 31, 32, 34, 36, 38].map(hint => 0xd503201f + hint * 32))

export const aarch64: Decoder = {
  enter() {
    const activation = new Activation(0)
    activation.write(RESULT, 'no result')
    for (let register = RESULT + 1; register <= LAST_ARGUMENT; register++) activation.write(register, 'argument')
    activation.write(LINK, 'return address')
    activation.write(SP, ENTRY)
    return activation
  },

  step(code, at, activation) {
    const word = code.getUint32(at, true)
    const isKnown = HINTS.has(word) || move(word, activation) || access(word, activation) || leave(word, activation)
    return isKnown ? at + 4 : null
  },
}

function leave(word: number, activation: Activation): boolean {
  return RET.has(word) && activation.leave(activation.read(LINK), activation.read(SP), activation.read(RESULT))
}

/** Constants, register moves, and the additions that move the stack pointer. */
function move(word: number, activation: Activation): boolean {
  const value = sumOf(word, activation) ?? (registerOf(word, 0) === SP ? null : movedBy(word, activation))
  if (value !== null) activation.write(registerOf(word, 0), value)
  return value !== null
}

/** add and sub (immediate). */
function sumOf(word: number, activation: Activation): Value | null {
  const group = (word & 0x7f800000) >>> 23
  if (group !== 0x22 && group !== 0xa2) return null
  const bytes = ((word >>> 10) & 0xfff) << (word & 0x400000 ? 12 : 0)
  return shifted(activation.read(registerOf(word, 5)), group === 0x22 ? bytes : -bytes)
}

function movedBy(word: number, activation: Activation): Value | null {
  const half = (word >>> 5) & 0xffff
  switch ((word & 0x7f800000) >>> 23) {
    case 0x25: // movn: all bits set but these 16
      return 'constant'
    case 0xa5: // movz
      return immediate(half)
    case 0xe5: // movk
      return combined(activation.read(registerOf(word, 0)), half)
    case 0x64: // orr (immediate): its operand cannot be zero
      return registerOf(word, 5) === SP ? 'constant' : null
  }
  if ((word & 0x7fe0ffe0) === 0x2a0003e0) return readOrZero(activation, registerOf(word, 16)) // mov (register)
  return (word & 0xfffffc00) >>> 0 === 0x93407c00 ? readOrZero(activation, registerOf(word, 5)) : null // sxtw
}

/** A load or store: `registers` one after the other from the base plus `displacement`, all counted in bytes. */
interface Transfer {
  readonly registers: readonly number[]
  readonly isVector: boolean
  readonly isStore: boolean
  readonly length: number
  readonly displacement: number
  /** What is added to the base register afterwards. */
  readonly indexed: number
}

/** Addressing modes as the instructions number them. */
const UNSCALED = 0
const POST_INDEXED = 1
const PRE_INDEXED = 3
const PAIR_POST_INDEXED = 1
const PAIR_OFFSET = 2
const PAIR_PRE_INDEXED = 3

/** ldr, str and their kin. */
function singleOf(word: number): Transfer | null {
  if ((word & 0x3a000000) !== 0x38000000) return null
  const isVector = (word & 0x4000000) !== 0
  const kind = (word >>> 22) & 3 // 0 store, 1 load; 2 and 3 load and extend the sign, or mean 16 bytes with a vector register
  if (word >>> 22 === 0x3e6) return null // prfm loads nothing
  const length = isVector && kind >= 2 ? 16 : 1 << (word >>> 30)
  const transfer = { registers: [registerOf(word, 0)], isVector, isStore: isVector ? (kind & 1) === 0 : kind === 0, length }
  if (word & 0x1000000) return { ...transfer, displacement: ((word >>> 10) & 0xfff) * length, indexed: 0 }
  const offset = (word << 11) >> 23
  const mode = (word >>> 10) & 3
  if (word & 0x200000 || ![UNSCALED, POST_INDEXED, PRE_INDEXED].includes(mode)) return null // by register, unprivileged
  return { ...transfer, displacement: mode === POST_INDEXED ? 0 : offset, indexed: mode === UNSCALED ? 0 : offset }
}

/** ldp and stp of general registers. */
function pairOf(word: number): Transfer | null {
  if ((word & 0x7e000000) !== 0x28000000) return null
  const length = word & 0x80000000 ? 8 : 4
  const offset = ((word << 10) >> 25) * length
  const mode = (word >>> 23) & 3
  if (![PAIR_POST_INDEXED, PAIR_OFFSET, PAIR_PRE_INDEXED].includes(mode)) return null
  const registers = [registerOf(word, 0), registerOf(word, 10)]
  const displacement = mode === PAIR_POST_INDEXED ? 0 : offset
  return { registers, isVector: false, isStore: (word & 0x400000) === 0, length, displacement, indexed: mode === PAIR_OFFSET ? 0 : offset }
}

function access(word: number, activation: Activation): boolean {
  const transfer = singleOf(word) ?? pairOf(word)
  if (transfer === null || (transfer.isVector && !transfer.isStore)) return false
  const base = activation.read(registerOf(word, 5))
  const isInStack = transfer.registers.every((register, index) => {
    const displacement = transfer.displacement + index * transfer.length
    if (!transfer.isStore) return register !== SP && activation.fetch(register, base, displacement, transfer.length)
    const value = transfer.isVector ? 'unknown' : readOrZero(activation, register)
    return activation.store(base, displacement, transfer.length, value)
  })
  if (transfer.indexed !== 0) activation.write(registerOf(word, 5), shifted(base, transfer.indexed))
  return isInStack
}

function registerOf(word: number, bit: number): number {
  return (word >>> bit) & 31
}

function readOrZero(activation: Activation, register: number): Value {
  return register === SP ? 'zero' : activation.read(register)
}
