import { describe, expect, test } from '@jest/globals'
import type { Finding } from '../../../lib/lint/finding.js'
import { checkedPackage, type Notice } from '../../../lib/lint/report.js'
import { defineRule } from '../../../lib/lint/rule.js'
import { NO_CONFIGURATION } from '../../../lib/lint/rpmlint/configuration.js'
import { searchWithoutTimeout } from '../../../lib/lint/rpmlint/match-filters.js'
import { parseRpmlintrc } from '../../../lib/lint/rpmlint/parse-rpmlintrc.js'
import { SuppressionTracker, type SuppressionSources } from '../../../lib/lint/suppression/suppression-tracker.js'
import { unusedSuppressions, type UnusedOptions } from '../../../lib/lint/suppression/unused-suppressions.js'
import { packageOf } from '../../../lib/testing.js'
import { findingOf } from '../../support/findings.js'
import { waiver } from '../../support/waiver.js'

const rules = [
  defineRule({
    id: 'loose-screw',
    formerIds: ['wobbly-screw'],
    scope: 'object',
    severity: 'error',
    summary: '',
    why: '',
    remedy: '',
    references: [],
    messages: {},
    options: {},
    check: () => [],
  }),
]

/** The unused suppressions after a run over one package, `x`. */
function left(sources: Partial<SuppressionSources>, findings: readonly Finding[], options: Partial<UnusedOptions> = {}): Notice[] {
  const whole = {
    waivers: [],
    baseline: null,
    rpmlint: NO_CONFIGURATION,
    blocked: [],
    today: '2026-11-24',
    search: searchWithoutTimeout,
    ...sources,
  }
  const tracker = new SuppressionTracker(whole)
  const checked = checkedPackage('x.rpm', packageOf(), tracker.apply('x.rpm', packageOf(), findings))
  return unusedSuppressions(whole, tracker.uses, [checked], { isStrict: false, areFiltersErrors: false, rules, ...options })
}

describe('a waiver', () => {
  test('that was used is not reported', () => expect(left({ waivers: [waiver({})] }, [findingOf({})])).toEqual([]))

  test('that matches no finding is reported with its location', () => {
    expect(left({ waivers: [waiver({ owner: 'dba' })] }, [])).toEqual([
      {
        id: 'unused-waiver',
        severity: 'warning',
        message: 'the waiver of dba for loose-screw matches no finding: known',
        file: 'a.toml',
        line: 1,
      },
    ])
  })

  test('that has also expired says so, and one that only expired is not reported', () => {
    const waivers = [waiver({ expires: '2026-01-31' })]
    expect(left({ waivers }, [])).toMatchObject([
      { message: 'the waiver for loose-screw matches no finding, and expired on 2026-01-31: known' },
    ])
    expect(left({ waivers }, [findingOf({})])).toEqual([])
  })

  test('with symbols that no finding has is reported with them', () => {
    const waivers = [waiver({ symbols: ['a', 'b', 'c'] })]
    expect(left({ waivers }, [findingOf({ symbols: ['a'] }), findingOf({ symbols: ['c', 'd'] })])).toMatchObject([
      { severity: 'warning', message: 'the waiver for loose-screw lists b, which no matching finding has: known' },
    ])
  })

  test('for an unchecked package is only an info', () => {
    const waivers = [waiver({ package: 'y*' }), waiver({ package: 'x*' })]
    expect(left({ waivers }, []).map(({ severity }) => severity)).toEqual(['info', 'warning'])
    expect(left({ waivers }, [])[0]?.message).toContain('matches no finding of the checked packages')
  })

  test('is an error in strict mode', () => {
    const waivers = [waiver({ package: 'y' }), waiver({})]
    expect(left({ waivers }, [], { isStrict: true }).map(({ severity }) => severity)).toEqual(['error', 'error'])
  })
})

describe('a baseline entry', () => {
  const entry = {
    fingerprint: '0'.repeat(32),
    rule: 'loose-screw',
    severity: 'error',
    package: 'x',
    arch: 'x86_64',
    file: '/a',
    symbols: ['a', 'b'],
    reason: 'old',
  } as const
  const baseline = { file: 'b.json', entries: [entry] }

  test('that was found again is not reported', () => expect(left({ baseline }, [findingOf({ symbols: ['a', 'b', 'c'] })])).toEqual([]))

  test('that was not found is reported, and so are its missing symbols', () => {
    expect(left({ baseline }, [])).toEqual([
      {
        id: 'stale-baseline',
        severity: 'warning',
        message: 'the baseline records loose-screw in x at /a, which was not found; --update-baseline removes it',
        file: 'b.json',
        line: null,
      },
    ])
    expect(left({ baseline }, [findingOf({ symbols: ['b'] })])).toMatchObject([
      { message: 'the baseline records loose-screw in x at /a with a, not found any more; --update-baseline removes it' },
    ])
  })

  test('for an unchecked package or architecture is only an info, unless in strict mode', () => {
    const others = {
      file: 'b.json',
      entries: [
        { ...entry, package: 'y' },
        { ...entry, arch: 's390x' },
      ],
    }
    expect(left({ baseline: others }, []).map(({ severity }) => severity)).toEqual(['info', 'info'])
    expect(left({ baseline: others }, [], { isStrict: true }).map(({ severity }) => severity)).toEqual(['error', 'error'])
  })
})

describe('a filter', () => {
  const { filters } = parseRpmlintrc(
    'addFilter("libx.*loose-screw")\naddFilter("no-documentation")\naddFilter("wobbly-screw")',
    'x.rpmlintrc',
  )
  const rpmlint = { ...NO_CONFIGURATION, filters }

  test('that was used is not reported', () =>
    expect(left({ rpmlint: { ...rpmlint, filters: filters.slice(0, 1) } }, [findingOf({ file: '/libx loose-screw' })])).toEqual([]))

  test('is an error if it mentions a rule, else it may be for rpmlint itself', () => {
    expect(left({ rpmlint }, [])).toEqual([
      {
        id: 'unused-rpmlintrc-filter',
        severity: 'error',
        message: '"libx.*loose-screw" suppresses no finding',
        file: 'x.rpmlintrc',
        line: 1,
      },
      {
        id: 'unused-rpmlintrc-filter',
        severity: 'info',
        message: '"no-documentation" suppresses no finding',
        file: 'x.rpmlintrc',
        line: 2,
      },
      { id: 'unused-rpmlintrc-filter', severity: 'error', message: '"wobbly-screw" suppresses no finding', file: 'x.rpmlintrc', line: 3 },
    ])
  })

  test('is always an error with rpmlint’s exit codes, and not reported if ignored', () => {
    expect(left({ rpmlint }, [], { areFiltersErrors: true }).map(({ severity }) => severity)).toEqual(['error', 'error', 'error'])
    expect(left({ rpmlint }, [], { areFiltersErrors: null })).toEqual([])
  })

  test('of the configuration is not reported: it is for many packages', () => {
    const configured = { ...rpmlint, filters: filters.map(filter => ({ ...filter, isFromRc: false })) }
    expect(left({ rpmlint: configured }, [])).toEqual([])
  })
})
