/**
 * The abstract value of a register or a stack slot, as far as it matters for recognising stubs.
 *
 * `no result`: the result register's value at entry, or what a prologue left in it: not a result of the function.
 * `argument`: one of the caller's arguments, unchanged (widening and narrowing to a C type do not count as change).
 * `constant`: an immediate number other than zero; never an address computed from the program counter.
 * `return address`, `stack guard`: tracked only to recognise their uses.
 */
export type Value = 'no result' | 'argument' | 'zero' | 'constant' | 'return address' | 'stack guard' | 'unknown' | StackAddress

/** An address in the stack, in bytes from the stack pointer at entry: negative in the function's own frame. */
export interface StackAddress {
  readonly fromEntry: number
}

/** The stack pointer at entry. */
export const ENTRY: StackAddress = { fromEntry: 0 }

export function isStackAddress(value: Value): value is StackAddress {
  return typeof value === 'object'
}

/** The value of an immediate number. */
export function immediate(number: number | bigint): Value {
  return BigInt(number) === 0n ? 'zero' : 'constant'
}

/** A constant of which an instruction replaces or sets the part `number`; `unknown` if the rest is not a constant. */
export function combined(value: Value, number: number): Value {
  if (value === 'zero') return immediate(number)
  return value === 'constant' || number === 0 ? value : 'unknown'
}

/** The value plus `bytes`: stack addresses move, all other values become unknown. */
export function shifted(value: Value, bytes: number): Value {
  if (isStackAddress(value)) return { fromEntry: value.fromEntry + bytes }
  return bytes === 0 ? value : 'unknown'
}
