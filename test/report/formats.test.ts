/** Properties of all machine-readable formats: a golden file, and a validator that accepts it and rejects every mutant of it. */
import { describe, expect, test } from '@jest/globals'
import fc, { runs } from '../support/properties.js'
import type { Report } from '../../lib/lint/report.js'
import type { RenderContext } from '../../lib/report/format.js'
import { FORMATS } from '../../lib/report/formats.js'
import { safeText } from '../../lib/report/safe-text.js'
import { CASES } from '../support/format-cases.js'
import { CHECKED, CONTEXT, FULL_REPORT } from '../support/full-report.js'
import { expectGolden } from '../support/golden.js'
import { hostileReport, hostileText, reportSaying } from '../support/hostile-report.js'

const PLAIN_TEXT = ['text', 'json', 'rpmlint'] // tested separately

test('every format is tested here, or is plain text', () => {
  expect(Object.keys(FORMATS)).toEqual([...PLAIN_TEXT, ...Object.keys(CASES)])
})

test.each(Object.keys(FORMATS).filter(name => name !== 'github'))('%s has no line that is a command of a CI runner', name => {
  fc.assert(
    fc.property(hostileReport, fc.integer({ min: 20, max: 120 }), (report, width) => {
      const text = FORMATS[name]?.render(report, { ...CONTEXT, width }) ?? ''
      expect(text).not.toMatch(/^\s*::|##(vso|teamcity)?\[/im)
    }),
    { numRuns: runs(100) },
  )
})

describe.each(Object.entries(CASES))('%s', (name, { golden, faults, texts, mutants }) => {
  const render = (report: Report, context: Partial<RenderContext> = {}): string =>
    FORMATS[name]?.render(report, { ...CONTEXT, ...context }) ?? ''
  const whole = render(FULL_REPORT)

  test('equals the golden file', () => expectGolden(golden, whole))

  test('is valid, for a full and an empty report', () => {
    expect(faults(whole)).toEqual([])
    expect(faults(render({ ...FULL_REPORT, packages: [], notices: [] }))).toEqual([])
    expect(faults(render({ ...FULL_REPORT, packages: [CHECKED], notices: [] }))).toEqual([])
    expect(faults(render(FULL_REPORT, { reportPath: 'packaging/lib demo.spec', failOn: 'info' }))).toEqual([])
    expect(faults(render(FULL_REPORT, { failOn: 'never', workingDirectory: null }))).toEqual([])
  })

  test('is the same for the same report', () => expect(render(structuredClone(FULL_REPORT))).toBe(whole))

  test.each(mutants)('is invalid with %s', (_, from, to) => {
    const mutant = whole.replace(from, to)
    expect(mutant).not.toBe(whole)
    expect(faultsOrCrash(faults, mutant)).not.toEqual([])
  })

  test('is valid for adversarial names', () => {
    fc.assert(
      fc.property(hostileReport, fc.option(hostileText.map(text => `a${text}`)), (report, reportPath) =>
        expect(faults(render(report, { reportPath }))).toEqual([]),
      ),
      { numRuns: runs(100) },
    )
  })

  test('has the same escapes for names as other output', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const said = `a${text}z`
        expect(spaceless(texts(render(reportSaying(said))))).toContain(spaceless(safeText(said)))
      }),
      { numRuns: runs(100) },
    )
  })
})

/** A validator may also throw. */
function faultsOrCrash(faults: (text: string) => string[], text: string): string[] {
  try {
    return faults(text)
  } catch (error) {
    return [String(error)]
  }
}

/** Ignores white space, which HTML changes. */
function spaceless(text: string): string {
  return text.replace(/\s+/g, '')
}
