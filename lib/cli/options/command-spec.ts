/** A command as plain data: what parser, help, completion and the manual page know of it. */
import type { Options } from './option-spec.js'

export interface OperandSpec {
  readonly name: string
  readonly isRequired: boolean
  readonly isRepeated: boolean
  /** These words alone, or what completion offers: paths, or ids of rules. */
  readonly of: readonly string[] | 'path' | 'rule'
}

export interface CommandSpec {
  readonly name: string
  /** `null` for a command without operands. */
  readonly operand: OperandSpec | null
  /** Options that say what to look at instead of operands, or leave nothing to look at. */
  readonly insteadOfOperand?: readonly string[]
  readonly description: string
  readonly options: Options
  /** Options that help shows together, under a title; the others stand before them. */
  readonly groups?: readonly (readonly [title: string, options: Options])[]
  readonly examples: readonly (readonly [line: string, meaning: string])[]
  /** The formats it prints; text and json by default. */
  readonly formats?: readonly string[]
  /** More for the end of its help. */
  readonly epilogue?: string
}

/** `<path..>`, `[shell]`, or nothing. */
export function operandText(operand: OperandSpec | null): string {
  if (operand === null) return ''
  const name = `${operand.name}${operand.isRepeated ? '..' : ''}`
  return operand.isRequired ? `<${name}>` : `[${name}]`
}
