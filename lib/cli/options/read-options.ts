/**
 * Parses the words after a command by its table of options, into operands and a typed value for each option.
 *
 * parseArgs only splits them into tokens; they are validated here, for consistent error messages.
 */
import { parseArgs } from 'node:util'
import { UsageError } from '../../errors/check-error.js'
import { didYouMean } from '../../lint/did-you-mean.js'
import { isDay } from '../../lint/suppression/day.js'
import type { Options, OptionSpec, ValuesOf } from './option-spec.js'

export interface GivenOption {
  readonly name: string
  /** As written: `-q`, `--quiet`. */
  readonly rawName: string
  readonly value?: string | undefined
  /** `--option=value` in one word. */
  readonly inlineValue?: boolean | undefined
}

export interface Words {
  readonly given: readonly GivenOption[]
  readonly operands: readonly string[]
}

/** Options and operands may be mixed; after `--` everything is an operand. */
export function splitWords(words: readonly string[], options: Options): Words {
  const { positionals, tokens } = parseArgs({
    args: [...words],
    options: nodeOptions(options),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  return { given: tokens.filter(token => token.kind === 'option'), operands: positionals }
}

function nodeOptions(options: Options): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const entries = Object.entries(options).map(([name, { kind, alias }]) => {
    const type = kind === 'flag' ? ('boolean' as const) : ('string' as const)
    return [name, { type, ...(alias === undefined ? {} : { short: alias }) }] as const
  })
  return Object.fromEntries(entries)
}

/** A value for every option of the table. Throws `UsageError` for the first error; `others` are further options to suggest. */
export function valuesOf<Table extends Options>(given: readonly GivenOption[], options: Table, others: Options = {}): ValuesOf<Table> {
  const names = [...Object.keys(options), ...Object.keys(others)]
  for (const option of given) requireValid(option, options, names)
  requireOnce(given, options)
  const values = Object.entries(options).map(([name, spec]) => [name, valueOf(spec, valuesGiven(name, given))])
  return Object.fromEntries(values) as ValuesOf<Table>
}

function valuesGiven(name: string, given: readonly GivenOption[]): readonly string[] {
  return given.filter(option => option.name === name).map(({ value = 'true' }) => value)
}

function valueOf({ kind }: OptionSpec, values: readonly string[]): boolean | number | string | readonly string[] | null {
  const last = values.at(-1)
  if (kind === 'list') return values
  if (kind === 'flag') return last === 'true'
  if (last === undefined) return null
  return kind === 'count' ? Number(last) : last
}

function requireValid(option: GivenOption, options: Options, names: readonly string[]): void {
  const { name, rawName } = option
  const spec = Object.hasOwn(options, name) ? options[name] : undefined
  if (spec === undefined) throw new UsageError(`unknown option ${rawName}${didYouMean(name, names, '--')}`)
  if (spec.kind === 'flag') requireFlag(option)
  else requireValue(option, spec)
}

function requireFlag({ rawName, value }: GivenOption): void {
  if (value === undefined || value === 'true' || value === 'false') return
  throw new UsageError(`${rawName}=${value}: expects true or false`)
}

function requireValue({ name, value, inlineValue = false }: GivenOption, spec: OptionSpec): void {
  const isMissing = value === undefined || (!inlineValue && looksLikeOption(value))
  const isEmpty = value === '' && 'isNeverEmpty' in spec && spec.isNeverEmpty
  if (isMissing || isEmpty) throw new UsageError(`--${name} needs a value`)
  const error = errorIn(value, spec)
  if (error !== null) throw new UsageError(`--${name} ${value}: ${error}`)
}

/** `-` is standard input or output, and -1 a number. */
function looksLikeOption(word: string): boolean {
  return /^-[^\d]/.test(word)
}

function errorIn(value: string, spec: OptionSpec): string | null {
  switch (spec.kind) {
    case 'choice':
      return spec.choices.includes(value) ? null : `must be one of ${spec.choices.join(', ')}${didYouMean(value, spec.choices)}`
    case 'count':
      if (/^\d+$/.test(value) || (value === '-1' && spec.isLimit === true)) return null
      return `must be a whole number${spec.isLimit === true ? ', or -1 for no limit' : ''}`
    case 'day':
      return isDay(value) ? null : 'must be a date of the form YYYY-MM-DD'
    default:
      return null
  }
}

function requireOnce(given: readonly GivenOption[], options: Options): void {
  const names = given.map(({ name }) => name)
  const isRepeated = (name: string, index: number): boolean => isOnce(options[name]) && names.indexOf(name) < index
  const repeated = names.find(isRepeated)
  if (repeated !== undefined) throw new UsageError(`--${repeated} may be given only once`)
}

function isOnce(spec: OptionSpec | undefined): boolean {
  return spec !== undefined && 'isOnce' in spec && spec.isOnce
}
