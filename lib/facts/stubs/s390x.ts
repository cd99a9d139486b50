/**
 * s390x: the instructions of stubs.  Two, four or six bytes, big-endian.
 *
 * Source: z/Architecture Principles of Operation, 5 (formats) and 7 (general instructions);
 * ELF Application Binary Interface, s390x Supplement, 1.2 (r2 holds the first argument and the result; r14 the return address, r15 the stack).
 */
import type { Decoder } from './activation.js'
import { Activation } from './activation.js'
import { moveHalfword, moveWord } from './s390x-immediate.js'
import type { Value } from './value.js'
import { ENTRY, immediate, shifted } from './value.js'

const RESULT = 2
const LAST_ARGUMENT = 6
const LINK = 14
const SP = 15
const FLOATING_POINT = 32 // a number of ours for f0, where unoptimised leaf functions save r11 and r15
const REGISTER_SAVE_AREA = 160 // bytes above the stack pointer at entry; the arguments follow it

/** Loads and stores of one general register in RX format: length in bytes, is it a store? */
const RX: ReadonlyMap<number, readonly [length: number, isStore: boolean]> = new Map([
  [0x58, [4, false]],
  [0x48, [2, false]],
  [0x50, [4, true]],
  [0x40, [2, true]],
  [0x42, [1, true]], // l lh st sth stc
])
/** The same in RXY format, by the last byte. */
const RXY: ReadonlyMap<number, readonly [length: number, isStore: boolean]> = new Map([
  [0x04, [8, false]],
  [0x14, [4, false]],
  [0x16, [4, false]],
  [0x58, [4, false]], // lg lgf llgf ly
  [0x15, [2, false]],
  [0x91, [2, false]],
  [0x77, [1, false]],
  [0x90, [1, false]], // lgh llgh lgb llgc
  [0x24, [8, true]],
  [0x50, [4, true]],
  [0x70, [2, true]],
  [0x72, [1, true]], // stg sty sthy stcy
])
/** lgr lgfr llgfr, and the narrow types lgbr lghr llgcr llghr. */
const MOVES = new Set([0xb904, 0xb914, 0xb916, 0xb906, 0xb907, 0xb984, 0xb985])

export const s390x: Decoder = {
  enter() {
    const activation = new Activation(REGISTER_SAVE_AREA)
    activation.write(RESULT, 'no result')
    for (let register = RESULT + 1; register <= LAST_ARGUMENT; register++) activation.write(register, 'argument')
    activation.write(LINK, 'return address')
    activation.write(SP, ENTRY)
    return activation
  },

  /** The two upper bits of the first byte give the length. */
  step(code, at, activation) {
    const instruction = new DataView(code.buffer, code.byteOffset + at)
    const length = [2, 4, 4, 6][instruction.getUint8(0) >>> 6] ?? 2
    const follow = { 2: followTwo, 4: followFour, 6: followSix }[length]
    return follow?.(instruction, activation) ? at + length : null
  },
}

function followTwo(instruction: DataView, activation: Activation): boolean {
  const word = instruction.getUint16(0)
  if (word === 0x07fe) return activation.leave(activation.read(LINK), activation.read(SP), activation.read(RESULT)) // br r14
  if (word >>> 4 === 0x070) return true // bcr 0: nopr
  if (word >>> 8 !== 0x18) return false
  activation.write((word >>> 4) & 15, activation.read(word & 15)) // lr
  return true
}

function followFour(instruction: DataView, activation: Activation): boolean {
  const opcode = instruction.getUint8(0)
  const first = instruction.getUint8(1) >>> 4
  const displacement = instruction.getUint16(2) & 0xfff
  if (opcode === 0xb9 || opcode === 0xb3) return moveBetweenRegisters(instruction, activation)
  if (opcode === 0xa7 || opcode === 0xa5) return moveHalfword(instruction, activation)
  if (opcode === 0x92) return activation.store(baseOf(instruction, activation), displacement, 1, immediate(instruction.getUint8(1))) // mvi
  if (opcode === 0x47) return first === 0 // bc 0: nop
  const address = indexedBaseOf(instruction, activation)
  const transfer = RX.get(opcode)
  if (transfer !== undefined) return access(first, address, displacement, transfer, activation)
  if (opcode === 0x60 || opcode === 0x70) return activation.store(address, displacement, opcode === 0x60 ? 8 : 4, 'unknown') // std, ste
  if (opcode === 0x41) activation.write(first, shifted(address, displacement)) // la
  return opcode === 0x41
}

function moveBetweenRegisters(instruction: DataView, activation: Activation): boolean {
  const operands = instruction.getUint8(3)
  const opcode = instruction.getUint16(0)
  const isSave = opcode === 0xb3c1 // ldgr
  const isRestore = opcode === 0xb3cd // lgdr
  if (!isSave && !isRestore && !MOVES.has(opcode)) return false
  const source = (operands & 15) + (isRestore ? FLOATING_POINT : 0)
  activation.write((operands >>> 4) + (isSave ? FLOATING_POINT : 0), activation.read(source))
  return true
}

function followSix(instruction: DataView, activation: Activation): boolean {
  const displacement = (instruction.getInt8(4) << 12) | (instruction.getUint16(2) & 0xfff) // 20 bits, signed
  const kind = instruction.getUint8(5)
  switch (instruction.getUint8(0)) {
    case 0xe3:
      return followLong(instruction, kind, displacement, activation)
    case 0xeb:
      return accessMultiple(instruction, kind, displacement, activation)
    case 0xe5:
      return storeHalfword(instruction, activation)
    case 0xc0:
      return moveWord(instruction, activation)
  }
  return false
}

/** RXY format. */
function followLong(instruction: DataView, kind: number, displacement: number, activation: Activation): boolean {
  const first = instruction.getUint8(1) >>> 4
  const address = indexedBaseOf(instruction, activation)
  const transfer = RXY.get(kind)
  if (transfer !== undefined) return access(first, address, displacement, transfer, activation)
  if (kind === 0x71) activation.write(first, shifted(address, displacement)) // lay
  return kind === 0x71
}

/** stmg and lmg: the registers from the first to the last, wrapping around. The address is the base before the instruction. */
function accessMultiple(instruction: DataView, kind: number, displacement: number, activation: Activation): boolean {
  if (kind !== 0x24 && kind !== 0x04) return false
  const [first, last] = [instruction.getUint8(1) >>> 4, instruction.getUint8(1) & 15]
  const base = baseOf(instruction, activation)
  for (let index = 0; index <= ((last - first) & 15); index++) {
    if (!access((first + index) & 15, base, displacement + index * 8, [8, kind === 0x24], activation)) return false
  }
  return true
}

/** SIL format: mvhhi, mvhi, mvghi. */
function storeHalfword(instruction: DataView, activation: Activation): boolean {
  const length = { 0x44: 2, 0x4c: 4, 0x48: 8 }[instruction.getUint8(1)]
  const displacement = instruction.getUint16(2) & 0xfff
  return length !== undefined && activation.store(baseOf(instruction, activation), displacement, length, immediate(instruction.getInt16(4)))
}

function access(
  register: number,
  base: Value,
  displacement: number,
  [length, isStore]: readonly [number, boolean],
  activation: Activation,
): boolean {
  if (isStore) return activation.store(base, displacement, length, activation.read(register))
  return activation.fetch(register, base, displacement, length)
}

/** Number 0 in the field of a base or index register means none. */
function baseOf(instruction: DataView, activation: Activation): Value {
  const base = instruction.getUint8(2) >>> 4
  return base === 0 ? 'unknown' : activation.read(base)
}

function indexedBaseOf(instruction: DataView, activation: Activation): Value {
  return (instruction.getUint8(1) & 15) === 0 ? baseOf(instruction, activation) : 'unknown'
}
