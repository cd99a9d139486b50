/** The comparison has to see what it is there for: each planted fault of a simulator that agrees otherwise. */
import { describe, expect, test } from '@jest/globals'
import type { SimulatedBinding, SimulatedProgram } from './bindings-command.js'
import { bindingCount, differences } from './compare.js'
import type { LoaderReport } from './ld-debug.js'

const TRUTH: LoaderReport = {
  scope: ['app', 'a.so', 'b.so'],
  notFound: [],
  bindings: [
    { referrer: 'app', symbol: 'f', version: 'V_1', provider: 'a.so' },
    { referrer: 'a.so', symbol: 'g', version: null, provider: 'b.so' },
    { referrer: 'b.so', symbol: 'parted', version: null, provider: 'app' },
    { referrer: 'b.so', symbol: 'parted', version: null, provider: 'a.so' },
  ],
  undefinedSymbols: [{ referrer: 'b.so', symbol: 'gone', version: 'V_2' }],
  refusals: [],
}

const row = (referrer: string, symbol: string, version: string | null, provider: string | null, more = {}): SimulatedBinding => ({
  referrer,
  symbol,
  version,
  kind: 'call',
  provider,
  providerVersion: null,
  status: 'bound',
  ...more,
})

const RIGHT: SimulatedProgram = {
  program: 'app',
  scope: ['app', 'a.so', 'b.so'],
  error: null,
  bindings: [
    row('app', 'f', 'V_1', 'a.so'),
    row('a.so', 'g', null, 'link-to-b.so'),
    row('b.so', 'parted', null, 'app', { kind: 'address' }),
    row('b.so', 'parted', null, 'a.so'),
    row('b.so', 'gone', 'V_2', null, { status: 'undefined' }),
    row('b.so', 'weak', null, null, { status: 'unresolved-weak' }),
  ],
}

const identify = (path: string): string => path.replace('link-to-', '')
const differ = (simulated: Partial<SimulatedProgram>): string[] => differences(TRUTH, { ...RIGHT, ...simulated }, identify)
const without = (symbol: string): SimulatedBinding[] => RIGHT.bindings.filter(binding => binding.symbol !== symbol)

describe('the comparison', () => {
  test('finds no difference between equal results', () => expect(differ({})).toEqual([]))

  test('counts references, not lines', () => expect(bindingCount(TRUTH)).toBe(3))

  test.each<[string, Partial<SimulatedProgram>, string]>([
    ['another order', { scope: ['app', 'b.so', 'a.so'] }, 'scope: place 1 is a.so to ld.so, b.so to us'],
    ['a library too few', { scope: ['app', 'a.so'] }, 'scope: place 2 is b.so to ld.so, the end to us'],
    ['a library too many', { scope: [...RIGHT.scope, 'c.so'] }, 'scope: place 3 is the end to ld.so, c.so to us'],
    ['a missing row', { bindings: without('f') }, 'binding: app: f@V_1 goes to a.so by ld.so, to nothing by us'],
    [
      'one row too many',
      { bindings: [...RIGHT.bindings, row('app', 'x', null, 'a.so')] },
      'binding: app: x goes to nothing by ld.so, to a.so by us',
    ],
    [
      'another provider',
      { bindings: [...without('g'), row('a.so', 'g', null, 'a.so')] },
      'binding: a.so: g goes to b.so by ld.so, to a.so by us',
    ],
    [
      'one of two providers',
      { bindings: [...without('parted'), row('b.so', 'parted', null, 'a.so')] },
      'binding: b.so: parted goes to a.so and app by ld.so, to a.so by us',
    ],
    ['a forgotten undefined symbol', { bindings: without('gone') }, 'undefined: b.so: gone@V_2 is undefined to ld.so, not to us'],
    [
      'an invented undefined symbol',
      { bindings: [...RIGHT.bindings, row('app', 'x', null, null, { status: 'undefined' })] },
      'undefined: app: x is undefined to us, not to ld.so',
    ],
  ])('sees %s', (_, fault, difference) => expect(differ(fault)).toEqual([difference]))

  test('sees another version as a row too few and one too many', () =>
    expect(differ({ bindings: [...without('f'), row('app', 'f', null, 'a.so')] })).toEqual([
      'binding: app: f goes to nothing by ld.so, to a.so by us',
      'binding: app: f@V_1 goes to a.so by ld.so, to nothing by us',
    ]))

  test('sees what is bound by ld.so and weak without a provider by us', () =>
    expect(differ({ bindings: [...without('f'), row('app', 'f', 'V_1', null, { status: 'unresolved-weak' })] })).toHaveLength(1))
})
