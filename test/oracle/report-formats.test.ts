/** Formats by readers that others wrote: xmllint with the schema of Jenkins' kind of JUnit, and prove, the reader of TAP that every Perl has. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import fc, { runs } from '../support/properties.js'
import type { Report } from '../../lib/lint/report.js'
import { FORMATS } from '../../lib/report/formats.js'
import { CASES } from '../support/format-cases.js'
import { CHECKED, CONTEXT, FULL_REPORT } from '../support/full-report.js'
import { hostileReport } from '../support/hostile-report.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const SCHEMA = fileURLToPath(new URL('junit.xsd', import.meta.url))

const render = (format: string, report: Report): string => FORMATS[format]?.render(report, CONTEXT) ?? ''
const CLEAN: Report = { ...FULL_REPORT, packages: [CHECKED], notices: [] }

describeWithTools(['xmllint'], 'xmllint', () => {
  const errorsOf = (xml: string, ...options: readonly string[]): string => {
    const { status, stderr } = spawnSync('xmllint', ['--noout', ...options, '-'], { input: xml, encoding: 'utf8' })
    return status === 0 ? '' : stderr
  }

  test('finds JUnit’s XML to keep to its schema', () => {
    for (const report of [FULL_REPORT, CLEAN, { ...CLEAN, packages: [] }])
      expect(errorsOf(render('junit', report), '--schema', SCHEMA)).toBe('')
  })

  /** What a schema cannot say: that numbers are right and names are different, and what GitLab shows. */
  const beyondTheSchema = /wrong number|of one name|without text/
  const seen = CASES['junit']?.mutants.filter(([what]) => !beyondTheSchema.test(what)) ?? []
  test.each(seen)('refuses JUnit’s XML with %s', (_, from, to) => {
    expect(errorsOf(render('junit', FULL_REPORT).replace(from, to), '--schema', SCHEMA)).not.toBe('')
  })

  test.each(['junit', 'checkstyle'])('can read %s whatever an attacker called a file', format => {
    fc.assert(
      fc.property(hostileReport, report => expect(errorsOf(render(format, report))).toBe('')),
      { numRuns: runs(20) },
    )
  })
})

describeWithTools(['prove'], 'prove', () => {
  const folder = scratchFolder('tap')

  /** It reads version 13 until Test::Harness 3.45; what is written here is no different in it. */
  function prove(tap: string): { readonly status: number | null; readonly out: string } {
    const file = join(folder, 'report.tap')
    writeFileSync(file, tap.replace('TAP version 14', 'TAP version 13'))
    const { status, stdout } = spawnSync('prove', ['--exec', 'cat', file], { encoding: 'utf8' })
    return { status, out: stdout }
  }

  test('counts what failed', () => {
    const tap = render('tap', FULL_REPORT)
    const failed = tap.match(/^not ok/gm)?.length ?? 0
    const { status, out } = prove(tap)
    expect(status).not.toBe(0)
    expect(out).toContain(`Failed ${failed}/${tap.match(/^(not )?ok/gm)?.length} subtests`)
    expect(out).not.toContain('Parse errors')
  })

  test('is content with what is clean, and with nothing', () => {
    expect(prove(render('tap', CLEAN)).status).toBe(0)
    expect(prove(render('tap', { ...CLEAN, packages: [] })).out).toContain('skipped: nothing to check')
  })

  test('finds no syntax errors, whatever an attacker called a file', () => {
    fc.assert(
      fc.property(hostileReport, report => expect(prove(render('tap', report)).out).not.toContain('Parse errors')),
      { numRuns: runs(10) },
    )
  })
})
