/**
 * Waivers from the tables of an rpmlint-ts.toml. A waiver without a reason is none, and one that can never hold is a mistake: whoever
 * wrote it believes that it does.
 */
import { findRule, nearestRule } from '../find-rule.js'
import type { AnyRule } from '../rule.js'
import { isTable, unknownKeys, type Table } from '../toml.js'
import { dayOf, impossibleDays } from './day.js'
import { tableLines } from './table-lines.js'
import type { Waiver } from './waiver.js'

const KEYS = ['rule', 'package', 'file', 'symbols', 'reason', 'owner', 'expires']

interface Source {
  readonly file: string
  /** The whole text, for lines. */
  readonly text: string
}

/** In order of the file. What is wrong is added to `mistakes`, without the file's name. */
export function parseWaivers(
  value: unknown,
  source: Source,
  rules: readonly AnyRule[],
  blocked: readonly string[],
  mistakes: string[],
): Waiver[] {
  if (value === undefined) return []
  if (!Array.isArray(value) || !value.every(isTable)) {
    mistakes.push('waivers: must be an array of tables, [[waivers]]')
    return []
  }
  const lines = tableLines(source.text, 'waivers', value.length)
  const waivers = value.map((table, index) => waiverOf(table, { file: source.file, line: lines[index] ?? null }, rules, mistakes))
  for (const waiver of waivers.filter(({ rule }) => blocked.includes(rule)))
    mistakes.push(`${placeOf(waiver)}: rule: ${waiver.rule} is blocked and cannot be waived`)
  for (const { day, line } of impossibleDays(source.text)) mistakes.push(`line ${line}: expires: invalid date ${day}`)
  mistakes.push(...repetitions(waivers))
  return waivers
}

function waiverOf(table: Table, at: Waiver['at'], rules: readonly AnyRule[], mistakes: string[]): Waiver {
  const place = placeOf({ at })
  mistakes.push(...unknownKeys(table, KEYS, `${place}: `))
  const words = (key: string): string | null => wordsOf(table[key], `${place}: ${key}`, mistakes)
  const reason = words('reason')
  if (table['reason'] === undefined) mistakes.push(`${place}: reason: missing; say why the finding is accepted`)
  return {
    rule: ruleOf(table['rule'], place, rules, mistakes),
    package: words('package'),
    file: words('file'),
    symbols: symbolsOf(table['symbols'], `${place}: symbols`, mistakes),
    reason: reason ?? '',
    owner: words('owner'),
    expires: expiryOf(table['expires'], `${place}: expires`, mistakes),
    at,
  }
}

function placeOf({ at }: Pick<Waiver, 'at'>): string {
  return at.line === null ? 'waivers' : `waiver on line ${at.line}`
}

/** Text with something in it. */
function wordsOf(value: unknown, place: string, mistakes: string[]): string | null {
  if (value === undefined) return null
  if (typeof value === 'string' && value.trim() !== '') return value
  mistakes.push(`${place}: must be a non-empty string`)
  return null
}

function ruleOf(value: unknown, place: string, rules: readonly AnyRule[], mistakes: string[]): string {
  const id = value === undefined ? null : wordsOf(value, `${place}: rule`, mistakes)
  const rule = id === null ? null : findRule(id, rules)
  if (value === undefined) mistakes.push(`${place}: rule: missing`)
  else if (id !== null && rule === null) mistakes.push(`${place}: rule: unknown rule ${id}${nearestRule(id, rules)}`)
  return rule?.id ?? ''
}

function symbolsOf(value: unknown, place: string, mistakes: string[]): Waiver['symbols'] {
  if (value === undefined || value === 'any') return value ?? null
  const isList = Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'string')
  if (!isList) mistakes.push(`${place}: must be a list of symbols, or "any"`)
  else if (value.some(name => name.includes('*'))) mistakes.push(`${place}: wildcards are not allowed; list the symbols, or use "any"`)
  else return [...new Set(value)].sort()
  return null
}

function expiryOf(value: unknown, place: string, mistakes: string[]): string | null {
  const day = dayOf(value)
  if (value !== undefined && day === null) mistakes.push(`${place}: must be a date, YYYY-MM-DD`)
  return day
}

/** Two waivers for the same may differ in reason or day, and then nobody knows which one counts. */
function repetitions(waivers: readonly Waiver[]): string[] {
  const first = new Map<string, Waiver>()
  return waivers.flatMap(waiver => {
    const key = JSON.stringify([waiver.rule, waiver.package, waiver.file, waiver.symbols])
    const twin = first.get(key)
    if (twin === undefined) first.set(key, waiver)
    return twin === undefined || waiver.rule === '' ? [] : [`${placeOf(waiver)}: duplicates the ${placeOf(twin)}`]
  })
}
