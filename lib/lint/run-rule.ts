/** Runs one rule on one subject, and validates its findings at run time: types do not cover dynamically loaded modules. */
import { MOST_SEVERE_FIRST } from './finding.js'
import type { OptionValue } from './options.js'
import type { AnyRule, RawFinding, Subjects } from './rule.js'
import { RuleError } from './rule-error.js'
import type { Settings } from './settings.js'

/** Throws `RuleError` if the rule throws, or yields a value that is not a finding. */
export function runRule(rule: AnyRule, subject: Subjects[keyof Subjects], settings: Settings): readonly RawFinding[] {
  try {
    const findings = [...rule.check(subject, optionsOf(rule, settings))]
    for (const found of findings) requireFinding(found, rule)
    return findings
  } catch (error) {
    throw new RuleError(rule, error)
  }
}

function optionsOf(rule: AnyRule, settings: Settings): Record<string, OptionValue> {
  const given = settings.rules[rule.id]?.options ?? {}
  return Object.fromEntries(Object.entries(rule.options).map(([name, declaration]) => [name, given[name] ?? declaration.default]))
}

function requireFinding(value: unknown, { messages }: AnyRule): void {
  if (typeof value !== 'object' || value === null) throw new TypeError(`it yielded ${String(value)}, which is not a finding`)
  const found = value as Readonly<Record<string, unknown>>
  const { message } = found
  if (typeof message !== 'string' || !Object.hasOwn(messages, message)) throw new TypeError(`it has no message ${String(message)}`)
  const wrong = Object.entries(FIELDS).find(([field, isValid]) => found[field] !== undefined && !isValid(found[field]))
  if (wrong !== undefined) throw new TypeError(`its finding has an invalid ${wrong[0]}`)
}

/** The optional fields of a finding. */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  file: isText,
  remedy: isText,
  symbols: isTextList,
  families: isTextList,
  severity: value => MOST_SEVERE_FIRST.some(severity => severity === value),
  data: value => typeof value === 'object' && value !== null && !Array.isArray(value) && isJson(value),
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText)
}

/** All names of a hostile package together may be longer than a string can be. */
function withoutTexts(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? '' : value
}

function isJson(value: object): boolean {
  try {
    return JSON.stringify(value, withoutTexts) !== undefined
  } catch {
    return false // cyclic, or with a BigInt
  }
}
