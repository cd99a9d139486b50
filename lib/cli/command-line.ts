/**
 * Parses the command line with Node's own parser. Everything that needs words (help, completion, mistakes) is left to yargs, which costs more
 * start-up than the rest of the program together and is loaded only then.
 */
import { parseArgs } from 'node:util'
import { COMMANDS, type CommandSpec } from './commands.js'
import type { OptionSpec } from './option-spec.js'

export interface CommandLine {
  readonly command: string
  readonly operands: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
}

/** Parses the usual line, or returns `null` for one that needs words. */
export function parseQuickly(argv: readonly string[]): CommandLine | null {
  const [name, ...rest] = argv
  const command = COMMANDS.find(spec => spec.name === name)
  if (command === undefined) return null
  try {
    const { values, positionals, tokens } = parseArgs({
      args: rest,
      options: nodeOptions(command),
      allowPositionals: true,
      strict: true,
      tokens: true,
    })
    const areAccepted = Object.entries(values).every(([option, value]) => isAccepted(value, command.options[option]))
    const takesOperands = command.positional !== ''
    const lacksOperands = takesOperands && positionals.length === 0 && !needsNoOperands(command, Object.keys(values))
    const isRepeated =
      repeatedOption(
        tokens.filter(token => token.kind === 'option'),
        command,
      ) !== null
    if (!areAccepted || isRepeated || lacksOperands || (!takesOperands && positionals.length > 0)) return null
    return { command: command.name, operands: positionals, options: values as CommandLine['options'] }
  } catch {
    return null
  }
}

function isAccepted(value: unknown, spec: OptionSpec | undefined): boolean {
  return spec?.choices?.includes(String(value)) !== false && (value !== '' || spec?.isNeverEmpty !== true)
}

/** Does one of the options given say what to look at? */
export function needsNoOperands({ insteadOfPositional = [] }: CommandSpec, given: readonly string[]): boolean {
  return insteadOfPositional.some(option => given.includes(option))
}

export interface OptionToken {
  readonly name: string
  /** As it was written: `-q`, `--quiet`. */
  readonly rawName: string
  readonly value?: string | undefined
}

/** The first option that is given again and may be given once; `null` where there is none. */
export function repeatedOption(tokens: readonly OptionToken[], { options }: CommandSpec): string | null {
  const names = tokens.map(({ name }) => name)
  return names.find((name, index) => options[name]?.isOnce === true && names.indexOf(name) < index) ?? null
}

type NodeOptions = Record<string, { type: 'string' | 'boolean'; short?: string; multiple?: boolean }>

export function nodeOptions(command: CommandSpec): NodeOptions {
  const options: NodeOptions = {}
  for (const [name, { type, alias, multiple }] of Object.entries(command.options)) {
    options[name] = { type, multiple: multiple === true, ...(alias === undefined ? {} : { short: alias }) }
  }
  return options
}
