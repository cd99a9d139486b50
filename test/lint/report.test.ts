import { describe, expect, test } from '@jest/globals'
import { exitStatusOf } from '../../lib/lint/exit-status.js'
import type { Finding } from '../../lib/lint/finding.js'
import { checkedPackage, summaryOf, type PackageReport, type Report } from '../../lib/lint/report.js'
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

  test('is 2 if a package could not be checked, regardless of findings and options', () => {
    expect(exitStatusOf(report(checked(finding('error')), unchecked), 'error')).toBe(2)
    expect(exitStatusOf(report(unchecked, checked()), 'never')).toBe(2)
  })

  test('is 2 if there was nothing to check', () => expect(exitStatusOf(report(), 'never')).toBe(2))

  test('ignores waived findings', () => expect(exitStatusOf(report(checked(finding('error', WAIVED))), 'info')).toBe(0))
})

describe('a notice of the run', () => {
  const noticed = (severity: Severity): Report => ({
    ...report(checked()),
    notices: [{ id: 'unused-waiver', severity, message: 'm', file: null, line: null }],
  })

  test('fails the run if it is an error, whatever the threshold for findings', () =>
    expect(exitStatusOf(noticed('error'), 'error')).toBe(1))
  test('does not fail the run if it is less severe', () => expect(exitStatusOf(noticed('warning'), 'info')).toBe(0))
  test('does not fail the run with never', () => expect(exitStatusOf(noticed('error'), 'never')).toBe(0))
})

test('the summary counts packages, objects and findings that are not waived', () => {
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

test('objects of nested packages are counted, and odd notes are omitted: they are findings', () => {
  const note = { id: 'n', message: 'm', path: null, structure: null, offset: null }
  const inner = { path: '/i.rpm', facts: packageOf({ objects: [library(), library()] }) }
  const facts = packageOf({
    objects: [library()],
    inner: [inner],
    notes: [
      { ...note, isOdd: true },
      { ...note, id: 'plain', isOdd: false },
    ],
  })
  expect(checkedPackage('a.rpm', facts, [])).toMatchObject({ objects: 3, notes: [{ id: 'plain' }] })
})

test('notes of nested packages are reported with their path', () => {
  const note = { id: 'n', message: '/b.zip could not be read', path: '/b.zip', structure: null, offset: null, isOdd: false }
  const facts = packageOf({ inner: [{ path: '/a.tar!i.rpm', facts: packageOf({ notes: [note] }) }] })
  expect(checkedPackage('a.rpm', facts, []).notes).toMatchObject([{ message: '/a.tar!i.rpm!/b.zip could not be read' }])
})
