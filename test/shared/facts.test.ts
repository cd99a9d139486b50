/** Facts of real packages are plain data, and a copy of them is as good as they are. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { lint } from '../../lib/lint/lint.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { createEngine } from '../../lib/engine/engine.js'
import { rules } from '../../rules/index.js'
import { COPIES, impurities, isSameData } from '../support/facts-as-data.js'
import { describeWith, sharedPath } from '../support/shared.js'

/** Of each part, spread over it: all would take long. */
const SAMPLED = 30
const catalogue = new Catalogue()

for (const part of ['corpus', 'offenders']) {
  describeWith(part, `facts of ${part}`, () => {
    test.each([false, true])('survive being copied, with wantsLinks %s', async wantsLinks => {
      const counts = { read: 0, withLinks: 0 }
      for await (const outcome of createEngine({ catalogue }).facts(sampled(part), { wantsLinks })) {
        if (!('facts' in outcome)) continue
        const { path, facts } = outcome
        expect({ path, impurities: impurities(facts) }).toEqual({ path, impurities: [] })
        const findings = lint(facts, rules, DEFAULT_SETTINGS, catalogue)
        for (const copy of Object.values(COPIES).map(make => make(facts))) {
          expect({ path, isSame: isSameData(copy, facts) }).toEqual({ path, isSame: true })
          expect(lint(copy, rules, DEFAULT_SETTINGS, catalogue)).toEqual(findings)
        }
        counts.read++
        if (facts.objects.some(({ link }) => link !== null)) counts.withLinks++
      }
      expect(counts.read).toBeGreaterThan(SAMPLED / 3)
      expect(counts.withLinks > 0).toBe(wantsLinks)
    })
  })
}

function sampled(part: string): string[] {
  const folder = sharedPath(part, 'rpms')
  const packages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.rpm'))
    .sort()
  const step = Math.max(1, packages.length / SAMPLED)
  return Array.from({ length: Math.min(SAMPLED, packages.length) }, (_, index) => join(folder, packages[Math.floor(index * step)] ?? ''))
}
