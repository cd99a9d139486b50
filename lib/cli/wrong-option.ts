/**
 * What is wrong with the options of a line, by Node's reading of it. yargs would take the word behind an option that it does not know for its value, any
 * value of a flag but `true` for false, and the last of several build roots for the only one.
 */
import { parseArgs } from 'node:util'
import { didYouMean } from '../lint/did-you-mean.js'
import { nodeOptions, type OptionToken, repeatedOption } from './command-line.js'
import { COMMANDS, type CommandSpec } from './commands.js'
import type { OptionSpec } from './option-spec.js'

const OF_EVERY_COMMAND: ReadonlySet<string> = new Set(['help', 'version', 'h', 'V'])

/** The first mistake, as a sentence; `null` where there is none, or where the line asks for help. */
export function wrongOption(argv: readonly string[]): string | null {
  const command = COMMANDS.find(({ name }) => name === argv[0])
  if (command === undefined) return null
  const { tokens } = parseArgs({
    args: argv.slice(1),
    options: nodeOptions(command),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const options = tokens.filter(token => token.kind === 'option')
  if (options.some(({ name }) => OF_EVERY_COMMAND.has(name))) return null
  return options.map(token => mistakeOf(token, command)).find(mistake => mistake !== null) ?? repetition(options, command)
}

function mistakeOf({ name, rawName, value }: OptionToken, { options }: CommandSpec): string | null {
  const spec = Object.hasOwn(options, name) ? options[name] : undefined
  if (spec === undefined) return `there is no option ${rawName}${didYouMean(name, Object.keys(options))}`
  return spec.type === 'boolean' ? wrongFlag(rawName, value) : wrongValue(name, value, spec)
}

function wrongFlag(rawName: string, value: string | undefined): string | null {
  return value === undefined || value === 'true' || value === 'false' ? null : `${rawName}=${value}: takes no value but true or false`
}

function wrongValue(name: string, value: string | undefined, { choices, isNeverEmpty }: OptionSpec): string | null {
  if (value === undefined || value.startsWith('--') || (value === '' && isNeverEmpty === true)) return `--${name} needs a value`
  if (choices === undefined || choices.includes(value)) return null
  return `--${name} ${value}: must be one of ${choices.join(', ')}${didYouMean(value, choices)}`
}

function repetition(tokens: readonly OptionToken[], command: CommandSpec): string | null {
  const name = repeatedOption(tokens, command)
  return name === null ? null : `--${name} can be given once: a second one would take the place of the first, and nobody would look at that`
}
