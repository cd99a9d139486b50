/**
 * One activation of the analysed function: its registers and its stack, tracked from the entry to the first return.
 *
 * Each machine has a decoder that knows the few instructions that stubs consist of, and records
 * their effect here. A function with any other instruction is not a stub.
 */
import type { Value } from './value.js'
import { isStackAddress } from './value.js'

/** Bytes that one instruction stored. */
interface Stored {
  readonly at: number
  readonly length: number
  readonly value: Value
}

export class Activation {
  /** The value of the result register at the return; `null` before it. */
  result: Value | null = null
  readonly #registers = new Map<number, Value>()
  /** The last store to each byte of the stack, by offset from the stack pointer at entry. */
  readonly #stored = new Map<number, Stored>()
  readonly #argumentsAt: number

  /** `argumentsAt`: offset of the arguments passed in memory, in bytes above the stack pointer at entry. */
  constructor(argumentsAt: number) {
    this.#argumentsAt = argumentsAt
  }

  /** Registers are numbered as in the machine's instructions; decoders may number others (link, floating point) from 32. */
  read(register: number): Value {
    return this.#registers.get(register) ?? 'unknown'
  }

  write(register: number, value: Value): void {
    this.#registers.set(register, value)
  }

  /** The value of the `length` bytes at `address + displacement`; `null` unless that is known to be in the stack. */
  load(address: Value, displacement: number, length: number): Value | null {
    if (!isStackAddress(address)) return null
    const at = address.fromEntry + displacement
    const last = this.#stored.get(at)
    for (let index = 1; index < length; index++) {
      if (this.#stored.get(at + index) !== last) return 'unknown'
    }
    if (last === undefined) return at >= this.#argumentsAt ? 'argument' : 'unknown'
    return last.at === at && last.length === length ? last.value : 'unknown'
  }

  /** Loads into a register; `false` unless it is known to read the stack. */
  fetch(register: number, address: Value, displacement: number, length: number): boolean {
    const value = this.load(address, displacement, length)
    if (value !== null) this.write(register, value)
    return value !== null
  }

  /** `false` unless `address + displacement` is known to be in the stack. */
  store(address: Value, displacement: number, length: number, value: Value): boolean {
    if (!isStackAddress(address)) return false
    const at = address.fromEntry + displacement
    const stored = { at, length, value }
    for (let index = 0; index < length; index++) this.#stored.set(at + index, stored)
    return true
  }

  /** Returns to `address`; `false` unless that is the return address, with the caller's stack pointer restored. */
  leave(address: Value | null, stackPointer: Value, result: Value): boolean {
    if (address !== 'return address' || !isStackAddress(stackPointer) || stackPointer.fromEntry !== 0) return false
    this.result = result
    return true
  }
}

/** Bytes of zeros after the code, so that a decoder need not check whether an operand is complete: more than the longest instruction. */
export const READ_AHEAD = 32

/** Decodes the instructions of one machine. */
export interface Decoder {
  /** Registers and stack at a function's entry, by the machine's ABI. */
  enter(): Activation
  /**
   * Executes the instruction at `at`; returns the offset of the next one, or `null` if it has another effect or is not known.
   * A return sets the activation's result. `code` ends with READ_AHEAD zeros that are not part of it.
   */
  step(code: DataView, at: number, activation: Activation): number | null
}
