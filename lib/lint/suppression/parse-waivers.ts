/**
 * Waivers from the tables of an rpmlint-ts.toml. A waiver needs a reason, and one that can never apply is an error: its author believes that
 * it does.
 */
import { findRule, nearestRule } from '../find-rule.js'
import type { AnyRule } from '../rule.js'
import { isTable, unknownKeys, type Table } from '../toml.js'
import { dayOf, invalidDays } from './day.js'
import { tableLines } from './table-lines.js'
import type { Waiver } from './waiver.js'

const KEYS = ['rule', 'package', 'file', 'symbols', 'reason', 'owner', 'expires']

interface Source {
  readonly file: string
  /** The whole text, for line numbers. */
  readonly text: string
}

/** In the order of the file. Errors are appended to `errors`, without the file's name. */
export function parseWaivers(
  value: unknown,
  source: Source,
  rules: readonly AnyRule[],
  blocked: readonly string[],
  errors: string[],
): Waiver[] {
  if (value === undefined) return []
  if (!Array.isArray(value) || !value.every(isTable)) {
    errors.push('waivers: must be an array of tables, [[waivers]]')
    return []
  }
  const lines = tableLines(source.text, 'waivers', value.length)
  const waivers = value.map((table, index) => waiverOf(table, { file: source.file, line: lines[index] ?? null }, rules, errors))
  for (const waiver of waivers.filter(({ rule }) => blocked.includes(rule)))
    errors.push(`${placeOf(waiver)}: rule: ${waiver.rule} is blocked and cannot be waived`)
  for (const { day, line } of invalidDays(source.text)) errors.push(`line ${line}: expires: invalid date ${day}`)
  errors.push(...duplicates(waivers))
  return waivers
}

function waiverOf(table: Table, at: Waiver['at'], rules: readonly AnyRule[], errors: string[]): Waiver {
  const place = placeOf({ at })
  errors.push(...unknownKeys(table, KEYS, `${place}: `))
  const text = (key: string): string | null => textIn(table[key], `${place}: ${key}`, errors)
  const reason = text('reason')
  if (table['reason'] === undefined) errors.push(`${place}: reason: missing; say why the finding is accepted`)
  return {
    rule: ruleOf(table['rule'], place, rules, errors),
    package: text('package'),
    file: text('file'),
    symbols: symbolsOf(table['symbols'], `${place}: symbols`, errors),
    reason: reason ?? '',
    owner: text('owner'),
    expires: expiryOf(table['expires'], `${place}: expires`, errors),
    at,
  }
}

function placeOf({ at }: Pick<Waiver, 'at'>): string {
  return at.line === null ? 'waivers' : `waiver on line ${at.line}`
}

/** A non-empty string. */
function textIn(value: unknown, place: string, errors: string[]): string | null {
  if (value === undefined) return null
  if (typeof value === 'string' && value.trim() !== '') return value
  errors.push(`${place}: must be a non-empty string`)
  return null
}

function ruleOf(value: unknown, place: string, rules: readonly AnyRule[], errors: string[]): string {
  const id = value === undefined ? null : textIn(value, `${place}: rule`, errors)
  const rule = id === null ? null : findRule(id, rules)
  if (value === undefined) errors.push(`${place}: rule: missing`)
  else if (id !== null && rule === null) errors.push(`${place}: rule: unknown rule ${id}${nearestRule(id, rules)}`)
  return rule?.id ?? ''
}

function symbolsOf(value: unknown, place: string, errors: string[]): Waiver['symbols'] {
  if (value === undefined || value === 'any') return value ?? null
  const isList = Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'string')
  if (!isList) errors.push(`${place}: must be a list of symbols, or "any"`)
  else if (value.some(name => name.includes('*'))) errors.push(`${place}: wildcards are not allowed; list the symbols, or use "any"`)
  else return [...new Set(value)].sort()
  return null
}

function expiryOf(value: unknown, place: string, errors: string[]): string | null {
  const day = dayOf(value)
  if (value !== undefined && day === null) errors.push(`${place}: must be a date, YYYY-MM-DD`)
  return day
}

/** Duplicates may differ in reason or date, and it would be unclear which one counts. */
function duplicates(waivers: readonly Waiver[]): string[] {
  const first = new Map<string, Waiver>()
  return waivers.flatMap(waiver => {
    const key = JSON.stringify([waiver.rule, waiver.package, waiver.file, waiver.symbols])
    const original = first.get(key)
    if (original === undefined) first.set(key, waiver)
    return original === undefined || waiver.rule === '' ? [] : [`${placeOf(waiver)}: duplicates the ${placeOf(original)}`]
  })
}
