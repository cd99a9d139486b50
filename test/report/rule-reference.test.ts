import { describe, expect, test } from '@jest/globals'
import { flag, names } from '../../lib/lint/options.js'
import { defineRule } from '../../lib/lint/rule.js'
import { renderExplanation, renderReference, renderRuleList, rulesJson } from '../../lib/report/rule-reference.js'
import { coloured, plain } from '../../lib/report/style.js'
import { rules } from '../../rules/index.js'

const OPTIONS = { style: plain, width: 60 }

const bare = defineRule({
  id: 'rusty-nail',
  scope: 'package',
  severity: 'info',
  summary: 'A nail is rusty',
  why: 'Rust spreads.',
  remedy: 'Pull it out.',
  references: ['https://example.org/nails'],
  messages: {},
  options: {},
  check: () => [],
})

const full = defineRule({
  ...bare,
  id: 'loose-screw',
  formerIds: ['wobbly-screw'],
  severity: 'warning',
  doesNotHelp: 'Glue.',
  options: { allow: names(['m3'], 'Screws that may be loose'), strict: flag(false, 'Count nails') },
})

describe('an explanation', () => {
  test('has all texts of the rule', () => {
    expect(renderExplanation([full], OPTIONS)).toBe(
      [
        'loose-screw (warning)\n  A nail is rusty\n',
        'Why\n  Rust spreads.\n',
        'Fix\n  Pull it out.\n',
        'What does not help\n  Glue.\n',
        'Options\n  - allow (list of strings, default ["m3"]): Screws that may\n    be loose\n  - strict (true or false, default false): Count nails\n',
        'See also\n  https://example.org/nails\n',
      ].join('\n'),
    )
  })

  test('has no empty sections', () => expect(renderExplanation([bare], OPTIONS)).not.toMatch(/Options|not help/))
  test('of several rules is in the order given', () =>
    expect(renderExplanation([full, bare], OPTIONS)).toMatch(/^loose-screw[^]*\nrusty-nail \(info\)/))
})

describe('the list of rules', () => {
  test('has columns', () => {
    expect(renderRuleList([full, bare], OPTIONS)).toBe('loose-screw  warning  A nail is rusty\nrusty-nail   info     A nail is rusty\n')
  })
  test('has the same columns in colour', () => {
    expect(renderRuleList(rules, { style: coloured, width: 90 }).replace(/\x1b\[\d+m/g, '')).toBe(
      renderRuleList(rules, { style: plain, width: 90 }),
    )
  })
  test('is no wider than the terminal', () => {
    for (const line of renderRuleList(rules, { style: plain, width: 90 }).split('\n')) expect(line.length).toBeLessThanOrEqual(90)
  })
})

test('rules as JSON are complete', () => {
  expect(JSON.parse(rulesJson([full]))).toEqual({
    schema: 'rpmlint-ts/rules/1',
    rules: [
      {
        id: 'loose-screw',
        formerIds: ['wobbly-screw'],
        scope: 'package',
        severity: 'warning',
        summary: 'A nail is rusty',
        why: 'Rust spreads.',
        remedy: 'Pull it out.',
        remedyInDetail: null,
        doesNotHelp: 'Glue.',
        references: ['https://example.org/nails'],
        options: {
          allow: { kind: 'names', default: ['m3'], description: 'Screws that may be loose' },
          strict: { kind: 'flag', default: false, description: 'Count nails' },
        },
      },
    ],
  })
})

test('the reference links each rule to its own section', () => {
  const reference = renderReference(rules)
  const linked = [...reference.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, id]) => id)
  const sections = [...reference.matchAll(/^## ([a-z-]+)$/gm)].map(([, id]) => id)
  expect(linked).toEqual(rules.map(({ id }) => id))
  expect(sections).toEqual(linked)
})
