/**
 * Settings from the text of an rpmlint-ts.toml. All errors are reported at once, with their location and a suggestion: a silently ignored
 * setting would be worse than none.
 */
import { UsageError } from '../errors/check-error.js'
import { didYouMean } from './did-you-mean.js'
import { findRule, nearestRule } from './find-rule.js'
import { optionError, type OptionValue } from './options.js'
import type { AnyRule, Severity } from './rule.js'
import { DEFAULT_SETTINGS, type FailOn, type RuleSettings, type Settings } from './settings.js'
import { flagOf, oneOf, parseToml, stringsOf, tableOf, unknownKeys } from './toml.js'
import { parseWaivers } from './suppression/parse-waivers.js'
import type { WaivingSettings } from './suppression/waiver.js'

/** The keys that a settings file may have. */
export const TOP_LEVEL = ['fail-on', 'rules', 'rules-from', 'genuine', 'waiving', 'waivers']
const RULES_FROM = ['modules']
const GENUINE = ['packages', 'sonames']
const WAIVING = ['blocked', 'strict']
const FAIL_ON: readonly FailOn[] = ['error', 'warning', 'info', 'never']
const SEVERITIES: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'off']

/** `source` is the name of the file in messages. Throws `UsageError`, one line per error. */
export function parseSettings(text: string, source: string, rules: readonly AnyRule[]): Settings {
  const table = parseToml(text, source)
  const errors: string[] = []
  errors.push(...unknownKeys(table, TOP_LEVEL, ''))
  const failOn = oneOf(table['fail-on'], FAIL_ON, 'fail-on', errors) ?? DEFAULT_SETTINGS.failOn
  const waiving = waivingOf(table['waiving'], rules, errors)
  const settings: Settings = {
    failOn,
    rules: rulesOf(table['rules'], rules, errors),
    genuine: genuineOf(table['genuine'], errors),
    waiving,
    waivers: parseWaivers(table['waivers'], { file: source, text }, rules, waiving.blocked, errors),
    ruleModules: ruleModulesIn(table['rules-from'], errors),
  }
  if (errors.length > 0) throw new UsageError(errors.map(error => `${source}: ${error}`).join('\n'))
  return settings
}

/** The rule modules in the settings, needed before `parseSettings`, which reports errors in them. Throws `UsageError` for invalid TOML. */
export function ruleModulesOf(text: string, source: string): readonly string[] {
  return ruleModulesIn(parseToml(text, source)['rules-from'], [])
}

function ruleModulesIn(value: unknown, errors: string[]): readonly string[] {
  const table = tableOf(value, 'rules-from', errors)
  errors.push(...unknownKeys(table, RULES_FROM, 'rules-from.'))
  return stringsOf(table['modules'], 'rules-from.modules', errors)
}

function rulesOf(value: unknown, rules: readonly AnyRule[], errors: string[]): Record<string, RuleSettings> {
  const settings: Record<string, RuleSettings> = {}
  for (const [id, given] of Object.entries(tableOf(value, 'rules', errors))) {
    const rule = findRule(id, rules)
    if (rule === null) errors.push(`rules.${id}: unknown rule${nearestRule(id, rules)}`)
    else settings[rule.id] = ruleSettings(rule, given, errors)
  }
  return settings
}

/** A severity alone, or a table of severity and options. */
function ruleSettings(rule: AnyRule, given: unknown, errors: string[]): RuleSettings {
  const place = `rules.${rule.id}`
  if (typeof given === 'string') return { severity: oneOf(given, SEVERITIES, place, errors), options: {} }
  const { severity, ...options } = tableOf(given, place, errors)
  const accepted: Record<string, OptionValue> = {}
  for (const [name, value] of Object.entries(options)) {
    const declaration = Object.hasOwn(rule.options, name) ? rule.options[name] : undefined
    const error =
      declaration === undefined
        ? `unknown option${didYouMean(name, ['severity', ...Object.keys(rule.options)])}`
        : optionError(declaration, value)
    if (error === null) accepted[name] = value as OptionValue
    else errors.push(`${place}.${name}: ${error}`)
  }
  return { severity: oneOf(severity, SEVERITIES, `${place}.severity`, errors), options: accepted }
}

function genuineOf(value: unknown, errors: string[]): Settings['genuine'] {
  const table = tableOf(value, 'genuine', errors)
  errors.push(...unknownKeys(table, GENUINE, 'genuine.'))
  return {
    packages: stringsOf(table['packages'], 'genuine.packages', errors),
    sonames: stringsOf(table['sonames'], 'genuine.sonames', errors),
  }
}

function waivingOf(value: unknown, rules: readonly AnyRule[], errors: string[]): WaivingSettings {
  const table = tableOf(value, 'waiving', errors)
  errors.push(...unknownKeys(table, WAIVING, 'waiving.'))
  const blocked = stringsOf(table['blocked'], 'waiving.blocked', errors).flatMap(id => {
    const rule = findRule(id, rules)
    if (rule === null) errors.push(`waiving.blocked: unknown rule ${id}${nearestRule(id, rules)}`)
    return rule?.id ?? []
  })
  return { blocked, isStrict: flagOf(table['strict'], 'waiving.strict', errors) }
}
