import { describe, expect, test } from '@jest/globals'
import { contradictions, parseProbes, untoldWeak } from './probes.js'

const [PROBE, NOWHERE] = parseProbes('lib/a.so|f|V_1|call|lib/b.so#V_1\nlib/a.so|weak||got|-\nnot a probe\n')
const identify = (path: string): string => path
const row = { referrer: 'lib/a.so', symbol: 'f', provider: 'lib/b.so' }

describe('probes', () => {
  test('say who asked for what, and where it led', () => {
    expect(PROBE).toEqual({ referrer: 'lib/a.so', symbol: 'f', kind: 'call', reached: { file: 'lib/b.so', version: 'V_1' } })
    expect(NOWHERE).toEqual({ referrer: 'lib/a.so', symbol: 'weak', kind: 'got', reached: null })
  })

  const wrong = (probe: typeof PROBE, ...rows: Parameters<typeof contradictions>[1]): number =>
    contradictions(probe === undefined ? [] : [probe], rows, 'program', identify).length

  test('agree with a row of the same provider and version', () => {
    expect(wrong(PROBE, row)).toBe(0)
    expect(wrong(PROBE, { ...row, providerVersion: 'V_1' })).toBe(0)
    expect(wrong(NOWHERE, { ...row, symbol: 'weak', provider: null, status: 'unresolved-weak' })).toBe(0)
  })

  test('contradict another provider, another version, and a provider where there is none', () => {
    expect(wrong(PROBE, { ...row, provider: 'lib/c.so' })).toBe(1)
    expect(wrong(PROBE, { ...row, providerVersion: null })).toBe(1)
    expect(wrong(NOWHERE, { ...row, symbol: 'weak' })).toBe(1)
  })

  test('say nothing of a reference that the link editor settled', () => expect(wrong(PROBE)).toBe(0))

  test('want a row for each weak reference of a library that leads nowhere', () => {
    const untold = (...rows: Parameters<typeof untoldWeak>[1]): number =>
      untoldWeak(NOWHERE === undefined ? [] : [NOWHERE], rows, 'program', identify).length
    expect(untold()).toBe(1)
    expect(untold({ ...row, symbol: 'weak', provider: null })).toBe(0)
    expect(untoldWeak(NOWHERE === undefined ? [] : [NOWHERE], [], 'lib/a.so', identify)).toEqual([])
  })

  test('follow the program where it stands in for a library', () => {
    const fakeProgram = { ...row, provider: 'program' }
    expect(wrong(PROBE, fakeProgram)).toBe(1)
    expect(wrong(PROBE, fakeProgram, { ...row, referrer: 'program' })).toBe(0)
  })
})
