import { describe, expect, test } from '@jest/globals'
import { dayOf, invalidDays, isDay } from '../../../lib/lint/suppression/day.js'

describe('a date', () => {
  test.each(['2026-01-31', '2024-02-29', '2000-02-29'])('%s is one', text => expect(isDay(text)).toBe(true))
  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-1-1',
    '20260101',
    ' 2026-01-01',
    '2026-01-01Z',
    '',
  ])('%j is not one', text => expect(isDay(text)).toBe(false))
})

test('only strings and local dates are dates', () => {
  for (const value of [undefined, null, 20260131, true, ['2026-01-31'], {}]) expect(dayOf(value)).toBeNull()
  expect(dayOf('2026-01-31')).toBe('2026-01-31')
})

test('invalid unquoted dates are found', () => {
  const text = ['expires = 2026-02-28', 'expires = 2026-02-29', 'expires="2026-02-30"', ' expires =2026-06-31 # x', 'x = 2026-02-30'].join(
    '\n',
  )
  expect(invalidDays(text)).toEqual([
    { day: '2026-02-29', line: 2 },
    { day: '2026-06-31', line: 4 },
  ])
})

test('they are found in inline tables and after quoted keys too', () => {
  const text = [
    '"expires" = 2026-02-29',
    'waivers = [{ rule = "a", expires=2026-02-30 }, { expires = 2026-06-31}]',
    '# [{ expires = 2026-02-30 }]',
  ].join('\n')
  expect(invalidDays(text)).toEqual([
    { day: '2026-02-29', line: 1 },
    { day: '2026-02-30', line: 2 },
    { day: '2026-06-31', line: 2 },
  ])
})
