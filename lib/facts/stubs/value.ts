/**
 * What a register or a stack slot holds, as far as it tells whether a function does nothing.
 *
 * `no result`: what the result register held at entry, or what a prologue left in it: nothing that the function gave its caller.
 * `argument`: one of the caller's arguments, unchanged (widening and narrowing to a C type do not count as change).
 * `constant`: a number other than zero that stands in the instructions themselves; never an address computed from the program counter.
 * `return address`, `stack guard`: known only to be recognised where they are used.
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

/** The value of a number that an instruction carries. */
export function immediate(number: number | bigint): Value {
  return BigInt(number) === 0n ? 'zero' : 'constant'
}

/** A constant of which an instruction replaces or sets the part `number`; `unknown` where the rest is no constant. */
export function combined(value: Value, number: number): Value {
  if (value === 'zero') return immediate(number)
  return value === 'constant' || number === 0 ? value : 'unknown'
}

/** The value plus `bytes`: stack addresses move, whatever else is added to is no longer known. */
export function shifted(value: Value, bytes: number): Value {
  if (isStackAddress(value)) return { fromEntry: value.fromEntry + bytes }
  return bytes === 0 ? value : 'unknown'
}
