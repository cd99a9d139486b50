import { describe, expect, test } from '@jest/globals'
import { UsageError } from '../../../lib/errors/check-error.js'
import { parseRpmlintrc } from '../../../lib/lint/rpmlint/parse-rpmlintrc.js'

const parse = (...lines: readonly string[]) => parseRpmlintrc(lines.join('\n'), 'a.rpmlintrc')

/** The expressions of the filters. */
const sources = (...lines: readonly string[]): string[] => parse(...lines).filters.map(({ source }) => source)

describe('an rpmlintrc', () => {
  test('has filters, with their locations, and badness', () => {
    const { filters, badness } = parse('from Config import *', '', 'addFilter("no-documentation")', "setBadness('bundled-openssl', 7)")
    expect(badness).toEqual({ 'bundled-openssl': 7 })
    expect(filters).toEqual([
      {
        source: 'no-documentation',
        regex: new RegExp(String.raw`no\x2ddocumentation`, 'v'),
        isFromRc: true,
        reason: null,
        owner: null,
        expires: null,
        at: { file: 'a.rpmlintrc', line: 3 },
      },
    ])
  })

  test.each([
    ['  addFilter  ( "a" )', 'a'],
    ["addFilter('a')", 'a'],
    ['addFilter(r"a\\.b")', 'a\\.b'],
    ['addFilter("a\\.b")', 'a\\.b'], // taken literally, with or without r
    ['addFilter("a") and more', 'a'],
    ['addFilter("(a") or "b")', '(a") or "b'], // to the last quote, as rpmlint does
    ['addFilter("a\')', 'a'],
    ['addFilter("")', ''],
    ['addFilter("""a""")', '""a""'],
  ])('has the filter of %j: %j', (line, source) => expect(sources(line)).toEqual([source]))

  test.each([
    '# addFilter("a")',
    'x = addFilter("a")',
    'addFilter(a)',
    'addFilter("a"',
    'addfilter("a")',
    'Filters = ["a"]',
    'addFilter(u"a")',
  ])('has no filter for %j', line => expect(sources(line)).toEqual([]))

  test.each([
    ["setBadness('a', 3)", { a: 3 }],
    ['  setBadness ("a","03")', { a: 3 }],
    ["setBadness('a', 0) # comment", { a: 0 }],
    ["setBadness('a', -1)", {}],
    ["setBadness('a' , 1)", {}],
    ["# setBadness('a', 1)", {}],
  ])('has the badness of %j: %j', (line, badness) => expect(parse(line).badness).toEqual(badness))

  test('may have any line endings', () =>
    expect(parseRpmlintrc('addFilter("a")\r\naddFilter("b")\raddFilter("c")', 'x').filters).toHaveLength(3))
})

describe('a comment', () => {
  test('after a filter may state reason, owner and expiry', () => {
    expect(parse('addFilter("a") # reason: fixed by the vendor owner: dba@example.org expires: 2026-12-31').filters).toMatchObject([
      { reason: 'fixed by the vendor', owner: 'dba@example.org', expires: '2026-12-31' },
    ])
  })

  test('may state them above, on several lines, for the next filter only', () => {
    const lines = ['# expires: 2026-12-31', '# reason: known', 'addFilter("a")', 'addFilter("b")', '# reason: lost', '', 'addFilter("c")']
    expect(parse(...lines).filters).toMatchObject([
      { source: 'a', reason: 'known', expires: '2026-12-31' },
      { source: 'b', reason: null, expires: null },
      { source: 'c', reason: null },
    ])
  })

  test('of another form is ignored', () =>
    expect(parse('# the reason is known', 'addFilter("a") # for good').filters).toMatchObject([
      { reason: null, owner: null, expires: null },
    ]))

  test('inside an expression is not one', () =>
    expect(parse('addFilter("# reason: x")').filters).toMatchObject([{ source: '# reason: x', reason: null }]))
})

test('all errors are reported, with their lines', () => {
  const read = (): unknown => parse('addFilter("(")', 'addFilter("ok")', 'addFilter("b") # expires: soon', 'addFilter("a++")')
  expect(read).toThrow(UsageError)
  expect(read).toThrow(
    /^a\.rpmlintrc:1: filter "\(": .*\na\.rpmlintrc:3: expires: soon is not a date .*\na\.rpmlintrc:4: filter "a\+\+": .*possessive/,
  )
})
