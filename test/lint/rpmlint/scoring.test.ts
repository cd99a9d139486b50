import { describe, expect, test } from '@jest/globals'
import type { Notice, Report } from '../../../lib/lint/report.js'
import { rpmlintStatusOf } from '../../../lib/lint/rpmlint/exit-status.js'
import { badnessOf, scoredSeverity, totalBadness } from '../../../lib/lint/rpmlint/scoring.js'
import type { Severity } from '../../../lib/lint/rule.js'
import { thresholdNotices } from '../../../lib/lint/thresholds.js'
import { findingOf, reportOf, uncheckedPackage } from '../../support/findings.js'

const scoring = { badness: { heavy: 7, light: 0 }, threshold: -1 }

const notice = (severity: Severity, id = 'unused-rpmlintrc-filter'): Notice => ({ id, severity, message: 'm', file: null, line: null })
const over = (threshold: number, report: Report): Report => ({ ...report, scoring: { badness: { heavy: 7 }, threshold } })

describe('badness', () => {
  test.each<[string, Severity, Severity, number]>([
    ['heavy', 'info', 'error', 7],
    ['heavy', 'error', 'error', 7],
    ['light', 'error', 'warning', 0],
    ['light', 'warning', 'warning', 0],
    ['light', 'info', 'info', 0],
    ['unsaid', 'error', 'error', 1],
    ['unsaid', 'warning', 'warning', 0],
    ['constructor', 'info', 'info', 0],
  ])('of %s turns %s into %s, with badness %i', (rule, severity, becomes, count) => {
    expect(scoredSeverity({ rule, severity }, scoring, false)).toBe(becomes)
    expect(badnessOf({ rule, severity: becomes }, scoring)).toBe(count)
  })

  test('never lowers the severity of a blocked rule, but may raise it', () => {
    expect(scoredSeverity({ rule: 'light', severity: 'error' }, scoring, true)).toBe('error')
    expect(scoredSeverity({ rule: 'heavy', severity: 'info' }, scoring, true)).toBe('error')
  })

  test('of a run is the sum over findings that are not waived and notices that are errors', () => {
    const waived = { by: 'rpmlint', reason: 'r', owner: null, expires: null } as const
    const findings = [
      findingOf({ rule: 'heavy' }),
      findingOf({ severity: 'error' }),
      findingOf({ rule: 'heavy', waived }),
      findingOf({ severity: 'info' }),
    ]
    const report = {
      ...reportOf(findings),
      scoring,
      notices: [notice('error'), notice('warning'), notice('error', 'badness-over-threshold')],
    }
    expect(totalBadness(report)).toBe(9)
  })
})

describe('a threshold', () => {
  const two = reportOf([findingOf({ severity: 'warning' }), findingOf({ severity: 'warning' })])

  test.each([
    [null, []],
    [2, []],
    [1, ['2 warnings exceed --max-warnings 1']],
    [0, ['2 warnings exceed --max-warnings 0']],
  ])('of %j warnings', (most, messages) => expect(thresholdNotices(two, most).map(({ message }) => message)).toEqual(messages))

  test('that is exceeded is an error of the run', () => {
    const error = { severity: 'error', message: expect.any(String), file: null, line: null }
    const heavy = reportOf([findingOf({ rule: 'heavy' }), findingOf({ severity: 'warning' })])
    expect(thresholdNotices(over(6, heavy), 0)).toEqual([
      { ...error, id: 'too-many-warnings' },
      { ...error, id: 'badness-over-threshold' },
    ])
  })

  test('of badness must be exceeded, and 0 or less is no threshold', () => {
    const heavy = reportOf([findingOf({ rule: 'heavy' })])
    const messages = (threshold: number): string[] => thresholdNotices(over(threshold, heavy), null).map(({ message }) => message)
    expect([messages(6), messages(7), messages(0), messages(-1)]).toEqual([['badness 7 exceeds the threshold of 6'], [], [], []])
  })
})

describe('rpmlint’s exit status', () => {
  const status = (report: Report, failOn: Severity | 'never' = 'error', isPermissive = false): number =>
    rpmlintStatusOf(report, failOn, isPermissive)
  const bad = reportOf([findingOf({ severity: 'error' }), findingOf({ severity: 'warning' })])
  const odd = reportOf([findingOf({ severity: 'warning' })])

  test('is 0 without errors, 64 with them', () => expect([status(reportOf([])), status(odd), status(bad)]).toEqual([0, 0, 64]))

  test('is 65 if findings only count because of --fail-on', () => {
    expect([status(odd, 'warning'), status(bad, 'warning'), status(reportOf([findingOf({ severity: 'info' })]), 'warning')]).toEqual([
      65, 64, 0,
    ])
  })

  test('is 64 for a notice that is an error', () => expect(status({ ...odd, notices: [notice('error')] })).toBe(64))

  test('is 0 with --exit-zero or --fail-on never, but 66 for badness', () => {
    const heavy = reportOf([findingOf({ rule: 'heavy' })])
    expect([status(bad, 'error', true), status(bad, 'never')]).toEqual([0, 0])
    expect([status(over(6, heavy)), status(over(7, heavy)), status(over(6, heavy), 'error', true)]).toEqual([66, 64, 66])
  })

  test('is 2 for a missing file, 3 for an unreadable package, and 2 without packages', () => {
    const unchecked = (reason: 'unreadable' | 'malformed'): Report => ({ ...bad, packages: [...bad.packages, uncheckedPackage(reason)] })
    expect([status(unchecked('unreadable')), status(unchecked('malformed')), status({ ...bad, packages: [] })]).toEqual([2, 3, 2])
  })

  test('ignores waived findings', () => {
    const waived = { by: 'waiver', reason: 'r', owner: null, expires: null } as const
    expect(status(reportOf([findingOf({ severity: 'error', waived })]))).toBe(0)
  })
})
