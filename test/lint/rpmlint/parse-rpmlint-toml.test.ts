import { describe, expect, test } from '@jest/globals'
import { extended } from '../../../lib/lint/rpmlint/configuration.js'
import { parseRpmlintToml } from '../../../lib/lint/rpmlint/parse-rpmlint-toml.js'
import { parseRpmlintrc } from '../../../lib/lint/rpmlint/parse-rpmlintrc.js'

type File = readonly [file: string, ...lines: string[]]

const parse = (...files: readonly File[]) => parseRpmlintToml(files.map(([file, ...lines]) => ({ file, text: lines.join('\n') })))
const sources = (...files: readonly File[]): string[] => parse(...files).filters.map(({ source }) => source)

describe('rpmlint’s configuration', () => {
  test('is read as far as it concerns findings', () => {
    const { filters, ...rest } = parse([
      'a.toml',
      'Filters = ["a"]',
      'BlockedFilters = ["b"]',
      'FilterErrorTitles = ["c"]',
      'BadnessThreshold = 9',
      'Checks = ["AlternativesCheck"]',
      'ExtractDir = 3',
      '[Scoring]',
      'd = 1',
      'e = "2"',
      '[Descriptions]',
      'd = "text"',
    ])
    expect(filters).toMatchObject([{ source: 'a', isFromRc: false, at: { file: 'a.toml', line: null } }])
    expect(rest).toEqual({ neverHidden: ['b'], hidden: ['c'], scoring: { badness: { d: 1, e: 2 }, threshold: 9 } })
  })

  test('of no file hides nothing and has no badness', () =>
    expect(parse()).toEqual({ filters: [], hidden: [], neverHidden: [], scoring: { badness: {}, threshold: -1 } }))

  test('of several files is merged: lists and tables are extended, other values replaced', () => {
    const files: File[] = [
      ['a.toml', 'Filters = ["a", "b"]', 'BadnessThreshold = 1', '[Scoring]', 'x = 1', 'y = 1'],
      ['b.toml', 'Filters = ["c", "a"]', 'BadnessThreshold = 2', '[Scoring]', 'y = 2'],
    ]
    expect(sources(...files)).toEqual(['a', 'b', 'c'])
    expect(parse(...files).scoring).toEqual({ badness: { x: 1, y: 2 }, threshold: 2 })
  })

  test('in an override file comes last and replaces lists', () => {
    const files: File[] = [
      ['/x/z.override.toml', 'Filters = ["z"]', '[Scoring]', 'x = 3'],
      ['/x.override.d/a.toml', 'Filters = ["a"]', '[Scoring]', 'x = 1', 'y = 1'],
    ]
    expect(sources(...files)).toEqual(['z'])
    expect(parse(...files).scoring.badness).toEqual({ x: 3, y: 1 })
  })

  test.each<[string, string]>([
    ['Filters = "a"', 'a.toml: Filters: must be a list of strings'],
    ['Filters = ["("]', 'a.toml: filter "(": '],
    ['BlockedFilters = [1]', 'a.toml: BlockedFilters: must be a list of strings'],
    ['FilterErrorTitles = 1', 'a.toml: FilterErrorTitles: must be a list of strings'],
    ['BadnessThreshold = "x"', 'a.toml: BadnessThreshold: must be a whole number'],
    ['Scoring = 1', 'a.toml: Scoring: must be a table'],
    ['Scoring = { a = "" }', 'a.toml: Scoring.a: must be a whole number'],
    ['Scoring = { a = "-" }', 'a.toml: Scoring.a: must be a whole number'],
    ['Scoring = { a = "1x" }', 'a.toml: Scoring.a: must be a whole number'],
    ['Scoring = { a = 1.5 }', 'a.toml: Scoring.a: must be a whole number'],
    ['Scoring = { a = { b = 1 } }', 'a.toml: Scoring.a: must be a whole number'],
    ['Scoring = { a = [1] }', 'a.toml: Scoring.a: must be a whole number'],
    ['BadnessThreshold = { a = 1 }', 'a.toml: BadnessThreshold: must be a whole number'],
    ['Filters = [', 'a.toml:1:'],
  ])('with %j in it is rejected', (line, message) => expect(() => parse(['a.toml', line])).toThrow(message))
})

test('an rpmlintrc is added: its filters are appended, its badness takes precedence', () => {
  const configuration = parse(['a.toml', 'Filters = ["a"]', 'BadnessThreshold = 5', '[Scoring]', 'x = 1', 'y = 1'])
  const both = extended(configuration, parseRpmlintrc('addFilter("b")\nsetBadness("y", 4)', 'rc'))
  expect(both.filters.map(({ source }) => source)).toEqual(['a', 'b'])
  expect(both.scoring).toEqual({ badness: { x: 1, y: 4 }, threshold: 5 })
})
