/**
 * Settings from the text of an rpmlint-ts.toml. Every mistake is told, all at once, with its place and what would be right: a setting that
 * is silently ignored is worse than none.
 */
import { TomlError, parse } from 'smol-toml'
import { UsageError } from '../errors/check-error.js'
import { didYouMean } from './did-you-mean.js'
import { complaintAbout, type OptionValue } from './options.js'
import type { AnyRule, Severity } from './rule.js'
import { DEFAULT_SETTINGS, type FailOn, type RuleSettings, type Settings } from './settings.js'

const TOP_LEVEL = ['fail-on', 'rules', 'genuine']
const GENUINE = ['packages', 'sonames']
const FAIL_ON: readonly FailOn[] = ['error', 'warning', 'info', 'never']
const SEVERITIES: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'off']

type Table = Readonly<Record<string, unknown>>

/** `source` names the file in messages. Throws `UsageError` with one line a mistake. */
export function parseSettings(text: string, source: string, rules: readonly AnyRule[]): Settings {
  const table = parseToml(text, source)
  const mistakes: string[] = []
  mistakes.push(...unknownKeys(table, TOP_LEVEL, ''))
  const failOn = oneOf(table['fail-on'], FAIL_ON, 'fail-on', mistakes) ?? DEFAULT_SETTINGS.failOn
  const settings = { failOn, rules: rulesOf(table['rules'], rules, mistakes), genuine: genuineOf(table['genuine'], mistakes) }
  if (mistakes.length > 0) throw new UsageError(mistakes.map(mistake => `${source}: ${mistake}`).join('\n'))
  return settings
}

function parseToml(text: string, source: string): Table {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    throw new UsageError(`${source}:${error.line}:${error.column}: ${error.message.split('\n')[0] ?? 'not valid TOML'}`)
  }
}

function rulesOf(value: unknown, rules: readonly AnyRule[], mistakes: string[]): Record<string, RuleSettings> {
  const settings: Record<string, RuleSettings> = {}
  for (const [id, given] of Object.entries(tableOf(value, 'rules', mistakes))) {
    const rule = rules.find(candidate => candidate.id === id || candidate.formerIds?.includes(id) === true)
    if (rule === undefined)
      mistakes.push(
        `rules.${id}: there is no such rule${didYouMean(
          id,
          rules.map(candidate => candidate.id),
        )}`,
      )
    else settings[rule.id] = ruleSettings(rule, given, mistakes)
  }
  return settings
}

/** A severity alone, or a table of severity and options. */
function ruleSettings(rule: AnyRule, given: unknown, mistakes: string[]): RuleSettings {
  const place = `rules.${rule.id}`
  if (typeof given === 'string') return { severity: oneOf(given, SEVERITIES, place, mistakes), options: {} }
  const { severity, ...options } = tableOf(given, place, mistakes)
  const accepted: Record<string, OptionValue> = {}
  for (const [name, value] of Object.entries(options)) {
    const declaration = Object.hasOwn(rule.options, name) ? rule.options[name] : undefined
    const complaint =
      declaration === undefined
        ? `is no option of this rule${didYouMean(name, ['severity', ...Object.keys(rule.options)])}`
        : complaintAbout(declaration, value)
    if (complaint === null) accepted[name] = value as OptionValue
    else mistakes.push(`${place}.${name}: ${complaint}`)
  }
  return { severity: oneOf(severity, SEVERITIES, `${place}.severity`, mistakes), options: accepted }
}

function genuineOf(value: unknown, mistakes: string[]): Settings['genuine'] {
  const table = tableOf(value, 'genuine', mistakes)
  mistakes.push(...unknownKeys(table, GENUINE, 'genuine.'))
  const list = (key: string): readonly string[] => {
    const given = table[key] ?? []
    if (Array.isArray(given) && given.every(item => typeof item === 'string')) return given
    mistakes.push(`genuine.${key}: must be a list of strings`)
    return []
  }
  return { packages: list('packages'), sonames: list('sonames') }
}

function tableOf(value: unknown, place: string, mistakes: string[]): Table {
  if (value === undefined) return {}
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)) return value as Table
  mistakes.push(`${place}: must be a table`)
  return {}
}

function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[], place: string, mistakes: string[]): Choice | null {
  if (value === undefined) return null
  const choice = choices.find(candidate => candidate === value)
  if (choice === undefined) mistakes.push(`${place}: ${JSON.stringify(value)} is not one of ${choices.join(', ')}`)
  return choice ?? null
}

function unknownKeys(table: Table, known: readonly string[], prefix: string): string[] {
  return Object.keys(table)
    .filter(key => !known.includes(key))
    .map(key => `${prefix}${key}: there is no such setting${didYouMean(key, known)}`)
}
