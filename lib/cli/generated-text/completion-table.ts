/** The table of commands, prepared for the completions of all shells. */
import { COMMANDS, DEFAULT_COMMAND, PLAIN_FORMATS } from '../commands.js'
import type { CommandSpec, OperandSpec } from '../options/command-spec.js'
import type { OptionSpec } from '../options/option-spec.js'
import type { AnyRule } from '../../lint/rule.js'

/** Candidates at a position: these words, files, directories, or nothing. */
export type Completion = readonly string[] | 'files' | 'directories' | 'nothing'

export interface CompletedOption {
  /** `--format`, `-f`. */
  readonly flags: readonly string[]
  readonly description: string
  readonly isRepeatable: boolean
  /** `null` for an option without a value. */
  readonly value: Completion | null
}

export interface CompletedCommand {
  readonly name: string
  readonly description: string
  /** Its name may be omitted before a path: a first word with a dot or a slash. */
  readonly isDefault: boolean
  readonly operands: Completion
  readonly options: readonly CompletedOption[]
}

const HELP: CompletedOption = { flags: ['--help', '-h'], description: 'Show help', isRepeatable: false, value: null }
const VERSION: CompletedOption = { flags: ['--version', '-V'], description: 'Show version number', isRepeatable: false, value: null }

/** Options without a command. */
export const GENERAL_OPTIONS: readonly CompletedOption[] = [HELP, VERSION]

export function completionTable(rules: readonly AnyRule[]): CompletedCommand[] {
  const help: CompletedCommand = {
    name: 'help',
    description: 'Show the help of a command',
    isDefault: false,
    operands: COMMANDS.map(({ name }) => name),
    options: [],
  }
  return [...COMMANDS.map(command => completedCommand(command, rules)), help]
}

function completedCommand(command: CommandSpec, rules: readonly AnyRule[]): CompletedCommand {
  const { name, description, operand, options } = command
  return {
    name,
    description,
    isDefault: name === DEFAULT_COMMAND,
    operands: operandsOf(operand, rules),
    options: [...Object.entries(options).map(([option, spec]) => completedOption(option, spec, command)), HELP],
  }
}

function operandsOf(operand: OperandSpec | null, rules: readonly AnyRule[]): Completion {
  if (operand === null) return 'nothing'
  if (operand.of === 'rule') return rules.map(({ id }) => id)
  return operand.of === 'path' ? 'files' : operand.of
}

function completedOption(name: string, spec: OptionSpec, command: CommandSpec): CompletedOption {
  const { alias, description, kind } = spec
  return {
    flags: [`--${name}`, ...(alias === undefined ? [] : [`-${alias}`])],
    description,
    isRepeatable: kind === 'list',
    value: kind === 'flag' ? null : valueOf(spec, command),
  }
}

function valueOf(spec: OptionSpec, { formats = PLAIN_FORMATS }: CommandSpec): Completion {
  if (spec.kind === 'choice') return spec.choices
  const named = spec.kind === 'list' ? spec.of : spec.kind
  if (named === 'format') return formats
  return named === 'path' ? 'files' : named === 'directory' ? 'directories' : 'nothing'
}
