/**
 * Runs rules over facts.
 */
import type { Catalogue } from '../catalogue/catalogue.js'
import { fillWords, wordsOf } from '../catalogue/family-words.js'
import type { Family } from '../catalogue/family.js'
import type { PackageFacts } from '../facts/model.js'
import { fingerprintOf, type Finding } from './finding.js'
import { NO_INTERPOSITIONS, type InterpositionsByPath } from '../interposition/interposition.js'
import type { OptionValue } from './options.js'
import type { AnyRule, Json, Problem, Severity, Subjects } from './rule.js'
import type { Settings } from './settings.js'
import { objectSubject, packageSubject } from './subjects.js'

/** Findings of a package and of the packages inside it, in order of path, then of the rules. */
export function lint(
  facts: PackageFacts,
  rules: readonly AnyRule[],
  settings: Settings,
  catalogue: Catalogue,
  interpositions: InterpositionsByPath = NO_INTERPOSITIONS,
): Finding[] {
  const drafts = draftsOf(facts, '', rules, { settings, catalogue, interpositions })
  const order = new Map(rules.map(({ id }, index) => [id, index]))
  drafts.sort((a, b) => compare(a.file ?? '', b.file ?? '') || (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0))
  return fingerprinted(drafts, facts)
}

type Draft = Omit<Finding, 'fingerprint'>

/** What a run knows beside the facts. */
interface Circumstances {
  readonly settings: Settings
  readonly catalogue: Catalogue
  /** Of the package itself, by the path of the object; packages inside it are installed by nobody. */
  readonly interpositions: InterpositionsByPath
}

function draftsOf(facts: PackageFacts, prefix: string, rules: readonly AnyRule[], circumstances: Circumstances): Draft[] {
  const { settings } = circumstances
  const drafts: Draft[] = []
  for (const place of subjectsOf(facts, prefix, circumstances)) {
    for (const rule of rules) {
      if (rule.scope !== place.scope) continue
      const severity = settings.rules[rule.id]?.severity ?? rule.severity
      if (severity === 'off') continue
      for (const problem of rule.check(place.subject, optionsOf(rule, settings))) {
        const file = problem.file === undefined ? place.file : prefix + problem.file
        drafts.push(draftOf(rule, severity, problem, { file, alsoAt: place.alsoAt, catalogue: circumstances.catalogue }))
      }
    }
  }
  const inside = { ...circumstances, interpositions: NO_INTERPOSITIONS }
  for (const inner of facts.inner) for (const draft of draftsOf(inner.facts, `${prefix}${inner.path}!`, rules, inside)) drafts.push(draft)
  return drafts
}

interface Placed {
  readonly file: string | null
  readonly alsoAt: readonly string[]
  readonly scope: keyof Subjects
  readonly subject: Subjects[keyof Subjects]
}

function* subjectsOf(facts: PackageFacts, prefix: string, { settings, catalogue, interpositions }: Circumstances): Generator<Placed> {
  const owner = packageSubject(facts, catalogue, settings.genuine)
  yield { file: prefix === '' ? null : prefix.slice(0, -1), alsoAt: [], scope: 'package', subject: owner }
  for (const object of facts.objects) {
    const alsoAt = object.alsoAt.map(path => prefix + path)
    yield { file: prefix + object.path, alsoAt, scope: 'object', subject: objectSubject(object, owner, interpositions.get(object.path)) }
  }
  for (const archive of facts.archives) {
    yield { file: prefix + archive.path, alsoAt: [], scope: 'archive', subject: { facts: archive, package: owner } }
  }
}

function optionsOf(rule: AnyRule, settings: Settings): Record<string, OptionValue> {
  const given = settings.rules[rule.id]?.options ?? {}
  return Object.fromEntries(Object.entries(rule.options).map(([name, declaration]) => [name, given[name] ?? declaration.default]))
}

interface Surroundings {
  readonly file: string | null
  readonly alsoAt: readonly string[]
  readonly catalogue: Catalogue
}

function draftOf(rule: AnyRule, severity: Severity, problem: Problem, { file, alsoAt, catalogue }: Surroundings): Draft {
  const symbols = [...(problem.symbols ?? [])].sort(compare)
  const families = familiesOf(problem, catalogue)
  const words = wordsOf((families.length > 0 ? families : catalogue.families).map(({ data }) => data))
  const data = {
    ...problem.data,
    ...(families.length > 0 ? { families: families.map(family => family.data.family) } : {}),
    ...(alsoAt.length > 0 ? { alsoAt } : {}),
  }
  return {
    rule: rule.id,
    severity: weaker(severity, problem.severity ?? severity),
    file,
    symbols,
    message: fill(fillWords(rule.messages[problem.message] ?? problem.message, words), data),
    remedy: fill(fillWords(problem.remedy ?? rule.remedy, words), data),
    data,
    waived: null,
    unwaived: null,
  }
}

/** In the order of the catalogue. */
function familiesOf({ families, symbols = [] }: Problem, catalogue: Catalogue): Family[] {
  const ids = new Set(families ?? symbols.map(name => catalogue.find(name)?.family.data.family))
  return catalogue.families.filter(({ data }) => ids.has(data.family))
}

/** A problem may be weaker than its rule, never graver: settings have the last word upwards. */
function weaker(severity: Severity, stated: Severity): Severity {
  const order: readonly Severity[] = ['info', 'warning', 'error']
  return order[Math.min(order.indexOf(severity), order.indexOf(stated))] ?? severity
}

/** `{name}` is a value of the data; `{count:name:names}` is the number and the noun that goes with it. */
function fill(template: string, data: Readonly<Record<string, Json>>): string {
  return template.replace(/\{(\w+)(?::([^:}]+):([^:}]+))?\}/g, (whole, key: string, one: string | undefined, many: string | undefined) => {
    const value = data[key]
    if (value === undefined) return whole
    const text = Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value)
    return one === undefined ? text : `${text} ${value === 1 ? one : (many ?? one)}`
  })
}

function fingerprinted(drafts: readonly Draft[], facts: PackageFacts): Finding[] {
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

/** By code unit, the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
