/**
 * ppc64le: the instructions of stubs.  Words of four bytes, little-endian, ELFv2.
 *
 * Source: Power ISA 3.0B, book I, 2.4 (branches) and 3.3 (fixed point);
 * 64-Bit ELF V2 ABI, 2.2 (r3 holds the first argument and the result) and 2.3.2 (the global entry computes the TOC pointer r2 from r12).
 */
import type { Decoder } from './activation.js'
import { Activation } from './activation.js'
import type { Value } from './value.js'
import { combined, ENTRY, immediate, shifted } from './value.js'

const SP = 1
const RESULT = 3
const LAST_ARGUMENT = 10
const LINK = 32 // a number of ours: the link register is not one of the 32 general ones
const PARAMETER_SAVE_AREA = 32 // bytes above the stack pointer at entry

const PREFIX = 1 // primary opcode of an instruction of eight bytes
const BLR = 0x4e800020
const MFLR_R0 = 0x7c0802a6
const MTLR_R0 = 0x7c0803a6
/** By primary opcode: bytes, and whether it stores. DS-form doublewords (58, 62) are apart. */
const TRANSFERS: ReadonlyMap<number, readonly [length: number, isStore: boolean, isFloat?: boolean]> = new Map([
  [32, [4, false]],
  [34, [1, false]],
  [40, [2, false]],
  [42, [2, false]], // lwz lbz lhz lha
  [36, [4, true]],
  [38, [1, true]],
  [44, [2, true]], // stw stb sth
  [52, [4, true, true]],
  [54, [8, true, true]], // stfs stfd
])

export const ppc64le: Decoder = {
  enter() {
    const activation = new Activation(PARAMETER_SAVE_AREA)
    activation.write(SP, ENTRY)
    activation.write(RESULT, 'no result')
    for (let register = RESULT + 1; register <= LAST_ARGUMENT; register++) activation.write(register, 'argument')
    activation.write(LINK, 'return address')
    return activation
  },

  step(code, at, activation) {
    const word = code.getUint32(at, true)
    if (word >>> 26 === PREFIX) return loadPrefixedImmediate(word, code.getUint32(at + 4, true), activation) ? at + 8 : null
    const isKnown = compute(word, activation) || access(word, activation) || moveLink(word, activation)
    return isKnown ? at + 4 : null
  },
}

/** pli of Power10: addi without a base, with the upper 18 of 34 bits in a prefix of type 2 that does not refer to the program counter. */
function loadPrefixedImmediate(prefix: number, word: number, activation: Activation): boolean {
  if (prefix >>> 18 !== 0x180 || word >>> 26 !== 14 || baseOf(word) !== 0) return false
  activation.write(targetOf(word), immediate((prefix & 0x3ffff) | (word & 0xffff)))
  return true
}

function moveLink(word: number, activation: Activation): boolean {
  if (word === BLR) return activation.leave(activation.read(LINK), activation.read(SP), activation.read(RESULT))
  if (word === MFLR_R0) activation.write(0, activation.read(LINK))
  else if (word === MTLR_R0) activation.write(LINK, activation.read(0))
  else return false
  return true
}

function compute(word: number, activation: Activation): boolean {
  const sum = sumOf(word, activation)
  if (sum !== null) activation.write(targetOf(word), sum)
  const logical = sum ?? logicalOf(word, activation)
  if (sum === null && logical !== null) activation.write(baseOf(word), logical)
  return logical !== null
}

/** addi and addis; with 0 for the register they are li and lis. Into r2 they are the prologue of the global entry. */
function sumOf(word: number, activation: Activation): Value | null {
  const opcode = word >>> 26
  if (opcode !== 14 && opcode !== 15) return null
  const number = (word << 16) >> 16
  if (baseOf(word) === 0) return immediate(number)
  return opcode === 14 ? shifted(activation.read(baseOf(word)), number) : 'unknown'
}

/** Instructions whose source is in the field where others have their target. */
function logicalOf(word: number, activation: Activation): Value | null {
  const source = activation.read(targetOf(word))
  switch (word >>> 26) {
    case 24: // ori; nop is ori r0,r0,0
    case 25: // oris
      return combined(source, word & 0xffff)
    case 21: // rlwinm, as clrlwi for a narrow type
    case 30: // rldicl and rldicr, as clrldi and sldi
      return rotatedOf(word, source)
    case 31:
      return extendedOf(word, source)
  }
  return null
}

/** A rotated constant remains a constant; an argument remains one only if "clear the upper 32 bits" (clrldi ra,rs,32) makes it unsigned. */
function rotatedOf(word: number, source: Value): Value {
  const isClrldi32 = (word & 0xfc00ffff) >>> 0 === 0x78000020
  return source === 'zero' || source === 'constant' || isClrldi32 ? source : 'unknown'
}

/** mr (or ra,rs,rs) and the sign extensions extsb, extsh, extsw. */
function extendedOf(word: number, source: Value): Value | null {
  const isMove = (word & 0x7ff) === 0x378 && targetOf(word) === ((word >>> 11) & 31)
  return isMove || [0x774, 0x734, 0x7b4].includes(word & 0xffff) ? source : null
}

/** Loads and stores; stdu, which makes the frame, updates its base register. */
function access(word: number, activation: Activation): boolean {
  const base = baseOf(word) === 0 ? 'unknown' : activation.read(baseOf(word))
  const opcode = word >>> 26
  if (opcode === 58 || opcode === 62) return accessDoubleword(word, base, activation)
  const transfer = TRANSFERS.get(opcode)
  if (transfer === undefined) return false
  const [length, isStore, isFloat] = transfer
  const displacement = (word << 16) >> 16
  if (!isStore) return activation.fetch(targetOf(word), base, displacement, length)
  return activation.store(base, displacement, length, isFloat ? 'unknown' : activation.read(targetOf(word)))
}

/** DS form: the lowest two bits of the displacement tell ld and lwa, std and stdu apart. */
function accessDoubleword(word: number, base: Value, activation: Activation): boolean {
  const displacement = ((word << 16) >> 16) & ~3
  const kind = word & 3
  if (word >>> 26 === 58) return kind !== 1 && kind !== 3 && activation.fetch(targetOf(word), base, displacement, kind === 2 ? 4 : 8)
  if (kind > 1) return false
  const isInStack = activation.store(base, displacement, 8, activation.read(targetOf(word)))
  if (kind === 1) activation.write(baseOf(word), shifted(base, displacement))
  return isInStack
}

function targetOf(word: number): number {
  return (word >>> 21) & 31
}

function baseOf(word: number): number {
  return (word >>> 16) & 31
}
