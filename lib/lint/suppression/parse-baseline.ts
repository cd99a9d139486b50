/** A baseline from its JSON, schema rpmlint-ts/baseline/1. All errors are reported at once. */
import { UsageError } from '../../errors/check-error.js'
import type { Severity } from '../rule.js'
import { isTable, type Table } from '../toml.js'
import type { Baseline, BaselineEntry } from './baseline.js'

export const BASELINE_SCHEMA = 'rpmlint-ts/baseline/1'

const SEVERITIES: readonly unknown[] = ['error', 'warning', 'info'] satisfies readonly Severity[]

/** What each field must be; other fields are ignored. */
const FIELDS: Readonly<Record<keyof BaselineEntry, readonly [check: (value: unknown) => boolean, words: string]>> = {
  fingerprint: [value => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value), 'must be 32 hexadecimal digits'],
  rule: [isText, 'must be a string'],
  severity: [value => SEVERITIES.includes(value), 'must be error, warning or info'],
  package: [isTextOrNull, 'must be a string or null'],
  arch: [isTextOrNull, 'must be a string or null'],
  file: [isTextOrNull, 'must be a string or null'],
  symbols: [value => Array.isArray(value) && value.every(isText), 'must be a list of strings'],
  reason: [value => isText(value) && value !== '', 'must be a non-empty string'],
}

/** `file` is its name in messages. Throws `UsageError`, one line per error. */
export function parseBaseline(text: string, file: string): Baseline {
  const value = parseJson(text, file)
  if (!isTable(value) || value['schema'] !== BASELINE_SCHEMA || !Array.isArray(value['findings']))
    throw new UsageError(`${file}: not a baseline file (expected the schema ${BASELINE_SCHEMA} and a list of findings)`)
  const findings: readonly unknown[] = value['findings']
  const errors = findings.flatMap((entry, index) => errorsOf(entry).map(error => `${file}: findings[${index}]${error}`))
  if (errors.length > 0) throw new UsageError(errors.join('\n'))
  return { file, entries: (findings as readonly BaselineEntry[]).map(entryOf) }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${file}: invalid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function errorsOf(entry: unknown): string[] {
  if (!isTable(entry)) return [': must be an object']
  const fields: readonly [string, (typeof FIELDS)[keyof BaselineEntry]][] = Object.entries(FIELDS)
  return fields.flatMap(([key, [check, words]]) => (check(valueOf(entry, key)) ? [] : [`.${key}: ${words}`]))
}

function valueOf(entry: Table, key: string): unknown {
  return Object.hasOwn(entry, key) ? entry[key] : undefined
}

function entryOf({ fingerprint, rule, severity, package: name, arch, file, symbols, reason }: BaselineEntry): BaselineEntry {
  return { fingerprint, rule, severity, package: name, arch, file, symbols, reason }
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string'
}
