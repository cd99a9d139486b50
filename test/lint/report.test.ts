import { describe, expect, test } from '@jest/globals'
import type { Finding } from '../../lib/lint/finding.js'
import { checkedPackage, exitStatusOf, summaryOf, type PackageReport, type Report } from '../../lib/lint/report.js'
import type { Severity } from '../../lib/lint/rule.js'
import { library, packageOf } from '../../lib/testing.js'

const finding = (severity: Severity, waived: Finding['waived'] = null): Finding => ({
  rule: 'r',
  severity,
  file: null,
  symbols: [],
  message: 'm',
  remedy: 'r',
  data: {},
  fingerprint: '0'.repeat(32),
  waived,
  unwaived: null,
})

const WAIVED = { by: 'waiver', reason: 'known', owner: null, expires: null } as const

const unchecked: PackageReport = { outcome: 'unchecked', path: 'b.rpm', reason: 'malformed', structure: null, offset: null, message: 'm' }
const checked = (...findings: readonly Finding[]) => checkedPackage('a.rpm', packageOf({ objects: [library()] }), findings)
const report = (...packages: readonly PackageReport[]): Report => ({ tool: { name: 'rpmlint-ts', version: '1' }, packages, notices: [] })

describe('the exit status', () => {
  test.each([
    ['error', 'error', 1],
    ['warning', 'error', 0],
    ['warning', 'warning', 1],
    ['error', 'warning', 1],
    ['info', 'warning', 0],
    ['info', 'info', 1],
    ['error', 'never', 0],
  ] as const)('for a finding of %s, failing on %s, is %i', (severity, failOn, status) =>
    expect(exitStatusOf(report(checked(finding(severity))), failOn)).toBe(status),
  )

  test('is 0 for a clean package', () => expect(exitStatusOf(report(checked()), 'info')).toBe(0))

  test('is 2 where a package could not be checked, whatever else was found or asked for', () => {
    expect(exitStatusOf(report(checked(finding('error')), unchecked), 'error')).toBe(2)
    expect(exitStatusOf(report(unchecked, checked()), 'never')).toBe(2)
  })

  test('is 2 where there was nothing to check', () => expect(exitStatusOf(report(), 'never')).toBe(2))

  test('does not count what is waived', () => expect(exitStatusOf(report(checked(finding('error', WAIVED))), 'info')).toBe(0))
})

describe('a notice of the run', () => {
  const noticed = (severity: Severity): Report => ({
    ...report(checked()),
    notices: [{ id: 'unused-waiver', severity, message: 'm', file: null, line: null }],
  })

  test('fails it where it is an error, whatever severity of finding does', () => expect(exitStatusOf(noticed('error'), 'error')).toBe(1))
  test('does not where it is less', () => expect(exitStatusOf(noticed('warning'), 'info')).toBe(0))
  test('does not where nothing shall', () => expect(exitStatusOf(noticed('error'), 'never')).toBe(0))
})

test('the summary counts packages, objects and what counts of the findings', () => {
  const waived = finding('error', WAIVED)
  expect(summaryOf(report(checked(finding('error'), finding('info'), waived), unchecked, checked(finding('warning'))))).toEqual({
    packages: 3,
    checked: 2,
    unchecked: 1,
    objects: 2,
    error: 1,
    warning: 1,
    info: 1,
    waived: 1,
  })
})

test('objects of packages inside count, and odd notes are findings already', () => {
  const note = { id: 'n', message: 'm', path: null, structure: null, offset: null }
  const inner = { path: '/i.rpm', facts: packageOf({ objects: [library(), library()] }) }
  const facts = packageOf({
    objects: [library()],
    inner: [inner],
    notes: [
      { ...note, isOdd: true },
      { ...note, id: 'told', isOdd: false },
    ],
  })
  expect(checkedPackage('a.rpm', facts, [])).toMatchObject({ objects: 3, notes: [{ id: 'told' }] })
})

test('notes of packages inside are told under their path', () => {
  const note = { id: 'n', message: '/b.zip could not be read', path: '/b.zip', structure: null, offset: null, isOdd: false }
  const facts = packageOf({ inner: [{ path: '/a.tar!i.rpm', facts: packageOf({ notes: [note] }) }] })
  expect(checkedPackage('a.rpm', facts, []).notes).toMatchObject([{ message: '/a.tar!i.rpm!/b.zip could not be read' }])
})
