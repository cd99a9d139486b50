/**
 * Runs rules over facts.
 */
import { clipped } from '../bytes/names.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import { fillWords, wordsOf } from '../catalogue/family-words.js'
import type { Family } from '../catalogue/family.js'
import type { PackageFacts } from '../facts/model.js'
import { fingerprintOf, type Finding } from './finding.js'
import type { AnyRule, Json, RawFinding, Severity, Subjects } from './rule.js'
import { runRule } from './run-rule.js'
import type { Settings } from './settings.js'
import { NO_SURROUNDINGS, type Surroundings } from './surroundings.js'
import { objectSubject, packageSubject } from './subjects.js'

/** Findings of a package and the packages inside it, sorted by path, then by rule. Throws `RuleError` for a bug in a rule. */
export function lint(
  facts: PackageFacts,
  rules: readonly AnyRule[],
  settings: Settings,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): Finding[] {
  const drafts = draftsOf(facts, '', rules, { settings, catalogue, surroundings })
  const order = new Map(rules.map(({ id }, index) => [id, index]))
  drafts.sort((a, b) => byCodeUnit(a.file ?? '', b.file ?? '') || (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0))
  return withFingerprints(drafts, facts)
}

/** Characters of a name or a path in a message, and elements of a list. */
const SHOWN = 500
const LISTED = 50
/** Characters of a name in the data of a finding. */
const KEPT = 4096

type Draft = Omit<Finding, 'fingerprint'>

/** Inputs beside the facts. */
interface LintContext {
  readonly settings: Settings
  readonly catalogue: Catalogue
  /** Of the package itself: packages inside it are not installed. */
  readonly surroundings: Surroundings
}

function draftsOf(facts: PackageFacts, prefix: string, rules: readonly AnyRule[], context: LintContext): Draft[] {
  const { settings } = context
  const drafts: Draft[] = []
  for (const located of subjectsOf(facts, prefix, context)) {
    for (const rule of rules) {
      if (rule.scope !== located.scope) continue
      const severity = settings.rules[rule.id]?.severity ?? rule.severity
      if (severity === 'off') continue
      for (const found of runRule(rule, located.subject, settings)) {
        const file = found.file === undefined ? located.file : prefix + found.file
        drafts.push(draftOf(rule, severity, found, { file, alsoAt: located.alsoAt, catalogue: context.catalogue }))
      }
    }
  }
  const inside = { ...context, surroundings: NO_SURROUNDINGS }
  for (const inner of facts.inner) for (const draft of draftsOf(inner.facts, `${prefix}${inner.path}!`, rules, inside)) drafts.push(draft)
  return drafts
}

interface LocatedSubject {
  readonly file: string | null
  readonly alsoAt: readonly string[]
  readonly scope: keyof Subjects
  readonly subject: Subjects[keyof Subjects]
}

function* subjectsOf(facts: PackageFacts, prefix: string, { settings, catalogue, surroundings }: LintContext): Generator<LocatedSubject> {
  const { interpositions, configured, clients } = surroundings
  const owner = packageSubject(facts, catalogue, settings.genuine, configured)
  yield { file: prefix === '' ? null : prefix.slice(0, -1), alsoAt: [], scope: 'package', subject: owner }
  for (const object of facts.objects) {
    const alsoAt = object.alsoAt.map(path => prefix + path)
    const subject = objectSubject(object, owner, interpositions.get(object.path), clients.get(object.path))
    yield { file: prefix + object.path, alsoAt, scope: 'object', subject }
  }
  for (const archive of facts.archives) {
    yield { file: prefix + archive.path, alsoAt: [], scope: 'archive', subject: { facts: archive, package: owner } }
  }
}

interface DraftContext {
  readonly file: string | null
  readonly alsoAt: readonly string[]
  readonly catalogue: Catalogue
}

function draftOf(rule: AnyRule, severity: Severity, found: RawFinding, { file, alsoAt, catalogue }: DraftContext): Draft {
  const symbols = [...(found.symbols ?? [])].sort(byCodeUnit)
  const families = familiesOf(found, catalogue)
  const words = wordsOf((families.length > 0 ? families : catalogue.families).map(({ data }) => data))
  const data = {
    ...clippedData(found.data ?? {}),
    ...(families.length > 0 ? { families: families.map(family => family.data.family) } : {}),
    ...(alsoAt.length > 0 ? { alsoAt } : {}),
  }
  return {
    rule: rule.id,
    severity: lessSevere(severity, found.severity ?? severity),
    file,
    symbols,
    message: fill(fillWords(rule.messages[found.message] ?? found.message, words), data),
    remedy: fill(fillWords(found.remedy ?? rule.remedy, words), data),
    data,
    waived: null,
    unwaived: null,
  }
}

/** The same data with names that are not longer than a path may be. */
function clippedData(data: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, clippedValue(value)]))
}

function clippedValue(value: Json): Json {
  if (typeof value === 'string') return clipped(value, KEPT)
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? value.map(clippedValue) : clippedData(value as Readonly<Record<string, Json>>)
}

/** In the order of the catalogue. */
function familiesOf({ families, symbols = [] }: RawFinding, catalogue: Catalogue): Family[] {
  const ids = new Set(families ?? symbols.map(name => catalogue.familyOf(name)?.data.family))
  return catalogue.families.filter(({ data }) => ids.has(data.family))
}

/** A finding may be less severe than its rule, never more: the settings determine the maximum. */
function lessSevere(severity: Severity, stated: Severity): Severity {
  const order: readonly Severity[] = ['info', 'warning', 'error']
  return order[Math.min(order.indexOf(severity), order.indexOf(stated))] ?? severity
}

/** `{name}` is a value of the data; `{count:symbol:symbols}` is a number with the singular or plural noun. */
function fill(template: string, data: Readonly<Record<string, Json>>): string {
  return template.replace(/\{(\w+)(?::([^:}]+):([^:}]+))?\}/g, (whole, key: string, one: string | undefined, many: string | undefined) => {
    const value = data[key]
    if (value === undefined) return whole
    const text = Array.isArray(value) ? listed(value) : typeof value === 'object' ? JSON.stringify(value) : clipped(String(value), SHOWN)
    return one === undefined ? text : `${text} ${value === 1 ? one : (many ?? one)}`
  })
}

/** Of a hostile list the first items: there may be thousands, with a tail of the string table for the name of each. */
function listed(values: readonly Json[]): string {
  const shown = values.slice(0, LISTED).map(value => clipped(typeof value === 'string' ? value : JSON.stringify(value), SHOWN))
  return [...shown, ...(values.length > LISTED ? [`${values.length - LISTED} more`] : [])].join(', ')
}

function withFingerprints(drafts: readonly Draft[], facts: PackageFacts): Finding[] {
  const seen = new Map<string, number>()
  const name = facts.identity?.name ?? ''
  const arch = facts.identity?.arch ?? ''
  return drafts.map(draft => {
    const first = fingerprintOf(draft.rule, name, arch, draft.file, 0)
    const occurrence = seen.get(first) ?? 0
    seen.set(first, occurrence + 1)
    return { ...draft, fingerprint: occurrence === 0 ? first : fingerprintOf(draft.rule, name, arch, draft.file, occurrence) }
  })
}

/** Independent of the locale. */
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
