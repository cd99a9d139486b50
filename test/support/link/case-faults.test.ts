/** Each way in which an answer about a case can be wrong is seen. */
import { describe, expect, test } from '@jest/globals'
import type { SimulatedBinding, SimulatedProgram } from './bindings-command.js'
import { caseFaults } from './case-faults.js'
import { incomparable, optionsOf, type CaseEntry } from './cases.js'

const ENTRY: CaseEntry = {
  case: 'a01-x',
  description: '',
  executable: 'cases/a01-x/app',
  env: '',
  exit: 0,
  scope: ['app', 'off.so', 'user.so'],
  outcome: 'bound',
  referrer: 'user.so',
  symbol: 'CRYPTO_lock',
  referenceVersion: 'V_3',
  referenceKind: 'call',
  expectedProvider: 'off.so',
  expectedVersion: null,
}
const ROW: SimulatedBinding = {
  referrer: 'user.so',
  symbol: 'CRYPTO_lock',
  version: 'V_3',
  kind: 'call',
  provider: 'off.so',
  providerVersion: null,
  status: 'bound',
}
const ANSWER: SimulatedProgram = { program: 'app', scope: ENTRY.scope, error: null, bindings: [ROW] }

const faults = (entry: Partial<CaseEntry>, row: Partial<SimulatedBinding> = {}, answer: Partial<SimulatedProgram> = {}): string[] =>
  caseFaults({ ...ENTRY, ...entry }, { ...ANSWER, bindings: [{ ...ROW, ...row }], ...answer }, path => path)

describe('an answer about a case', () => {
  test('is right where all of it is', () => expect(faults({})).toEqual([]))

  test.each<[string, Partial<SimulatedBinding>]>([
    ['another provider', { provider: 'genuine.so' }],
    ['another version of the provider', { providerVersion: 'V_3' }],
    ['another status', { status: 'undefined', provider: null }],
    ['no row of that version', { version: null }],
    ['no row of that kind', { kind: 'address' }],
    ['no row of that referrer', { referrer: 'app' }],
  ])('is wrong with %s', (_, row) => expect(faults({}, row)).toHaveLength(1))

  test('is wrong with another scope, or an error', () => {
    expect(faults({}, {}, { scope: ['app', 'user.so', 'off.so'] })).toHaveLength(1)
    expect(faults({}, {}, { error: 'refused' })).toEqual(['ld.so starts it, we say: refused'])
  })

  test('has no row for what the link editor settled', () => {
    expect(faults({ outcome: 'linked-locally' })).toHaveLength(1)
    expect(faults({ outcome: 'linked-locally' }, {}, { bindings: [] })).toEqual([])
  })

  test('has a row for a weak reference that leads nowhere', () => {
    const weak = { outcome: 'unresolved-weak', referenceKind: 'weak', expectedProvider: null } as const
    expect(faults(weak, { kind: 'address', status: 'unresolved-weak', provider: null })).toEqual([])
    expect(faults(weak, { kind: 'address' })).toHaveLength(1)
  })

  test('may have any version where nobody knows which was asked for', () => {
    const { referenceVersion: _, ...unknown } = ENTRY
    expect(caseFaults(unknown, ANSWER, path => path)).toEqual([])
    expect(caseFaults(unknown, { ...ANSWER, bindings: [{ ...ROW, provider: 'x.so' }] }, path => path)).toHaveLength(1)
  })

  test('does not state the version of a final source', () =>
    expect(faults({ finalSource: 'x.so', expectedVersion: 'V_9' }, { providerVersion: null })).toEqual([]))

  test('has an error where ld.so refuses, and a row where a symbol is undefined', () => {
    const missing = { outcome: 'error', message: 'app: error while loading shared libraries: x.so', scope: [] } as const
    expect(faults(missing)).toHaveLength(1)
    expect(faults(missing, {}, { error: 'x.so is missing' })).toEqual([])
    const undefinedSymbol = { ...missing, message: 'user.so: undefined symbol: CRYPTO_lock, version V_3' }
    expect(faults(undefinedSymbol)).toHaveLength(1)
    expect(faults(undefinedSymbol, { status: 'undefined', provider: null })).toEqual([])
    expect(faults(undefinedSymbol, { status: 'undefined', provider: null, version: null })).toHaveLength(1)
  })
})

test('the environment of a case becomes options with whole paths', () => {
  const options = (env: string): string[] => optionsOf('/t', { executable: 'cases/x/app', env })
  expect(options('LD_LIBRARY_PATH=sub:.')).toEqual(['--library-path', '/t/cases/x/sub:/t/cases/x'])
  expect(options('LD_PRELOAD=libpre.so')).toEqual(['--preload', '/t/cases/x/libpre.so'])
  expect(options('LD_DYNAMIC_WEAK=1')).toEqual(['--dynamic-weak'])
  expect(options('')).toEqual([])
})

test('what a simulator of start-up cannot know is left out, and nothing else', () => {
  expect(incomparable(ENTRY)).toBeNull()
  expect(incomparable({ ...ENTRY, case: 'f06-preload' })).toBeNull()
  expect(incomparable({ ...ENTRY, case: 'f04-plugin' })).toMatch('dlopen')
  expect(incomparable({ ...ENTRY, referenceKind: 'dlvsym' })).toMatch('run time')
})
