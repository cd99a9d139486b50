/**
 * Validates TOML values: each reader returns the valid part and appends to `errors`, so that all errors are reported at once.
 */
import { TomlError, parse } from 'smol-toml'
import { UsageError } from '../errors/check-error.js'
import { didYouMean } from './did-you-mean.js'

export type Table = Readonly<Record<string, unknown>>

/** `source` is the name of the file in messages. Throws `UsageError` with line and column. */
export function parseToml(text: string, source: string): Table {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    throw new UsageError(`${source}:${error.line}:${error.column}: ${error.message.split('\n')[0] ?? 'not valid TOML'}`)
  }
}

export function tableOf(value: unknown, place: string, errors: string[]): Table {
  if (value === undefined) return {}
  if (isTable(value)) return value
  errors.push(`${place}: must be a table`)
  return {}
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

export function stringsOf(value: unknown, place: string, errors: string[]): readonly string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value
  errors.push(`${place}: must be a list of strings`)
  return []
}

export function flagOf(value: unknown, place: string, errors: string[]): boolean {
  if (value !== undefined && typeof value !== 'boolean') errors.push(`${place}: must be true or false`)
  return value === true
}

export function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[], place: string, errors: string[]): Choice | null {
  if (value === undefined) return null
  const choice = choices.find(candidate => candidate === value)
  if (choice === undefined) errors.push(`${place}: ${JSON.stringify(value)} is not one of ${choices.join(', ')}`)
  return choice ?? null
}

export function unknownKeys(table: Table, known: readonly string[], prefix: string): string[] {
  return Object.keys(table)
    .filter(key => !known.includes(key))
    .map(key => `${prefix}${key}: unknown setting${didYouMean(key, known)}`)
}
