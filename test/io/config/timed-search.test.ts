import { describe, expect, test } from '@jest/globals'
import { UsageError } from '../../../lib/errors/check-error.js'
import { timedSearch } from '../../../lib/io/config/timed-search.js'

describe('a search for expressions', () => {
  const search = timedSearch()

  test('tells which of them are found, line by line', () => {
    expect(search([/b/, /x/, /^a/], 'ab')).toEqual([0, 2])
    expect(search([/b/, /x/, /^a/], 'xa')).toEqual([1])
    expect(search([], 'ab')).toEqual([])
  })

  test('is given up where one takes too long, and says which', () => {
    const hurried = timedSearch(100)
    const slow = (): unknown => hurried([/a/, /(a+)+$/, /b/], `${'a'.repeat(40)}b`)
    expect(slow).toThrow(UsageError)
    expect(slow).toThrow('filter (a+)+$ timed out after 0.1 s')
    expect(hurried([/a/, /b/], 'ab')).toEqual([0, 1])
  })
})
