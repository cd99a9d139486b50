/** Properties of SARIF output beyond those of all formats. */
import { describe, expect, test } from '@jest/globals'
import type { Log, Run } from 'sarif'
import type { Finding } from '../../lib/lint/finding.js'
import type { Report } from '../../lib/lint/report.js'
import { renderSarif } from '../../lib/report/sarif/log.js'
import { CHECKED, CONTEXT, FINDING, FULL_REPORT } from '../support/full-report.js'
import { sarifFaults } from '../support/validators/sarif.js'

const report = (...findings: readonly Partial<Finding>[]): Report => ({
  ...FULL_REPORT,
  packages: [{ ...CHECKED, findings: findings.map(finding => ({ ...FINDING, ...finding })) }],
  notices: [],
})

function runOf(given: Report, context: Partial<typeof CONTEXT> = {}): Run {
  const [run] = (JSON.parse(renderSarif(given, { ...CONTEXT, ...context })) as Log).runs ?? []
  if (run === undefined) throw new Error('no run')
  return run
}

describe('too many findings', () => {
  const many = Array.from({ length: 5003 }, (_, index): Partial<Finding> => ({
    severity: index < 4 ? 'info' : index === 5002 ? 'warning' : 'error',
    fingerprint: index.toString(16).padStart(32, '0'),
  }))

  test('keep the most severe, and the run says so', () => {
    const text = renderSarif(report(...many), CONTEXT)
    const [run] = (JSON.parse(text) as Log).runs ?? []
    expect(run?.results?.map(({ level }) => level).filter(level => level !== 'error')).toEqual(['warning', 'note'])
    expect(run?.results).toHaveLength(5000)
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
      '3 results are left out; the most severe 5,000 are kept',
    ])
    expect(sarifFaults(text)).toEqual([])
  })

  test('keep the order of the report if all fit', () => {
    const results = runOf(report(...many.slice(0, 5000))).results ?? []
    expect(results.map(({ partialFingerprints }) => partialFingerprints?.['rpmlint-ts/v1'])).toEqual(
      many.slice(0, 5000).map(({ fingerprint }) => fingerprint),
    )
  })

  test('drop waived ones before infos', () => {
    const waived = { by: 'waiver', reason: 'r', owner: null, expires: null } as const
    const results = runOf(report({ waived }, ...many.slice(0, 5000))).results ?? []
    expect(results).toHaveLength(5000)
    expect(results.filter(({ suppressions }) => suppressions?.length !== 0)).toEqual([])
  })
})

test('at most a hundred symbols become locations; the count is complete', () => {
  const symbols = Array.from({ length: 8000 }, (_, index) => `s${index}`)
  const [result] = runOf(report({ symbols })).results ?? []
  expect(result?.locations?.[0]?.logicalLocations).toHaveLength(100)
  expect(result?.properties).toEqual({ symbolCount: 8000 })
  expect(result?.message.text).toContain('(s0, s1, s2, s3 and 7996 more)')
})

test('a file inside a package refers to it, and is listed in three places', () => {
  const file = '/vendored-1.0.tar.gz!vendored-1.0/x y.so'
  const { artifacts, results } = runOf(report({ file }))
  expect(artifacts).toEqual([
    { location: { uri: 'dist/libdemo-1.0-1.x86_64.rpm' } },
    { location: { uri: '/vendored-1.0.tar.gz!vendored-1.0/x%20y.so' }, parentIndex: 0 },
  ])
  expect(results?.[0]?.message.text).toMatch(`${file}: `)
  expect(results?.[0]?.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName).toBe(`dist/libdemo-1.0-1.x86_64.rpm!${file}!CRYPTO_lock`)
})

test('with a spec file instead of the package, the package is named and linked', () => {
  const [result] = runOf(report({}), { reportPath: 'libdemo.spec' }).results ?? []
  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('libdemo.spec')
  expect(result?.message.text).toMatch('dist/libdemo-1.0-1.x86_64.rpm!/usr/lib64/libdemo.so.1: exports')
  expect(result?.relatedLocations?.map(({ physicalLocation }) => physicalLocation?.artifactLocation?.uri)).toEqual([
    'dist/libdemo-1.0-1.x86_64.rpm',
  ])
})

test('two releases of a package have different fingerprints', () => {
  const { packages } = report({})
  const { results } = runOf({ ...FULL_REPORT, packages: [...packages, ...packages.map(entry => ({ ...entry, path: 'other.rpm' }))] })
  expect(results?.map(({ partialFingerprints }) => partialFingerprints?.['primaryLocationLineHash'])).toEqual([
    `${'0'.repeat(32)}:1`,
    `${'0'.repeat(32)}:2`,
  ])
})

test('a run that checked nothing, or not everything, is not successful', () => {
  const unchecked = FULL_REPORT.packages.find(({ outcome }) => outcome === 'unchecked')
  const wentWell = (given: Report): boolean | undefined => runOf(given).invocations?.[0]?.executionSuccessful
  expect(wentWell(report({}))).toBe(true)
  expect(wentWell({ ...report({}), packages: [] })).toBe(false)
  expect(wentWell({ ...report({}), packages: [CHECKED, ...(unchecked === undefined ? [] : [unchecked])] })).toBe(false)
})

test('there is no category: GitHub’s uploader would not replace it', () => expect(runOf(report({})).automationDetails).toBeUndefined())
