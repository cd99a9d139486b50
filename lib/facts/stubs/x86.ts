/**
 * x86-64 and i386: the instructions of stubs.
 *
 * Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2; System V ABI, AMD64 and Intel386 supplements, 3.2
 * (the result is in rax or eax; i386 passes all arguments in memory). The stack protector's check is the one branch that is followed:
 * glibc keeps its guard at fs:0x28 and gs:0x14.
 */
import type { Decoder } from './activation.js'
import { Activation, READ_AHEAD } from './activation.js'
import { ENTRY, immediate, shifted } from './value.js'
import type { Value } from './value.js'
import { FLAGS, followModrm, followTwoBytes, isGuard } from './x86-modrm.js'
import type { Instruction } from './x86-operand.js'
import { decodeInstruction, immediateOf } from './x86-operand.js'

const RESULT = 0
const DX = 2
const SP = 4
const BP = 5

export const x86_64: Decoder = decoderOf(8, [7, 6, DX, 1, 8, 9]) // rdi rsi rdx rcx r8 r9
export const i386: Decoder = decoderOf(4, [])

function decoderOf(word: number, argumentRegisters: readonly number[]): Decoder {
  return {
    enter() {
      const activation = new Activation(word)
      activation.write(RESULT, 'no result')
      for (const register of argumentRegisters) activation.write(register, 'argument')
      activation.write(SP, ENTRY)
      activation.store(ENTRY, 0, word, 'return address')
      return activation
    },
    step: (code, at, activation) => follow(decodeInstruction(code, at, word), activation),
  }
}

/** Instructions are tried by the shape of their operands. */
function follow(instruction: Instruction, activation: Activation): number | null {
  const { opcode, at, repeat } = instruction
  if (opcode === 0xc3) return leave(activation, instruction.word) ? at : null // ret; rep ret of old compilers, bnd ret
  if (opcode === 0x0f) return followTwoBytes(instruction, activation)
  if (repeat !== 0) return null
  return (
    followPlain(instruction, activation) ??
    followRegister(instruction, activation) ??
    followImmediate(instruction, activation) ??
    followModrm(instruction, activation)
  )
}

function leave(activation: Activation, word: number): boolean {
  const stackPointer = activation.read(SP)
  return activation.leave(activation.load(stackPointer, 0, word), stackPointer, activation.read(RESULT))
}

/** Opcodes without operands. */
function followPlain(instruction: Instruction, activation: Activation): number | null {
  const { opcode, at, code, word } = instruction
  switch (opcode) {
    case 0x90: // nop
    case 0x98: // cwde, cdqe
      return at
    case 0x99: // cdq: the upper half of a long long
      activation.write(DX, 'unknown')
      return at
    case 0xc9: // leave
      activation.write(SP, activation.read(BP))
      return pop(BP, activation, word) ? at : null
    case 0x74: // je
    case 0x75: // jne
      return activation.read(FLAGS) === 'stack guard' ? at + 1 + (opcode === 0x74 ? code.getInt8(at) : 0) : null
    case 0xa1: // mov moffs,%eax
      if (word === 8 || !isGuard(instruction, code.getInt32(at, true))) return null
      activation.write(RESULT, 'stack guard')
      return at + 4
    case 0xe8:
      return word === 4 ? followThunk(instruction, activation) : null
  }
  return null
}

/**
 * Unoptimised PIC code of i386 begins with `call __x86.get_pc_thunk.ax; add $_GLOBAL_OFFSET_TABLE_,%eax` whether it needs it or not.
 * The thunk (mov (%esp),%eax; ret) is decoded if it is in range; otherwise the pair of instructions suffices.
 */
function followThunk({ code, at }: Instruction, activation: Activation): number | null {
  const target = at + 4 + code.getInt32(at, true)
  const isInSight = target >= 0 && target + 4 <= code.byteLength - READ_AHEAD
  if (isInSight && code.getUint32(target) !== 0x8b0424c3) return null
  if (code.getUint8(at + 4) !== 0x05) return null // add $imm32,%eax
  activation.write(RESULT, 'no result')
  return at + 9
}

/** Opcodes with a register in their lowest three bits. */
function followRegister({ opcode, at, code, word, length, rex }: Instruction, activation: Activation): number | null {
  const register = (opcode & 7) | ((rex & 1) << 3)
  switch (opcode & 0xf8) {
    case 0x50:
      return length !== 2 && push(activation.read(register), activation, word) ? at : null
    case 0x58:
      return length !== 2 && pop(register, activation, word) ? at : null
    case 0xb8: // mov $imm: the only one that can have eight bytes
      activation.write(register, immediate(length === 8 ? code.getBigInt64(at, true) : immediateOf(code, at, length)))
      return at + length
    case 0xb0: // mov $imm8: a whole char
      if (register > 3) return null // or the second byte of a register
      activation.write(register, immediate(code.getUint8(at)))
      return at + 1
  }
  return null
}

function followImmediate({ opcode, at, code, word, length }: Instruction, activation: Activation): number | null {
  if (length === 2) return null
  if (opcode === 0x6a) return push(immediate(code.getInt8(at)), activation, word) ? at + 1 : null
  if (opcode === 0x68) return push(immediate(code.getInt32(at, true)), activation, word) ? at + 4 : null
  return null
}

function push(value: Value, activation: Activation, word: number): boolean {
  activation.write(SP, shifted(activation.read(SP), -word))
  return activation.store(activation.read(SP), 0, word, value)
}

function pop(register: number, activation: Activation, word: number): boolean {
  const stackPointer = activation.read(SP)
  activation.write(SP, shifted(stackPointer, word))
  return activation.fetch(register, stackPointer, 0, word)
}
