import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { count, flag, names } from '../../lib/lint/options.js'
import { parseSettings } from '../../lib/lint/parse-settings.js'
import { defineRule } from '../../lib/lint/rule.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { errorsOf } from '../support/settings-text.js'

const words = { summary: '', why: '', remedy: '', references: [], messages: {} }
const rules = [
  defineRule({
    ...words,
    id: 'loose-screw',
    formerIds: ['wobbly-screw'],
    scope: 'object',
    severity: 'error',
    options: { allow: names([], ''), most: count(3, ''), strict: flag(false, '') },
    check: () => [],
  }),
  defineRule({ ...words, id: 'rusty-nail', scope: 'package', severity: 'info', options: {}, check: () => [] }),
]

const parse = (...lines: readonly string[]) => parseSettings(lines.join('\n'), 'a.toml', rules)

const errorsIn = (...lines: readonly string[]): string[] => errorsOf(() => parse(...lines))

describe('settings', () => {
  test('of an empty file are the defaults', () => expect(parse('')).toEqual(DEFAULT_SETTINGS))

  test('by default fail on errors, change no rule and waive nothing', () =>
    expect(DEFAULT_SETTINGS).toEqual({
      failOn: 'error',
      rules: {},
      genuine: { packages: [], sonames: [] },
      waiving: { blocked: [], isStrict: false },
      waivers: [],
      ruleModules: [],
    }))

  test('contain every part of the file', () => {
    expect(
      parse(
        'fail-on = "warning"',
        '[rules]',
        'rusty-nail = "off"',
        '[rules.loose-screw]',
        'severity = "warning"',
        'allow = ["a", "b"]',
        'most = 0',
        'strict = true',
        '[genuine]',
        'packages = ["acme-*"]',
        'sonames = ["libacme.so.1"]',
        '[waiving]',
        'blocked = ["wobbly-screw"]',
        'strict = true',
        '[rules-from]',
        'modules = ["./acme.js"]',
        '[[waivers]]',
        'rule = "rusty-nail"',
        'reason = "known"',
      ),
    ).toEqual({
      failOn: 'warning',
      rules: {
        'rusty-nail': { severity: 'off', options: {} },
        'loose-screw': { severity: 'warning', options: { allow: ['a', 'b'], most: 0, strict: true } },
      },
      genuine: { packages: ['acme-*'], sonames: ['libacme.so.1'] },
      waiving: { blocked: ['loose-screw'], isStrict: true },
      waivers: [expect.objectContaining({ rule: 'rusty-nail', reason: 'known' })],
      ruleModules: ['./acme.js'],
    })
  })

  test.each(['error', 'warning', 'info', 'never'] as const)('may fail on %s', failOn =>
    expect(parse(`fail-on = "${failOn}"`).failOn).toBe(failOn),
  )

  test('keep the severity of a rule for which they only set options', () => {
    expect(parse('[rules.loose-screw]', 'most = 9').rules).toEqual({ 'loose-screw': { severity: null, options: { most: 9 } } })
  })

  test('accept a former id of a rule', () => {
    expect(parse('[rules]', 'wobbly-screw = "info"').rules).toEqual({ 'loose-screw': { severity: 'info', options: {} } })
  })
})

describe('an error', () => {
  test.each([
    ['a misspelt setting', ['fail_on = "error"'], 'fail_on: unknown setting (did you mean fail-on?)'],
    ['an unknown setting', ['colour = "red"'], 'colour: unknown setting'],
    ['a threshold', ['fail-on = "fatal"'], 'fail-on: "fatal" is not one of error, warning, info, never'],
    ['a threshold of another type', ['fail-on = 1'], 'fail-on: 1 is not one of error, warning, info, never'],
    ['a rule', ['[rules.loose-screws]'], 'rules.loose-screws: unknown rule (did you mean loose-screw?)'],
    ['a rule named like a property of objects', ['[rules.constructor]'], 'rules.constructor: unknown rule'],
    ['a severity', ['[rules]', 'rusty-nail = "of"'], 'rules.rusty-nail: "of" is not one of error, warning, info, off'],
    [
      'a severity among options',
      ['[rules.rusty-nail]', 'severity = 2'],
      'rules.rusty-nail.severity: 2 is not one of error, warning, info, off',
    ],
    ['a rule that is a number', ['[rules]', 'rusty-nail = 5'], 'rules.rusty-nail: must be a table'],
    ['an option', ['[rules.loose-screw]', 'alow = []'], 'rules.loose-screw.alow: unknown option (did you mean allow?)'],
    [
      'an option named like a property of objects',
      ['[rules.loose-screw]', 'constructor = true'],
      'rules.loose-screw.constructor: unknown option',
    ],
    ['a list of names', ['[rules.loose-screw]', 'allow = "a"'], 'rules.loose-screw.allow: must be a list of strings'],
    ['a list of something else', ['[rules.loose-screw]', 'allow = [1]'], 'rules.loose-screw.allow: must be a list of strings'],
    ['a count', ['[rules.loose-screw]', 'most = -1'], 'rules.loose-screw.most: must be a whole number, 0 or more'],
    ['a fractional count', ['[rules.loose-screw]', 'most = 1.5'], 'rules.loose-screw.most: must be a whole number, 0 or more'],
    ['a flag', ['[rules.loose-screw]', 'strict = "yes"'], 'rules.loose-screw.strict: must be true or false'],
    ['rules that are a list', ['rules = []'], 'rules: must be a table'],
    ['rules that are a date', ['rules = 2012-05-04'], 'rules: must be a table'],
    ['a table “genuine” that is a number', ['genuine = 3'], 'genuine: must be a table'],
    ['an unknown key of genuine', ['[genuine]', 'soname = []'], 'genuine.soname: unknown setting (did you mean sonames?)'],
    ['a single package', ['[genuine]', 'packages = "a"'], 'genuine.packages: must be a list of strings'],
    ['a list of numbers', ['[genuine]', 'sonames = [1]'], 'genuine.sonames: must be a list of strings'],
  ])('in %s is reported with its location', (_, lines, message) => expect(errorsIn(...lines)).toEqual([`a.toml: ${message}`]))

  test('is reported together with all others', () => {
    expect(
      errorsIn(
        'fail-on = "x"',
        'colour = 1',
        '[rules]',
        'nothing-such = "off"',
        'rusty-nail = "x"',
        '[rules.loose-screw]',
        'most = -1',
        'strict = 0',
        '[genuine]',
        'packages = 1',
      ),
    ).toHaveLength(7)
  })

  test('in TOML syntax is reported with line and column', () => {
    expect(errorsIn('fail-on = "error"', 'rules = [')).toEqual([expect.stringMatching(/^a\.toml:2:\d+: Invalid TOML document: /)])
  })
})

test('any text gives settings or a UsageError', () => {
  const value = fc
    .oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant([]), fc.constant({}))
    .map(each => JSON.stringify(each).replace('{}', '{ }'))
  const key = fc.constantFrom(
    'fail-on',
    'rules',
    'genuine',
    'waiving',
    'waivers',
    'loose-screw',
    'severity',
    'allow',
    '__proto__',
    'toString',
    '[rules]',
    '[genuine]',
    '[rules.loose-screw]',
    '[waiving]',
    '[[waivers]]',
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value), { maxLength: 6 }), lines => {
      const text = lines.map(([name, given]) => (name.startsWith('[') ? name : `${name} = ${given}`))
      for (const line of errorsIn(...text)) expect(line).toMatch(/^a\.toml(:\d+:\d+)?: ./)
    }),
  )
})
