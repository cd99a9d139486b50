/** What can be completed where: the table of commands, as both shells need it. */
import { COMMANDS, PLAIN_FORMATS, type CommandSpec } from '../commands.js'
import type { OptionSpec } from '../option-spec.js'
import type { AnyRule } from '../../lint/rule.js'

/** What may stand somewhere: one of these words, files, directories, or nothing that could be completed. */
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
  readonly operands: Completion
  readonly options: readonly CompletedOption[]
}

const HELP: CompletedOption = { flags: ['--help', '-h'], description: 'Show help', isRepeatable: false, value: null }
const VERSION: CompletedOption = { flags: ['--version'], description: 'Show version number', isRepeatable: false, value: null }

/** Of the command line before there is a command. */
export const GENERAL_OPTIONS: readonly CompletedOption[] = [HELP, VERSION]

export function completionTable(rules: readonly AnyRule[]): CompletedCommand[] {
  const completion: CompletedCommand = {
    name: 'completion',
    description: 'Print a completion script for the shell',
    operands: 'nothing',
    options: [],
  }
  return [...COMMANDS.map(command => completedCommand(command, rules)), completion]
}

function completedCommand(command: CommandSpec, rules: readonly AnyRule[]): CompletedCommand {
  const { name, description, positional, options } = command
  return {
    name,
    description,
    operands: operandsOf(positional, rules),
    options: [...Object.entries(options).map(([option, spec]) => completedOption(option, spec, command)), HELP],
  }
}

function operandsOf(positional: string, rules: readonly AnyRule[]): Completion {
  if (positional === '') return 'nothing'
  return positional.includes('rule') ? rules.map(({ id }) => id) : 'files'
}

function completedOption(name: string, spec: OptionSpec, { formats = PLAIN_FORMATS }: CommandSpec): CompletedOption {
  const { alias, description, multiple, type, choices, names } = spec
  const named = names === 'format' ? formats : names === 'directory' ? 'directories' : 'files'
  return {
    flags: [`--${name}`, ...(alias === undefined ? [] : [`-${alias}`])],
    description,
    isRepeatable: multiple === true,
    value: type === 'boolean' ? null : (choices ?? named),
  }
}
