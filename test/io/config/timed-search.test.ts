import { describe, expect, test } from '@jest/globals'
import { UsageError } from '../../../lib/errors/check-error.js'
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
    expect(slow).toThrow(UsageError)
    expect(slow).toThrow('filter (a+)+$ timed out after 0.1 s')
    expect(hurried([/a/, /b/], 'ab')).toEqual([0, 1])
  })
})
