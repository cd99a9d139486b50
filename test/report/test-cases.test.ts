/** The test cases of a report, for JUnit, TAP and tmt. */
import { describe, expect, test } from '@jest/globals'
import type { Finding } from '../../lib/lint/finding.js'
import type { CheckedPackage, Report } from '../../lib/lint/report.js'
import { testSuitesOf, type TestCase } from '../../lib/report/test-cases.js'
import { CHECKED, CONTEXT, FINDING, FULL_REPORT } from '../support/full-report.js'

const report = (...packages: readonly Partial<CheckedPackage>[]): Report => ({
  ...FULL_REPORT,
  packages: packages.map(entry => ({ ...CHECKED, ...entry })),
  notices: [],
})

const WAIVED = { by: 'waiver', reason: 'known', owner: null, expires: null } as const

function caseFor(findings: readonly Partial<Finding>[], context: Partial<typeof CONTEXT> = {}): TestCase | undefined {
  const given = report({ findings: findings.map(finding => ({ ...FINDING, ...finding })) })
  return testSuitesOf(given, { ...CONTEXT, ...context })[0]?.testCases.find(({ name }) => name === FINDING.rule)
}

describe('a rule', () => {
  test.each<[string, readonly Partial<Finding>[], Partial<typeof CONTEXT>, TestCase['outcome']]>([
    ['that found nothing', [], {}, 'pass'],
    ['that found what fails the run', [{}], {}, 'fail'],
    ['that found less', [{ severity: 'warning' }], {}, 'info'],
    ['that found what fails this run', [{ severity: 'warning' }], { failOn: 'warning' }, 'fail'],
    ['of a run that nothing fails', [{}], { failOn: 'never' }, 'info'],
    ['whose findings are waived', [{ waived: WAIVED }], {}, 'skip'],
    ['of whose findings one is not waived', [{ waived: WAIVED }, {}], {}, 'fail'],
    ['of whose findings one is not waived and less', [{ waived: WAIVED }, { severity: 'info' }], {}, 'info'],
  ])('%s', (_, findings, context, outcome) => expect(caseFor(findings, context)?.outcome).toBe(outcome))

  test('has the message of the first failing finding, and the number of the rest', () => {
    const findings = [{ severity: 'info', message: 'mild' }, { message: 'severe' }, { waived: WAIVED }] as const
    const testCase = caseFor(findings)
    expect(testCase?.message).toBe('/usr/lib64/libdemo.so.1: severe (CRYPTO_lock, EVP_CIPHER_CTX_init); and 1 more')
    expect(testCase?.details.split('\n').filter(line => /^\w+: /.test(line))).toHaveLength(6)
  })

  test('that has findings is listed even if it is not among the rules', () => {
    expect(caseFor([{}], { rules: [] })?.outcome).toBe('fail')
    expect(caseFor([], { rules: [] })).toBeUndefined()
  })
})

describe('a package', () => {
  const owners = (...packages: readonly Partial<CheckedPackage>[]): string[] =>
    testSuitesOf(report(...packages), CONTEXT).map(({ owner }) => owner)

  test('keeps its name from build to build', () => {
    const next = {
      path: 'libdemo-1.0-2.x86_64.rpm',
      identity: { name: 'libdemo', epoch: null, version: '1.0', release: '2', arch: 'x86_64' },
    }
    expect(owners({})).toEqual(['libdemo.x86_64'])
    expect(owners(next)).toEqual(['libdemo.x86_64'])
    expect(owners({}, next)).toEqual([CHECKED.path, next.path])
  })

  test('has the case “checked”, even without rules', () => {
    expect(testSuitesOf(report({}), { ...CONTEXT, rules: [] })[0]?.testCases).toEqual([
      { name: 'checked', outcome: 'pass', message: '', details: '' },
    ])
  })
})

test('a notice of severity error fails, unless with never; further ones of the same id have a number', () => {
  const notice = { id: 'unused-waiver', severity: 'error', message: 'm', file: null, line: null } as const
  const outcomes = (failOn: 'error' | 'never'): string[] | undefined =>
    testSuitesOf({ ...report(), notices: [notice, { ...notice, severity: 'warning' }] }, { ...CONTEXT, failOn })[0]?.testCases.map(
      ({ name, outcome }) => `${name}: ${outcome}`,
    )
  expect(outcomes('error')).toEqual(['unused-waiver: fail', 'unused-waiver 2: info'])
  expect(outcomes('never')).toEqual(['unused-waiver: info', 'unused-waiver 2: info'])
})
