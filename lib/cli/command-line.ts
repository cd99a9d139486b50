/** Parses the command line: a command with its operands and option values, or a request for help or the version. */
import { UsageError } from '../errors/check-error.js'
import { didYouMean } from '../lint/did-you-mean.js'
import { COMMANDS, DEFAULT_COMMAND, type Command } from './commands.js'
import { operandText, type CommandSpec } from './options/command-spec.js'
import type { Options, ValuesOf } from './options/option-spec.js'
import { splitWords, valuesOf, type GivenOption } from './options/read-options.js'

type LineOf<Spec extends CommandSpec> = {
  readonly command: Spec['name']
  readonly operands: readonly string[]
  readonly options: ValuesOf<Spec['options']>
}

type CommandLines = { readonly [Spec in Command as Spec['name']]: LineOf<Spec> }

/** What the command `Name` receives. */
export type CommandLine<Name extends keyof CommandLines> = CommandLines[Name]

/** `of` is a command, or `null` for the program as a whole. */
export type HelpLine = { readonly command: 'help'; readonly of: CommandSpec | null }

export type Line = CommandLines[keyof CommandLines] | HelpLine | { readonly command: 'version' }

/** Accepted before and after a command. */
const GENERAL = {
  help: { kind: 'flag', alias: 'h', description: 'Show help' },
  version: { kind: 'flag', alias: 'V', description: 'Show version number' },
} as const satisfies Options

/** `argv` excludes the program's name. Throws `UsageError` for the first error, with a suggestion. */
export function parseCommandLine(argv: readonly string[]): Line {
  const [first, ...rest] = argv
  if (first === undefined) throw new UsageError('no command given')
  if (first === 'help') return generalLine(['--help', ...rest])
  if (first.startsWith('-') && first !== '-') return generalLine(argv)
  const command = COMMANDS.find(({ name }) => name === first)
  if (command !== undefined) return lineOf(command, rest)
  if (!isPath(first)) throw new UsageError(unknownCommand(first))
  return lineOf(commandNamed(DEFAULT_COMMAND), argv)
}

/** A path instead of a command is checked: `rpmlint-ts a.rpm`. */
function isPath(word: string): boolean {
  return word === '-' || /[/.]/.test(word)
}

/** `help`, `help check`, `--help`, `--help check`, `--version`. */
function generalLine(words: readonly string[]): Line {
  const { given, operands } = splitWords(words, GENERAL)
  const { version, help } = valuesOf(given, GENERAL)
  if (version && !help) return { command: 'version' }
  if (!help) throw new UsageError('no command given') // `--` alone
  const [name] = operands
  return { command: 'help', of: name === undefined || name === 'help' ? null : commandNamed(name) }
}

function commandNamed(name: string): CommandSpec {
  const command = COMMANDS.find(spec => spec.name === name)
  if (command === undefined) throw new UsageError(unknownCommand(name))
  return command
}

function unknownCommand(word: string): string {
  return `unknown command ${word}${didYouMean(word, [...COMMANDS.map(({ name }) => name), 'help'])}`
}

function lineOf(command: CommandSpec, words: readonly string[]): Line {
  const { given, operands } = splitWords(words, { ...GENERAL, ...command.options })
  if (given.some(({ name }) => name === 'help')) return { command: 'help', of: command }
  if (given.some(({ name }) => name === 'version')) return { command: 'version' }
  const options = valuesOf(given, command.options, GENERAL)
  requireOperands(command, operands, given)
  return { command: command.name, operands, options } as Line // the type is derived from the table
}

function requireOperands(
  { name, operand, insteadOfOperand = [] }: CommandSpec,
  operands: readonly string[],
  given: readonly GivenOption[],
): void {
  const most = operand === null ? 0 : operand.isRepeated ? Infinity : 1
  if (operands.length > most) throw new UsageError(`${name}: unexpected argument ${operands[most]}`)
  if (operand === null) return
  const isReplaced = given.some(option => insteadOfOperand.includes(option.name))
  if (operand.isRequired && operands.length === 0 && !isReplaced) {
    const needs = [operandText(operand), ...insteadOfOperand.map(option => `--${option}`)]
    throw new UsageError(`${name} needs ${needs.join(' or ')}`)
  }
  if (typeof operand.of !== 'string') for (const word of operands) requireWord(word, operand.name, operand.of)
}

function requireWord(word: string, kind: string, words: readonly string[]): void {
  if (!words.includes(word)) throw new UsageError(`unknown ${kind} ${word}${didYouMean(word, words)}; use one of ${words.join(', ')}`)
}
