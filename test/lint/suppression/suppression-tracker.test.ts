import { describe, expect, test } from '@jest/globals'
import type { PackageFacts } from '../../../lib/facts/model.js'
import type { Finding } from '../../../lib/lint/finding.js'
import { NO_CONFIGURATION, type RpmlintConfiguration } from '../../../lib/lint/rpmlint/configuration.js'
import { searchWithoutTimeout } from '../../../lib/lint/rpmlint/match-filters.js'
import { parseRpmlintrc } from '../../../lib/lint/rpmlint/parse-rpmlintrc.js'
import type { BaselineEntry } from '../../../lib/lint/suppression/baseline.js'
import { SuppressionTracker, type SuppressionSources } from '../../../lib/lint/suppression/suppression-tracker.js'
import type { Waiver } from '../../../lib/lint/suppression/waiver.js'
import { library, packageOf } from '../../../lib/testing.js'
import { findingOf } from '../../support/findings.js'
import { waiver } from '../../support/waiver.js'

const TODAY = '2026-11-24'

const NOTHING: SuppressionSources = {
  waivers: [],
  baseline: null,
  rpmlint: NO_CONFIGURATION,
  blocked: [],
  today: TODAY,
  search: searchWithoutTimeout,
}

const entry = (stated: Partial<BaselineEntry> = {}): BaselineEntry => ({
  fingerprint: '0'.repeat(32),
  rule: 'loose-screw',
  severity: 'error',
  package: 'x',
  arch: 'x86_64',
  file: '/usr/lib64/libx.so.1',
  symbols: [],
  reason: 'old',
  ...stated,
})

const rc = (...lines: readonly string[]): RpmlintConfiguration => ({
  ...NO_CONFIGURATION,
  filters: parseRpmlintrc(lines.join('\n'), 'x.rpmlintrc').filters,
})

/** One finding of package `x` after suppression. */
function settle(sources: Partial<SuppressionSources>, stated: Partial<Finding> = {}, facts: PackageFacts = packageOf()): Finding {
  const [finding] = new SuppressionTracker({ ...NOTHING, ...sources }).apply('x.rpm', facts, [findingOf(stated)])
  if (finding === undefined) throw new Error('no finding')
  return finding
}

const isWaived = (...given: Parameters<typeof settle>): boolean => settle(...given).waived !== null

test('a finding without a match stays unchanged', () =>
  expect(settle({ waivers: [waiver({ rule: 'rusty-nail' })] })).toEqual(findingOf({})))

describe('a waiver', () => {
  test('gives reason, owner and expiry', () => {
    const { waived, unwaived } = settle({ waivers: [waiver({ owner: 'dba', expires: '2026-12-31' })] })
    expect(waived).toEqual({ by: 'waiver', reason: 'known', owner: 'dba', expires: '2026-12-31' })
    expect(unwaived).toBeNull()
  })

  test.each<[Partial<Waiver>, boolean]>([
    [{ package: 'x' }, true],
    [{ package: 'x*' }, true],
    [{ package: 'y' }, false],
    [{ package: 'X' }, false],
    [{ file: '/usr/lib64/libx.so.*' }, true],
    [{ file: '*' }, true],
    [{ file: 'libx.so.1' }, false],
    [{ file: '/usr/lib64/libx.so' }, false],
    [{ package: 'x', file: '/opt/*' }, false],
  ])('for %j applies: %j', (stated, holds) => expect(isWaived({ waivers: [waiver(stated)] })).toBe(holds))

  test('matches any path of a file', () =>
    expect(isWaived({ waivers: [waiver({ file: '/opt/*' })] }, { data: { alsoAt: ['/usr/lib/a', '/opt/a'] } })).toBe(true))

  test('for a file does not cover the package itself, one for a package does', () => {
    expect(isWaived({ waivers: [waiver({ file: '*' })] }, { file: null })).toBe(false)
    expect(isWaived({ waivers: [waiver({ package: 'x' })] }, { file: null })).toBe(true)
  })

  test('for a package does not cover a standalone file', () => {
    const standalone = { ...packageOf({ objects: [library()] }), identity: null }
    expect(isWaived({ waivers: [waiver({ package: '*' })] }, {}, standalone)).toBe(false)
    expect(isWaived({ waivers: [waiver({ file: '*/libx.so.1' })] }, {}, standalone)).toBe(true)
  })

  test('matches nested and enclosing packages by name', () => {
    const deepest = packageOf({ name: 'deepest' })
    const inner = packageOf({ name: 'inner', inner: [{ path: '/c.rpm', facts: deepest }] })
    const facts = packageOf({
      inner: [
        { path: '/a.tar!b.rpm', facts: inner },
        { path: '/other.rpm', facts: packageOf({ name: 'other' }) },
      ],
    })
    const holds = (name: string, file: string): boolean => isWaived({ waivers: [waiver({ package: name })] }, { file }, facts)
    const path = '/a.tar!b.rpm!/c.rpm!/usr/lib64/libx.so.1'
    expect(['x', 'inner', 'deepest', 'other'].map(name => holds(name, path))).toEqual([true, true, true, false])
    expect(['x', 'inner', 'deepest', 'other'].map(name => holds(name, '/a.tar!b.rpm'))).toEqual([true, true, false, false])
    expect(['x', 'inner', 'deepest', 'other'].map(name => holds(name, '/usr/lib64/libx.so.1'))).toEqual([true, false, false, false])
  })

  test('is valid to the end of its last day', () => {
    expect(isWaived({ waivers: [waiver({ expires: TODAY })] })).toBe(true)
    const over = settle({ waivers: [waiver({ expires: '2026-11-23', owner: 'dba' })] })
    expect(over).toMatchObject({ waived: null, unwaived: 'the waiver of dba expired on 2026-11-23: known' })
  })
})

describe('symbols', () => {
  const symbols = ['CRYPTO_add_lock', 'CRYPTO_lock']

  test('are covered one by one, and others are reported', () => {
    expect(isWaived({ waivers: [waiver({ symbols: [...symbols, 'MD5_Init'] })] }, { symbols })).toBe(true)
    expect(settle({ waivers: [waiver({ symbols: ['CRYPTO_lock'], owner: 'dba' })] }, { symbols })).toMatchObject({
      waived: null,
      unwaived: 'the waiver of dba does not cover CRYPTO_add_lock',
    })
  })

  test('not covered are counted if there are many', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    expect(settle({ waivers: [waiver({ symbols: ['g'] })] }, { symbols: many }).unwaived).toBe(
      'the waiver does not cover a, b, c, d and 2 more',
    )
  })

  test('must be listed, or be “any”', () => {
    expect(settle({ waivers: [waiver()] }, { symbols })).toMatchObject({
      waived: null,
      unwaived: 'the waiver does not apply: it lists no symbols; list them, or use symbols = "any"',
    })
    expect(isWaived({ waivers: [waiver({ symbols: 'any' })] }, { symbols })).toBe(true)
  })

  test('may be listed for a finding without symbols', () => expect(isWaived({ waivers: [waiver({ symbols })] })).toBe(true))

  test('are compared as text', () => expect(isWaived({ waivers: [waiver({ symbols: ['ä'] })] }, { symbols: ['\xc3\xa4'] })).toBe(true))

  test('may be covered by several waivers together, with all reasons', () => {
    const waivers = [
      waiver({ symbols: ['CRYPTO_lock'], reason: 'one', owner: 'a', expires: '2027-01-01' }),
      waiver({ symbols: ['CRYPTO_add_lock'], reason: 'two', owner: 'b', expires: '2026-12-01' }),
      waiver({ symbols: ['CRYPTO_lock'], reason: 'not needed', owner: 'c' }),
    ]
    expect(settle({ waivers }, { symbols }).waived).toEqual({ by: 'waiver', reason: 'one; two', owner: 'a, b', expires: '2026-12-01' })
  })

  test('of an expired waiver are not covered by the others', () => {
    const waivers = [waiver({ symbols: ['CRYPTO_lock'] }), waiver({ symbols: ['CRYPTO_add_lock'], owner: 'b', expires: '2026-01-31' })]
    expect(settle({ waivers }, { symbols })).toMatchObject({
      waived: null,
      unwaived: 'the waiver of b expired on 2026-01-31: known; the waiver does not cover CRYPTO_add_lock',
    })
  })

  test('of an expired waiver may be covered by another', () => {
    const waivers = [waiver({ symbols, expires: '2026-01-31' }), waiver({ symbols, reason: 'renewed' })]
    expect(settle({ waivers }, { symbols })).toMatchObject({ waived: { reason: 'renewed' }, unwaived: null })
  })
})

describe('a baseline', () => {
  const symbols = ['CRYPTO_add_lock', 'CRYPTO_lock']
  const baseline = (stated: Partial<BaselineEntry>): Partial<SuppressionSources> => ({
    baseline: { file: 'b.json', entries: [entry(stated)] },
  })

  test('waives its findings', () =>
    expect(settle(baseline({ symbols }), { symbols }).waived).toEqual({ by: 'baseline', reason: 'old', owner: null, expires: null }))

  test('waives a finding with fewer symbols', () => expect(isWaived(baseline({ symbols }), { symbols: ['CRYPTO_lock'] })).toBe(true))
  test('does not waive another fingerprint', () => expect(isWaived(baseline({ fingerprint: '1'.repeat(32) }))).toBe(false))

  test('does not cover new symbols, and lists them', () => {
    expect(settle(baseline({ symbols: ['CRYPTO_lock'] }), { symbols })).toMatchObject({
      waived: null,
      unwaived: 'the baseline does not cover CRYPTO_add_lock',
    })
  })

  test('does not apply if the severity was raised', () => {
    expect(settle(baseline({ severity: 'warning' }))).toMatchObject({
      waived: null,
      unwaived: 'the baseline does not apply: the severity was warning and is now error',
    })
    expect(isWaived(baseline({ severity: 'error' }), { severity: 'info' })).toBe(true)
  })

  test('and a waiver for new symbols cover a finding together', () => {
    const sources = { ...baseline({ symbols: ['CRYPTO_lock'] }), waivers: [waiver({ symbols: ['CRYPTO_add_lock'] })] }
    expect(settle(sources, { symbols }).waived).toMatchObject({ by: 'waiver', reason: 'known; old' })
  })
})

describe('an rpmlint filter', () => {
  const hidden = (...lines: readonly string[]): Finding => settle({ rpmlint: rc(...lines) }, { symbols: ['CRYPTO_lock'] })

  test.each<[string, boolean]>([
    ['loose-screw', true],
    ['^x\\.x86_64: E: loose-screw /usr/lib64/libx\\.so\\.1 CRYPTO_lock$', true],
    ['x.x86_64: W:', false],
    ['Badness', false],
    ['rusty-nail', false],
  ])('%j matches the line that rpmlint would print: %j', (regex, isFound) =>
    expect(hidden(`addFilter("${regex}")`).waived !== null).toBe(isFound),
  )

  test('does not see badness', () => {
    const rpmlint = { ...rc('addFilter("E: loose-screw /usr")'), scoring: { badness: { 'loose-screw': 9 }, threshold: -1 } }
    expect(isWaived({ rpmlint }, { severity: 'info' })).toBe(true) // but sees the level that badness determines
  })

  test('gives its reason, or its location', () => {
    expect(hidden('addFilter("loose") # reason: known owner: dba expires: 2026-12-31').waived).toEqual({
      by: 'rpmlint',
      reason: 'known',
      owner: 'dba',
      expires: '2026-12-31',
    })
    expect(hidden('addFilter("loose")').waived).toMatchObject({ reason: 'filter "loose" in x.rpmlintrc', owner: null, expires: null })
  })

  test('that has expired hides nothing', () =>
    expect(hidden('addFilter("loose") # reason: known owner: dba expires: 2026-11-23')).toMatchObject({
      waived: null,
      unwaived: 'the filter "loose" of dba expired on 2026-11-23: known',
    }))

  test('does not hide rules in BlockedFilters, and neither does FilterErrorTitles', () => {
    const rpmlint = { ...rc('addFilter("loose")'), hidden: ['loose-screw'], neverHidden: ['loose-screw'] }
    expect(settle({ rpmlint })).toMatchObject({
      waived: null,
      unwaived:
        'the filter "loose" does not apply: the rule is in BlockedFilters; FilterErrorTitles does not apply: the rule is in BlockedFilters',
    })
  })

  test('of FilterErrorTitles hides a rule by its full id', () => {
    const titled = (...titles: readonly string[]): Partial<SuppressionSources> => ({ rpmlint: { ...NO_CONFIGURATION, hidden: titles } })
    expect([isWaived(titled('loose-screw')), isWaived(titled('loose', 'loose-screws'))]).toEqual([true, false])
  })
})

describe('a blocked rule', () => {
  const blocked = ['loose-screw']
  const baseline = { file: 'b.json', entries: [entry()] }
  const rpmlint = { ...rc('addFilter("loose")'), scoring: { badness: { 'loose-screw': 0 }, threshold: -1 } }

  test('cannot be suppressed, which is reported', () => {
    expect(settle({ blocked, baseline, rpmlint, waivers: [waiver()] })).toMatchObject({
      severity: 'error',
      waived: null,
      unwaived:
        'the waiver does not apply: the rule is blocked; the baseline does not apply: the rule is blocked; the filter "loose" does not apply: the rule is blocked',
    })
  })

  test('does not affect other rules', () => expect(isWaived({ blocked: ['rusty-nail'], baseline, rpmlint })).toBe(true))
})

test('badness changes the severity before suppression applies', () => {
  const scored = (count: number, finding: Partial<Finding>): string =>
    settle({ rpmlint: { ...NO_CONFIGURATION, scoring: { badness: { 'loose-screw': count }, threshold: -1 } } }, finding).severity
  expect([scored(3, { severity: 'info' }), scored(0, { severity: 'error' })]).toEqual(['error', 'warning'])
})
