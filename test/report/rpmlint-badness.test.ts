/** Effects of rpmlint's configuration on lines and footer; test/oracle/rpmlint-filters.test.ts compares with rpmlint itself. */
import { describe, expect, test } from '@jest/globals'
import type { Notice, Report } from '../../lib/lint/report.js'
import { renderRpmlint } from '../../lib/report/rpmlint.js'
import { findingOf, reportOf, uncheckedPackage } from '../support/findings.js'

const notice = (stated: Partial<Notice>): Notice => ({
  id: 'unused-rpmlintrc-filter',
  severity: 'error',
  message: '"a" suppresses no finding',
  file: 'x',
  line: 1,
  ...stated,
})

const lines = (report: Report): string[] => renderRpmlint(report).split('\n')

const REPORT: Report = {
  ...reportOf([findingOf({ rule: 'heavy', symbols: ['CRYPTO_lock'] }), findingOf({ rule: 'single', severity: 'warning' })]),
  scoring: { badness: { heavy: 7, single: 1 }, threshold: 7 },
}

describe('badness', () => {
  test('over 1 is printed after the rule, and the sum at the end', () => {
    expect(lines(REPORT)).toEqual([
      'x.x86_64: W: single /usr/lib64/libx.so.1',
      'x.x86_64: E: heavy (Badness: 7) /usr/lib64/libx.so.1 CRYPTO_lock',
      '------------------- Badness 8 exceeds threshold 7, aborting. -------------------',
      ' 1 packages and 0 specfiles checked; 1 errors, 1 warnings, 0 filtered, 8 badness ',
      '',
    ])
  })

  test('equal to the threshold does not exceed it', () =>
    expect(renderRpmlint({ ...REPORT, scoring: { badness: { heavy: 6, single: 1 }, threshold: 7 } })).not.toContain('exceeds'))
})

describe('a filter that hides nothing', () => {
  test('is reported for the last checked package, with only the expression', () => {
    const notices = [notice({ message: String.raw`"a \"b\" \x1b" suppresses no finding` }), notice({ severity: 'info' })]
    const [last] = reportOf([], { name: 'last' }).packages
    const packages = [...REPORT.packages, ...(last === undefined ? [] : [last]), uncheckedPackage('malformed')]
    expect(lines({ ...REPORT, packages, notices })).toEqual(
      expect.arrayContaining([
        String.raw`last.x86_64: E: unused-rpmlintrc-filter "a \"b\" \x1b"`,
        'last.x86_64: I: unused-rpmlintrc-filter "a"',
        ' 2 packages and 0 specfiles checked; 2 errors, 1 warnings, 0 filtered, 9 badness ',
      ]),
    )
  })
})

test('other notices are printed in full, that of badness as the footer', () => {
  const notices = [
    notice({ id: 'unused-waiver', severity: 'warning', message: 'the waiver matches no finding: "known"' }),
    notice({ id: 'badness-over-threshold' }),
  ]
  expect(lines({ ...reportOf([]), notices })).toEqual([
    'x.x86_64: W: unused-waiver the waiver matches no finding: "known"',
    ' 1 packages and 0 specfiles checked; 0 errors, 1 warnings, 0 filtered, 0 badness ',
    '',
  ])
})
