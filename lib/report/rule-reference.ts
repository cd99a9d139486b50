/** Documentation of rules, from the rules themselves: for `explain`, for `rules` and for docs/rules.md. */
import type { AnyRule } from '../lint/rule.js'
import { jsonText } from './json-text.js'
import { withoutRunnerCommands } from './runner-commands.js'
import type { Style } from './style.js'
import { wrap } from './wrap.js'

/** Kinds of options, as settings files write their values. */
const KINDS = { names: 'list of strings', count: 'whole number', flag: 'true or false' } as const

export interface ReferenceOptions {
  readonly style: Style
  readonly width: number
}

export function renderExplanation(rules: readonly AnyRule[], { style, width }: ReferenceOptions): string {
  return withoutRunnerCommands(rules.map(rule => explanation(rule, style, width)).join('\n'))
}

function explanation(rule: AnyRule, style: Style, width: number): string {
  const section = (title: string, text: string): string => `${style.bold(title)}\n${wrap(text, width, '  ').replace(/^ +$/gm, '')}\n`
  return [
    `${style.bold(rule.id)} (${rule.severity})\n${wrap(rule.summary, width, '  ')}\n`,
    section('Why', rule.why),
    section('Fix', rule.remedy),
    ...(rule.remedyInDetail === undefined ? [] : [section('Fix in detail', rule.remedyInDetail)]),
    ...(rule.doesNotHelp === undefined ? [] : [section('What does not help', rule.doesNotHelp)]),
    ...(Object.keys(rule.options).length === 0 ? [] : [section('Options', optionLines(rule).join('\n'))]),
    section('See also', rule.references.join('\n')),
  ].join('\n')
}

export function renderRuleList(rules: readonly AnyRule[], { style, width }: ReferenceOptions): string {
  const longest = Math.max(...rules.map(({ id }) => id.length))
  const lines = rules.map(({ id, severity, summary }) => {
    const lead = `${style.bold(id.padEnd(longest))}  ${severity.padEnd(7)}  `
    const indent = ' '.repeat(longest + 11)
    return lead + wrap(summary, width, indent).trimStart()
  })
  return `${withoutRunnerCommands(lines.join('\n'))}\n`
}

export function rulesJson(rules: readonly AnyRule[]): string {
  const described = rules.map(
    ({ id, formerIds = [], scope, severity, summary, why, remedy, remedyInDetail = null, doesNotHelp = null, references, options }) => ({
      id,
      formerIds,
      scope,
      severity,
      summary,
      why,
      remedy,
      remedyInDetail,
      doesNotHelp,
      references,
      options: Object.fromEntries(
        Object.entries(options).map(([name, option]) => [
          name,
          { kind: option.kind, default: option.default, description: option.description },
        ]),
      ),
    }),
  )
  return jsonText({ schema: 'rpmlint-ts/rules/1', rules: described }, 2)
}

/** All rules as Markdown, docs/rules.md. */
export function renderReference(rules: readonly AnyRule[]): string {
  return [
    '# Rules',
    'Generated from the rules themselves by `npm run docs`; do not edit.',
    renderRuleTable(rules),
    ...rules.map(rule =>
      markdownOf(
        rule,
        rules.find(({ remedyInDetail }) => remedyInDetail === rule.remedyInDetail),
      ),
    ),
    '',
  ].join('\n\n')
}

/** A row for each rule, with a link to its section. `page` is the reference, seen from the page that has the table. */
export function renderRuleTable(rules: readonly AnyRule[], page = ''): string {
  const rows = rules.map(({ id, severity, summary }) => `| [\`${id}\`](${page}#${id}) | ${severity} | ${summary} |`)
  return ['| rule | severity | reports |', '|---|---|---|', ...rows].join('\n')
}

/** `first` is the first rule with the same detailed fix: the others refer to it. */
function markdownOf(rule: AnyRule, first: AnyRule | undefined): string {
  const isRepeated = rule.remedyInDetail !== undefined && first !== undefined && first !== rule
  const shown = isRepeated ? { ...rule, remedyInDetail: `As for \`${first.id}\`.` } : rule
  return `## ${rule.id}\n\n${referenceOf(shown)}`
}

/** One rule as Markdown, without a heading. */
export function referenceOf(rule: AnyRule): string {
  return [
    `**${rule.severity}** · ${rule.summary}.`,
    `**Why.** ${rule.why}`,
    `**Fix.** ${rule.remedy}`,
    ...(rule.remedyInDetail === undefined ? [] : [`**Fix in detail.** ${rule.remedyInDetail}`]),
    ...(rule.doesNotHelp === undefined ? [] : [`**What does not help.** ${rule.doesNotHelp}`]),
    ...(Object.keys(rule.options).length === 0 ? [] : [`**Options.**\n\n${optionLines(rule).join('\n')}`]),
    `See also: ${rule.references.map(url => `<${url}>`).join(', ')}`,
  ].join('\n\n')
}

function optionLines(rule: AnyRule): string[] {
  return Object.entries(rule.options).map(
    ([name, option]) => `- ${name} (${KINDS[option.kind]}, default ${JSON.stringify(option.default)}): ${option.description}`,
  )
}
