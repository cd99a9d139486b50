/**
 * One activation of the function under judgement: its registers and its stack, followed from the entry to the first return.
 *
 * Each machine has a decoder that knows the few instructions of which a function that does nothing can consist, and writes
 * their effect here. What a decoder does not know ends the matter: that function does something.
 */
import type { Value } from './value.js'
import { isStackAddress } from './value.js'

/** Bytes that were stored together. */
interface Stored {
  readonly at: number
  readonly length: number
  readonly value: Value
}

export class Activation {
  /** What the result register holds at the return; null before it. */
  result: Value | null = null
  readonly #registers = new Map<number, Value>()
  /** The store that wrote each byte of the stack last, by offset from the stack pointer at entry. */
  readonly #stored = new Map<number, Stored>()
  readonly #argumentsAt: number

  /** `argumentsAt`: where the arguments lie that are passed in memory, in bytes above the stack pointer at entry. */
  constructor(argumentsAt: number) {
    this.#argumentsAt = argumentsAt
  }

  /** Registers are numbered as the machine's instructions do; a decoder is free to number others (link, floating point) from 32. */
  read(register: number): Value {
    return this.#registers.get(register) ?? 'unknown'
  }

  write(register: number, value: Value): void {
    this.#registers.set(register, value)
  }

  /** The `length` bytes at `address + displacement`; null where that is not known to be in the stack. */
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

  /** Loads into a register; false where that is not known to read the stack. */
  fetch(register: number, address: Value, displacement: number, length: number): boolean {
    const value = this.load(address, displacement, length)
    if (value !== null) this.write(register, value)
    return value !== null
  }

  /** False where `address + displacement` is not known to be in the stack. */
  store(address: Value, displacement: number, length: number, value: Value): boolean {
    if (!isStackAddress(address)) return false
    const at = address.fromEntry + displacement
    const stored = { at, length, value }
    for (let index = 0; index < length; index++) this.#stored.set(at + index, stored)
    return true
  }

  /** Returns to `address`; false unless that is where the caller waits, with its stack pointer as it left it. */
  leave(address: Value | null, stackPointer: Value, result: Value): boolean {
    if (address !== 'return address' || !isStackAddress(stackPointer) || stackPointer.fromEntry !== 0) return false
    this.result = result
    return true
  }
}

/** Zeros behind the code, in bytes, so that a decoder need not ask whether an operand is still there: more than the longest instruction has. */
export const READ_AHEAD = 32

/** Knows the instructions of one machine. */
export interface Decoder {
  /** Registers and stack as the machine's ABI has them at a function's entry. */
  enter(): Activation
  /**
   * Follows the instruction at `at`; gives the offset of the next one, or null if it does something or is not known.
   * A return sets the activation's result. `code` ends with READ_AHEAD zeros that are no part of it.
   */
  step(code: DataView, at: number, activation: Activation): number | null
}
