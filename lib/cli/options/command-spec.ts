/** A command as plain data, for the parser, help, completions and the manual page. */
import type { Options } from './option-spec.js'

export interface OperandSpec {
  readonly name: string
  readonly isRequired: boolean
  readonly isRepeated: boolean
  /** The words allowed, or the kind to complete: paths, or ids of rules. */
  readonly of: readonly string[] | 'path' | 'rule'
}

export interface CommandSpec {
  readonly name: string
  /** `null` for a command without operands. */
  readonly operand: OperandSpec | null
  /** Options that replace the operands. */
  readonly insteadOfOperand?: readonly string[]
  readonly description: string
  readonly options: Options
  /** Groups of options in help, with titles; the other options come first. */
  readonly groups?: readonly (readonly [title: string, options: Options])[]
  readonly examples: readonly (readonly [line: string, meaning: string])[]
  /** The formats it prints; text and json by default. */
  readonly formats?: readonly string[]
  /** Additional text at the end of its help. */
  readonly epilogue?: string
}

/** `<path..>`, `[shell]`, or nothing. */
export function operandText(operand: OperandSpec | null): string {
  if (operand === null) return ''
  const name = `${operand.name}${operand.isRepeated ? '..' : ''}`
  return operand.isRequired ? `<${name}>` : `[${name}]`
}
