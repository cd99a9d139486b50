import { describe, expect, test } from '@jest/globals'
import { UsageError } from '../../../lib/errors/check-error.js'
import { parseSettings } from '../../../lib/lint/parse-settings.js'
import { defineRule } from '../../../lib/lint/rule.js'

const words = { summary: '', why: '', remedy: '', references: [], messages: {}, options: {}, check: () => [] }
const rules = [
  defineRule({ ...words, id: 'loose-screw', formerIds: ['wobbly-screw'], scope: 'object', severity: 'error' }),
  defineRule({ ...words, id: 'rusty-nail', scope: 'package', severity: 'info' }),
]

const parse = (...lines: readonly string[]) => parseSettings(lines.join('\n'), 'a.toml', rules)

function mistakes(...lines: readonly string[]): string[] {
  try {
    parse(...lines)
  } catch (error) {
    if (error instanceof UsageError) return error.message.split('\n')
    throw error
  }
  return []
}

const WHOLE = ['[[waivers]]', 'rule = "loose-screw"', 'reason = "known"']

describe('a waiver', () => {
  test('holds all that it says, and where it stands', () => {
    const { waivers } = parse(
      'fail-on = "info"',
      '',
      '[[waivers]]',
      'rule = "loose-screw"',
      'package = "lib*"',
      'file = "/usr/lib64/*.so.*"',
      'symbols = ["b", "a", "b"]',
      'reason = "the vendor mends it"',
      'owner = "dba@example.org"',
      'expires = "2026-12-31"',
    )
    expect(waivers).toEqual([
      {
        rule: 'loose-screw',
        package: 'lib*',
        file: '/usr/lib64/*.so.*',
        symbols: ['a', 'b'],
        reason: 'the vendor mends it',
        owner: 'dba@example.org',
        expires: '2026-12-31',
        at: { file: 'a.toml', line: 3 },
      },
    ])
  })

  test('needs a rule and a reason, and leaves the rest open', () => {
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

  test('takes a rule by its former id', () =>
    expect(parse('[[waivers]]', 'rule = "wobbly-screw"', 'reason = "r"').waivers).toMatchObject([{ rule: 'loose-screw' }]))

  test('takes a day of TOML’s own', () =>
    expect(parse(...WHOLE, 'expires = 2026-12-31').waivers).toMatchObject([{ expires: '2026-12-31' }]))

  test('may be for any symbols, where it says so', () =>
    expect(parse(...WHOLE, 'symbols = "any"').waivers).toMatchObject([{ symbols: 'any' }]))

  test('written inline has no line of its own', () =>
    expect(parse('waivers = [{ rule = "loose-screw", reason = "r" }]').waivers).toMatchObject([{ at: { file: 'a.toml', line: null } }]))

  test('beside another is told by its own line, comments and texts between them or not', () => {
    const second = ['# [[waivers]]', ' [[ waivers ]] # the second', 'rule = "rusty-nail"', 'reason = "r"']
    expect(parse(...WHOLE, ...second).waivers.map(({ at }) => at.line)).toEqual([1, 5])
    const text = ['reason = """', '[[waivers]]', '"""']
    expect(parse('[[waivers]]', 'rule = "loose-screw"', ...text).waivers.map(({ at }) => at.line)).toEqual([null])
  })
})

describe('a mistake in a waiver', () => {
  test.each<[string, readonly string[], string]>([
    ['a rule that is missing', ['[[waivers]]', 'reason = "r"'], 'waiver on line 1: rule: missing'],
    [
      'a rule that there is not',
      ['[[waivers]]', 'rule = "loose-scew"', 'reason = "r"'],
      'waiver on line 1: rule: unknown rule loose-scew (did you mean loose-screw?)',
    ],
    ['a rule that is no text', ['[[waivers]]', 'rule = 1', 'reason = "r"'], 'waiver on line 1: rule: must be a non-empty string'],
    [
      'a reason that is missing',
      ['[[waivers]]', 'rule = "loose-screw"'],
      'waiver on line 1: reason: missing; say why the finding is accepted',
    ],
    [
      'a reason that says nothing',
      ['[[waivers]]', 'rule = "loose-screw"', 'reason = " "'],
      'waiver on line 1: reason: must be a non-empty string',
    ],
    ['a word', [...WHOLE, 'exipres = "2026-12-31"'], 'waiver on line 1: exipres: unknown setting (did you mean expires?)'],
    ['a day that the calendar has not', [...WHOLE, 'expires = "2026-02-30"'], 'waiver on line 1: expires: must be a date, YYYY-MM-DD'],
    ['such a day without quotes', [...WHOLE, 'expires = 2026-02-30'], 'line 4: expires: invalid date 2026-02-30'],
    ['a day with an hour', [...WHOLE, 'expires = 2026-12-31T10:00:00Z'], 'waiver on line 1: expires: must be a date, YYYY-MM-DD'],
    ['a day in words', [...WHOLE, 'expires = "soon"'], 'waiver on line 1: expires: must be a date, YYYY-MM-DD'],
    ['a symbol alone', [...WHOLE, 'symbols = "CRYPTO_lock"'], 'waiver on line 1: symbols: must be a list of symbols, or "any"'],
    ['a list of no symbols', [...WHOLE, 'symbols = []'], 'waiver on line 1: symbols: must be a list of symbols, or "any"'],
    [
      'a pattern of symbols',
      [...WHOLE, 'symbols = ["CRYPTO_*"]'],
      'waiver on line 1: symbols: wildcards are not allowed; list the symbols, or use "any"',
    ],
    ['a package that is no text', [...WHOLE, 'package = ["a"]'], 'waiver on line 1: package: must be a non-empty string'],
    ['waivers that are one table', ['[waivers]', 'rule = "loose-screw"'], 'waivers: must be an array of tables, [[waivers]]'],
    [
      'a rule that is blocked',
      ['[waiving]', 'blocked = ["wobbly-screw"]', ...WHOLE],
      'waiver on line 3: rule: loose-screw is blocked and cannot be waived',
    ],
    [
      'a blocked rule that there is not',
      ['[waiving]', 'blocked = ["rusty-nai"]'],
      'waiving.blocked: unknown rule rusty-nai (did you mean rusty-nail?)',
    ],
    ['strictness', ['[waiving]', 'strict = "yes"'], 'waiving.strict: must be true or false'],
    ['what there is of waiving', ['[waiving]', 'block = []'], 'waiving.block: unknown setting (did you mean blocked?)'],
    [
      'a repetition',
      [...WHOLE, 'symbols = ["a", "b"]', ...WHOLE, 'symbols = ["b", "a"]'],
      'waiver on line 5: duplicates the waiver on line 1',
    ],
  ])('of %s is told with its place', (_, lines, message) => expect(mistakes(...lines)).toEqual([`a.toml: ${message}`]))

  test('is not the only one told', () => {
    expect(mistakes('[[waivers]]', 'rule = "x"', 'owner = 1', '[[waivers]]', 'expires = 2026-13-01')).toHaveLength(1) // TOML itself refuses month 13
    expect(mistakes('[[waivers]]', 'rule = "x"', 'owner = 1', '[[waivers]]', 'expires = "2026-13-01"')).toHaveLength(6)
  })

  test('is none where the same rule is waived for something else', () =>
    expect(mistakes(...WHOLE, 'file = "/a"', ...WHOLE, 'file = "/b"')).toEqual([]))
})
