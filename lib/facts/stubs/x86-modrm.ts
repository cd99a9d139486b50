/**
 * x86 instructions with a ModRM operand, as far as stubs have them.
 *
 * Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, appendix A (opcode maps).
 */
import type { Activation } from './activation.js'
import type { Value } from './value.js'
import { combined, immediate, shifted } from './value.js'
import type { Instruction, Operand } from './x86-operand.js'
import { decodeOperand, immediateOf } from './x86-operand.js'

/** A register number of ours: holds `stack guard` after the guard was compared with itself. */
export const FLAGS = 32

const FS = 0x64
const GS = 0x65
const REP = 0xf3
const ENDBR64 = 0xfa
const ENDBR32 = 0xfb

/** Opcodes of one byte. Returns the offset of the next instruction, or `null`. */
export function followModrm(instruction: Instruction, activation: Activation): number | null {
  const operand = decodeOperand(instruction, instruction.at)
  switch (instruction.opcode) {
    case 0x88: // mov from a byte register
      return store(instruction, operand, 1, narrow(instruction, operand, activation), activation)
    case 0x89:
      return store(instruction, operand, instruction.length, activation.read(operand.field), activation)
    case 0x8b:
      return load(instruction, operand, instruction.length, activation)
    case 0x63: // movsxd
      return instruction.word === 8 ? load(instruction, operand, 4, activation) : null
    case 0xc6:
    case 0xc7:
      return storeImmediate(instruction, operand, activation)
    case 0x8d: // lea
      return loadAddress(operand, activation)
    case 0x30: // xor, sub, cmp, of which only x - x and the stack protector's check do nothing
    case 0x31:
    case 0x29:
    case 0x32:
    case 0x33:
    case 0x2b:
    case 0x3b:
      return cancel(instruction, operand, activation)
    case 0x81:
    case 0x83:
      return computeImmediate(instruction, operand, activation)
    case 0xff:
      return step(operand, activation)
  }
  return null
}

/** Opcodes of two bytes, 0x0f the first. */
export function followTwoBytes(instruction: Instruction, activation: Activation): number | null {
  const { code, at, repeat } = instruction
  const opcode = code.getUint8(at)
  const operand = decodeOperand(instruction, at + 1)
  if (opcode === 0x1e) return repeat === REP && [ENDBR64, ENDBR32].includes(code.getUint8(at + 1)) ? at + 2 : null
  if (opcode === 0x1f) return operand.field === 0 ? operand.end : null // nop of any length
  if (opcode === 0x11 || opcode === 0x29) return storeVector(instruction, operand, opcode, activation)
  if (repeat !== 0) return null
  if (opcode === 0xb6 || opcode === 0xbe) return load(instruction, operand, 1, activation) // movzx, movsx
  return opcode === 0xb7 || opcode === 0xbf ? load(instruction, operand, 2, activation) : null
}

/** Is the memory operand, given by its displacement alone, glibc's stack protector guard? */
export function isGuard({ word, segment }: Instruction, displacement: number): boolean {
  return word === 8 ? segment === FS && displacement === 0x28 : segment === GS && displacement === 0x14
}

/** The value of a register or memory operand; `null` for memory other than the stack. */
function valueOf(instruction: Instruction, operand: Operand, length: number, activation: Activation): Value | null {
  if (operand.register !== null) return activation.read(operand.register)
  if (operand.base === null) return isGuard(instruction, operand.displacement) ? 'stack guard' : null
  return instruction.segment === 0 ? activation.load(activation.read(operand.base), operand.displacement, length) : null
}

function load(instruction: Instruction, operand: Operand, length: number, activation: Activation): number | null {
  const value = valueOf(instruction, operand, length, activation)
  if (value === null) return null
  activation.write(operand.field, value)
  return operand.end
}

function store(instruction: Instruction, operand: Operand, length: number, value: Value, activation: Activation): number | null {
  if (operand.register !== null && length > 1) activation.write(operand.register, value)
  else if (operand.base === null || instruction.segment !== 0) return null
  else if (!activation.store(activation.read(operand.base), operand.displacement, length, value)) return null
  return operand.end
}

/** Byte registers 4 to 7 are the second bytes of the first four, unless there is a REX prefix. */
function narrow({ rex }: Instruction, { field }: Operand, activation: Activation): Value {
  return field > 3 && rex === 0 ? 'unknown' : activation.read(field)
}

/** The immediate has the length of the operand, four bytes at most. */
function storeImmediate(instruction: Instruction, operand: Operand, activation: Activation): number | null {
  if (operand.field !== 0) return null
  const length = instruction.opcode === 0xc6 ? 1 : instruction.length
  const width = Math.min(length, 4)
  const number = immediateOf(instruction.code, operand.end, width)
  return store(instruction, operand, length, immediate(number), activation) === null ? null : operand.end + width
}

/** With a scaled index or relative to the program counter it computes an address; so does adding to anything but the stack pointer. */
function loadAddress(operand: Operand, activation: Activation): number | null {
  if (operand.register !== null) return null
  activation.write(operand.field, operand.base === null ? 'unknown' : shifted(activation.read(operand.base), operand.displacement))
  return operand.end
}

function cancel(instruction: Instruction, operand: Operand, activation: Activation): number | null {
  const isComparison = instruction.opcode === 0x3b
  const isOfGuards =
    valueOf(instruction, operand, instruction.word, activation) === 'stack guard' && activation.read(operand.field) === 'stack guard'
  if (!isOfGuards && (isComparison || operand.register !== operand.field)) return null
  activation.write(FLAGS, isOfGuards ? 'stack guard' : 'unknown')
  if (!isComparison) activation.write(operand.field, isOfGuards ? 'no result' : 'zero')
  return operand.end
}

/** The group of add, or, and, sub, with a register and a number. */
function computeImmediate(instruction: Instruction, operand: Operand, activation: Activation): number | null {
  if (operand.register === null || instruction.length === 2) return null
  const width = instruction.opcode === 0x83 ? 1 : 4
  const value = computed(operand.field & 7, activation.read(operand.register), immediateOf(instruction.code, operand.end, width))
  if (value === null) return null
  activation.write(FLAGS, 'unknown')
  activation.write(operand.register, value)
  return operand.end + width
}

function computed(operation: number, value: Value, number: number): Value | null {
  switch (operation) {
    case 0:
      return shifted(value, number)
    case 1: // or $-1 is the shortest way to -1
      return number === -1 ? 'constant' : combined(value, number)
    case 4:
      return number === 0 ? 'zero' : null
    case 5:
      return shifted(value, -number)
  }
  return null
}

/** inc and dec of zero make a short 1 and -1; the rest of this group jumps, calls or pushes. */
function step({ field, register, end }: Operand, activation: Activation): number | null {
  if (register === null || field > 1 || activation.read(register) !== 'zero') return null
  activation.write(register, 'constant')
  return end
}

/** movss, movsd, movups and movaps into the stack: floating-point parameters of unoptimised code. */
function storeVector(instruction: Instruction, operand: Operand, opcode: number, activation: Activation): number | null {
  const length = opcode === 0x29 || instruction.repeat === 0 ? 16 : instruction.repeat === REP ? 4 : 8
  return operand.register !== null ? null : store(instruction, operand, length, 'unknown', activation)
}
