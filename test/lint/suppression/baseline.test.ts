import { describe, expect, test } from '@jest/globals'
import { UsageError } from '../../../lib/errors/check-error.js'
import type { Finding } from '../../../lib/lint/finding.js'
import { checkedPackage, type CheckedPackage } from '../../../lib/lint/report.js'
import { baselineOf, changesBetween, withBaseline, type Baseline } from '../../../lib/lint/suppression/baseline.js'
import { parseBaseline } from '../../../lib/lint/suppression/parse-baseline.js'
import { library, packageOf } from '../../../lib/testing.js'
import { renderBaseline } from '../../../lib/report/baseline-json.js'
import { findingOf } from '../../support/findings.js'

const EMPTY: Baseline = { file: 'b.json', entries: [] }
const fingerprint = (digit: number): string => String(digit).repeat(32)

const checked = (name: string, ...findings: readonly Partial<Finding>[]): CheckedPackage =>
  checkedPackage(`${name}.rpm`, packageOf({ name }), findings.map(findingOf))

describe('a recorded baseline', () => {
  test('has the identity of a finding, its limits, and a reason', () => {
    const packages = [checked('x', { fingerprint: fingerprint(1), symbols: ['b', 'a'] })]
    expect(baselineOf(packages, EMPTY, []).entries).toEqual([
      {
        fingerprint: fingerprint(1),
        rule: 'loose-screw',
        severity: 'error',
        package: 'x',
        arch: 'x86_64',
        file: '/usr/lib64/libx.so.1',
        symbols: ['a', 'b'],
        reason: 'existed before the baseline',
      },
    ])
  })

  test('is sorted by package, file and rule, independent of the order of findings', () => {
    const findings = [
      { fingerprint: fingerprint(1), file: '/b' },
      { fingerprint: fingerprint(2), file: '/a', rule: 'rusty-nail' },
      { fingerprint: fingerprint(3), file: '/a' },
      { fingerprint: fingerprint(4), file: null },
    ]
    const packages = [checked('y', { fingerprint: fingerprint(5) }), checked('x', ...findings)]
    const order = (each: readonly CheckedPackage[]): string =>
      baselineOf(each, EMPTY, [])
        .entries.map(entry => entry.fingerprint[0])
        .join('')
    expect([order(packages), order([...packages].reverse())]).toEqual(['43215', '43215'])
  })

  test('omits findings that are waived, and those of blocked rules', () => {
    const waived = { by: 'waiver', reason: 'r', owner: null, expires: null } as const
    const packages = [checked('x', { waived }, { fingerprint: fingerprint(1), rule: 'rusty-nail' })]
    expect(baselineOf(packages, EMPTY, ['rusty-nail']).entries).toEqual([])
  })

  test('keeps the reasons that people wrote', () => {
    const packages = [checked('x', { fingerprint: fingerprint(1) }, { fingerprint: fingerprint(2) })]
    const [first, second] = baselineOf(packages, EMPTY, []).entries
    if (first === undefined || second === undefined) throw new Error('no entries')
    const old = { file: 'b.json', entries: [{ ...first, reason: 'ticket 4711', symbols: ['gone'] }] }
    expect(baselineOf(packages, old, []).entries).toEqual([{ ...first, reason: 'ticket 4711' }, second])
  })

  test('has one entry for two builds of a package, which covers both', () => {
    const packages = [checked('x', { severity: 'warning', symbols: ['a'] }), checked('x', { severity: 'error', symbols: ['b'] })]
    expect(baselineOf(packages, EMPTY, []).entries).toMatchObject([{ severity: 'error', symbols: ['a', 'b'] }])
    expect(baselineOf([...packages].reverse(), EMPTY, []).entries).toMatchObject([{ severity: 'error', symbols: ['a', 'b'] }])
  })

  test('identifies a standalone file by its path', () => {
    const standalone = checkedPackage('libx.so', { ...packageOf({ objects: [library()] }), identity: null }, [
      findingOf({ file: 'libx.so' }),
    ])
    expect(baselineOf([standalone], EMPTY, []).entries).toMatchObject([{ package: null, arch: null, file: 'libx.so' }])
  })

  test('waives the recorded findings, and none of blocked rules', () => {
    const entry = checked(
      'x',
      { symbols: ['a'], unwaived: 'the waiver does not cover a' },
      { fingerprint: fingerprint(1), rule: 'rusty-nail' },
    )
    const baseline = baselineOf([entry], EMPTY, ['rusty-nail'])
    expect(withBaseline(entry, baseline, ['rusty-nail']).findings).toMatchObject([
      { waived: { by: 'baseline', reason: 'existed before the baseline' }, unwaived: null },
      { waived: null },
    ])
  })

  test('counts added and removed entries', () => {
    const before = baselineOf([checked('x', { fingerprint: fingerprint(1) }, { fingerprint: fingerprint(2) })], EMPTY, [])
    const after = baselineOf([checked('x', { fingerprint: fingerprint(2) })], before, [])
    expect([changesBetween(before, after), changesBetween(after, before)]).toEqual([
      { added: 0, removed: 1 },
      { added: 1, removed: 0 },
    ])
  })
})

describe('a loaded baseline', () => {
  const written = baselineOf(
    [checked('x', { symbols: ['ä\u202e'], file: '/a\nb' }), checked('y', { fingerprint: fingerprint(1), file: null })],
    EMPTY,
    [],
  )

  test('equals the saved one', () => expect(parseBaseline(renderBaseline(written), 'b.json')).toEqual(written))

  test('may have unknown fields', () => {
    const { findings } = JSON.parse(renderBaseline(written)) as { findings: object[] }
    const text = JSON.stringify({ schema: 'rpmlint-ts/baseline/1', more: 1, findings: findings.map(entry => ({ ...entry, more: 1 })) })
    expect(parseBaseline(text, 'b.json')).toEqual(written)
  })

  test.each<[string, string]>([
    ['', 'b.json: invalid JSON: '],
    ['{', 'b.json: invalid JSON: '],
    ['[]', 'b.json: not a baseline file'],
    ['{"schema": "rpmlint-ts/report/1", "findings": []}', 'b.json: not a baseline file'],
    ['{"schema": "rpmlint-ts/baseline/1"}', 'b.json: not a baseline file'],
    ['{"schema": "rpmlint-ts/baseline/1", "findings": [1]}', 'b.json: findings[0]: must be an object'],
  ])('is rejected if it is %j', (text, message) => {
    expect(() => parseBaseline(text, 'b.json')).toThrow(UsageError)
    expect(() => parseBaseline(text, 'b.json')).toThrow(message)
  })

  test.each([
    ['fingerprint', 'abc', 'must be 32 hexadecimal digits'],
    ['rule', null, 'must be a string'],
    ['severity', 'off', 'must be error, warning or info'],
    ['package', 1, 'must be a string or null'],
    ['arch', undefined, 'must be a string or null'],
    ['file', [], 'must be a string or null'],
    ['symbols', 'a', 'must be a list of strings'],
    ['symbols', [1], 'must be a list of strings'],
    ['reason', '', 'must be a non-empty string'],
  ])('is rejected with %s %j', (field, value, message) => {
    const { findings } = JSON.parse(renderBaseline(written)) as { findings: object[] }
    const text = JSON.stringify({ schema: 'rpmlint-ts/baseline/1', findings: [findings[0], { ...findings[1], [field]: value }] })
    expect(() => parseBaseline(text, 'b.json')).toThrow(`b.json: findings[1].${field}: ${message}`)
  })
})
