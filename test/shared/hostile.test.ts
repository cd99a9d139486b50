/** Each crafted package ends as it should: refused, read with a warning, or read without. */
import { expect, test } from '@jest/globals'
import { reportOn } from '../support/engine.js'
import { describeWith, sharedJson, sharedPath } from '../support/shared.js'

interface Case {
  readonly expect: 'ok' | 'warn' | 'error'
  readonly why: string
}

const cases = sharedJson<Record<string, Case>>('hostile/expect.json', {})

describeWith('hostile', 'hostile packages', () => {
  test.each(Object.entries(cases))(
    '%s',
    async (name, { expect: wanted }) => {
      const report = await reportOn(sharedPath('hostile', `${name}.rpm`))
      if (report.outcome === 'unchecked') {
        expect({ name, wanted, message: report.message }).toMatchObject({ wanted: 'error' })
        expect(report.reason).not.toBe('internal')
        expect(report.message).not.toContain('\n')
        return
      }
      const rules = report.findings.map(({ rule }) => rule)
      expect({ name, wanted, isUnusual: rules.includes('unusual-payload') }).toEqual({
        name,
        wanted: wanted === 'warn' ? 'warn' : 'ok',
        isUnusual: wanted === 'warn',
      })
      expect(rules).toContain('unversioned-crypto-export')
    },
    120_000,
  )
})
