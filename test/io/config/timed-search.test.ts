import { describe, expect, test } from '@jest/globals'
import { LimitError, UsageError } from '../../../lib/errors/check-error.js'
import { timedSearch } from '../../../lib/io/config/timed-search.js'

describe('a search for regular expressions', () => {
  const search = timedSearch()

  test('returns which of them match, line by line', () => {
    expect(search([/b/, /x/, /^a/], 'ab')).toEqual([0, 2])
    expect(search([/b/, /x/, /^a/], 'xa')).toEqual([1])
    expect(search([], 'ab')).toEqual([])
  })

  test('times out if one takes too long, and names it', () => {
    const hurried = timedSearch(100)
    const slow = (): unknown => hurried([/a/, /(a+)+$/, /b/], `${'a'.repeat(40)}b`)
    expect(slow).toThrow(LimitError)
    expect(slow).toThrow('filter (a+)+$ timed out after 0.1 s')
    expect(hurried([/a/, /b/], 'ab')).toEqual([0, 1])
  })

  test('ends the run if that happens again and again', () => {
    const hurried = timedSearch(5)
    const slow = (): unknown => hurried([/(a+)+$/], `${'a'.repeat(40)}b`)
    for (let time = 1; time < 10; time++) expect(slow).toThrow(LimitError)
    expect(slow).toThrow(UsageError)
  })

  test('names an expression that V8 refuses as late as in the search, but not in full', () => {
    const refused = new RegExp('(?:(?<=[a-z])(?![a-z])|(?<![a-z])(?=[a-z]))'.repeat(40_000), 'v')
    expect(() => search([/a/, refused], 'a')).toThrow(UsageError)
    expect(() => search([/a/, refused], 'a')).toThrow(/^filter .{199}… cannot be searched for: it is too large or too deeply nested$/)
  })
})
