/** Every sample package gets exactly the findings that were written down when it was made. */
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { reportOn } from './support/engine.js'

interface Expected {
  readonly verdict: string
  readonly outcome: 'checked' | 'unchecked'
  readonly reason?: string
  readonly findings: readonly {
    readonly rule: string
    readonly severity: string
    readonly file: string | null
    readonly symbols: readonly string[]
    readonly alsoAt?: readonly string[]
    readonly data?: Readonly<Record<string, unknown>>
  }[]
}

const folder = new URL('../sample-rpms/', import.meta.url)
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, Expected>

describe('sample packages', () => {
  test('each has an expectation', () => {
    const files = readdirSync(new URL('rpms', folder)).filter(name => name.endsWith('.rpm'))
    expect(Object.keys(expected).sort()).toEqual(files.sort())
  })

  test.each(Object.entries(expected))('%s', async (name, { outcome, reason, findings }) => {
    const report = await reportOn(fileURLToPath(new URL(`rpms/${name}`, folder)))
    expect(report.outcome).toBe(outcome)
    if (report.outcome === 'unchecked') {
      expect(report.reason).toBe(reason)
      return
    }
    const found = report.findings.map(({ rule, severity, file, symbols, data }) => ({
      rule,
      severity,
      file,
      symbols,
      alsoAt: data['alsoAt'] ?? [],
    }))
    const wanted = findings.map(({ rule, severity, file, symbols, alsoAt = [] }) => ({ rule, severity, file, symbols, alsoAt }))
    expect(found.sort(byPlace)).toEqual(wanted.sort(byPlace))
    for (const { rule, file, data } of findings) {
      if (data !== undefined)
        expect(report.findings.find(finding => finding.rule === rule && finding.file === file)?.data).toMatchObject(data)
    }
  })
})

function byPlace(a: { file: string | null; rule: string }, b: { file: string | null; rule: string }): number {
  return `${a.file ?? ''} ${a.rule}` < `${b.file ?? ''} ${b.rule}` ? -1 : 1
}
