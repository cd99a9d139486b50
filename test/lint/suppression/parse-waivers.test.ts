import { describe, expect, test } from '@jest/globals'
import { parseSettings } from '../../../lib/lint/parse-settings.js'
import { defineRule } from '../../../lib/lint/rule.js'
import { errorsOf } from '../../support/settings-text.js'

const words = { summary: '', why: '', remedy: '', references: [], messages: {}, options: {}, check: () => [] }
const rules = [
  defineRule({ ...words, id: 'loose-screw', formerIds: ['wobbly-screw'], scope: 'object', severity: 'error' }),
  defineRule({ ...words, id: 'rusty-nail', scope: 'package', severity: 'info' }),
]

const parse = (...lines: readonly string[]) => parseSettings(lines.join('\n'), 'a.toml', rules)

const errorsIn = (...lines: readonly string[]): string[] => errorsOf(() => parse(...lines))

const WHOLE = ['[[waivers]]', 'rule = "loose-screw"', 'reason = "known"']

describe('a waiver', () => {
  test('has all its fields and its location', () => {
    const { waivers } = parse(
      'fail-on = "info"',
      '',
      '[[waivers]]',
      'rule = "loose-screw"',
      'package = "lib*"',
      'file = "/usr/lib64/*.so.*"',
      'symbols = ["b", "a", "b"]',
      'reason = "fixed by the vendor"',
      'owner = "dba@example.org"',
      'expires = "2026-12-31"',
    )
    expect(waivers).toEqual([
      {
        rule: 'loose-screw',
        package: 'lib*',
        file: '/usr/lib64/*.so.*',
        symbols: ['a', 'b'],
        reason: 'fixed by the vendor',
        owner: 'dba@example.org',
        expires: '2026-12-31',
        at: { file: 'a.toml', line: 3 },
      },
    ])
  })

  test('needs only a rule and a reason', () => {
    expect(parse(...WHOLE).waivers).toEqual([
      {
        rule: 'loose-screw',
        package: null,
        file: null,
        symbols: null,
        reason: 'known',
        owner: null,
        expires: null,
        at: { file: 'a.toml', line: 1 },
      },
    ])
  })

  test('accepts a former id of a rule', () =>
    expect(parse('[[waivers]]', 'rule = "wobbly-screw"', 'reason = "r"').waivers).toMatchObject([{ rule: 'loose-screw' }]))

  test('accepts a TOML date', () => expect(parse(...WHOLE, 'expires = 2026-12-31').waivers).toMatchObject([{ expires: '2026-12-31' }]))

  test('may explicitly cover any symbols', () => expect(parse(...WHOLE, 'symbols = "any"').waivers).toMatchObject([{ symbols: 'any' }]))

  test('in an inline table has no line', () =>
    expect(parse('waivers = [{ rule = "loose-screw", reason = "r" }]').waivers).toMatchObject([{ at: { file: 'a.toml', line: null } }]))

  test('has its own line, whatever is between the waivers', () => {
    const second = ['# [[waivers]]', ' [[ waivers ]] # the second', 'rule = "rusty-nail"', 'reason = "r"']
    expect(parse(...WHOLE, ...second).waivers.map(({ at }) => at.line)).toEqual([1, 5])
    const text = ['reason = """', '[[waivers]]', '"""']
    expect(parse('[[waivers]]', 'rule = "loose-screw"', ...text).waivers.map(({ at }) => at.line)).toEqual([null])
  })
})

describe('an error in a waiver', () => {
  test.each<[string, readonly string[], string]>([
    ['a missing rule', ['[[waivers]]', 'reason = "r"'], 'waiver on line 1: rule: missing'],
    [
      'a rule that there is not',
      ['[[waivers]]', 'rule = "loose-scew"', 'reason = "r"'],
      'waiver on line 1: rule: unknown rule loose-scew (did you mean loose-screw?)',
    ],
    ['a rule that is not a string', ['[[waivers]]', 'rule = 1', 'reason = "r"'], 'waiver on line 1: rule: must be a non-empty string'],
    ['a missing reason', ['[[waivers]]', 'rule = "loose-screw"'], 'waiver on line 1: reason: missing; say why the finding is accepted'],
    ['a blank reason', ['[[waivers]]', 'rule = "loose-screw"', 'reason = " "'], 'waiver on line 1: reason: must be a non-empty string'],
    ['a misspelt key', [...WHOLE, 'exipres = "2026-12-31"'], 'waiver on line 1: exipres: unknown setting (did you mean expires?)'],
    ['an invalid date', [...WHOLE, 'expires = "2026-02-30"'], 'waiver on line 1: expires: must be a date, YYYY-MM-DD'],
    ['an invalid date without quotes', [...WHOLE, 'expires = 2026-02-30'], 'line 4: expires: invalid date 2026-02-30'],
    ['a date with a time', [...WHOLE, 'expires = 2026-12-31T10:00:00Z'], 'waiver on line 1: expires: must be a date, YYYY-MM-DD'],
    ['a date in words', [...WHOLE, 'expires = "soon"'], 'waiver on line 1: expires: must be a date, YYYY-MM-DD'],
    ['a single symbol', [...WHOLE, 'symbols = "CRYPTO_lock"'], 'waiver on line 1: symbols: must be a list of symbols, or "any"'],
    ['an empty list of symbols', [...WHOLE, 'symbols = []'], 'waiver on line 1: symbols: must be a list of symbols, or "any"'],
    [
      'a pattern of symbols',
      [...WHOLE, 'symbols = ["CRYPTO_*"]'],
      'waiver on line 1: symbols: wildcards are not allowed; list the symbols, or use "any"',
    ],
    ['a package that is not a string', [...WHOLE, 'package = ["a"]'], 'waiver on line 1: package: must be a non-empty string'],
    ['waivers that are a single table', ['[waivers]', 'rule = "loose-screw"'], 'waivers: must be an array of tables, [[waivers]]'],
    [
      'a blocked rule',
      ['[waiving]', 'blocked = ["wobbly-screw"]', ...WHOLE],
      'waiver on line 3: rule: loose-screw is blocked and cannot be waived',
    ],
    [
      'an unknown blocked rule',
      ['[waiving]', 'blocked = ["rusty-nai"]'],
      'waiving.blocked: unknown rule rusty-nai (did you mean rusty-nail?)',
    ],
    ['strictness', ['[waiving]', 'strict = "yes"'], 'waiving.strict: must be true or false'],
    ['an unknown key of waiving', ['[waiving]', 'block = []'], 'waiving.block: unknown setting (did you mean blocked?)'],
    [
      'a duplicate',
      [...WHOLE, 'symbols = ["a", "b"]', ...WHOLE, 'symbols = ["b", "a"]'],
      'waiver on line 5: duplicates the waiver on line 1',
    ],
  ])('such as %s is reported with its location', (_, lines, message) => expect(errorsIn(...lines)).toEqual([`a.toml: ${message}`]))

  test('is reported together with all others', () => {
    expect(errorsIn('[[waivers]]', 'rule = "x"', 'owner = 1', '[[waivers]]', 'expires = 2026-13-01')).toHaveLength(1) // TOML itself rejects month 13
    expect(errorsIn('[[waivers]]', 'rule = "x"', 'owner = 1', '[[waivers]]', 'expires = "2026-13-01"')).toHaveLength(6)
  })

  test('does not include a second waiver of a rule for something else', () =>
    expect(errorsIn(...WHOLE, 'file = "/a"', ...WHOLE, 'file = "/b"')).toEqual([]))
})
