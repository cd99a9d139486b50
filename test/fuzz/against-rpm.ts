/**
 * Packages that rpm refuses and we read, and the other way round. What `rpmkeys -K` accepts and we refuse is really installed, into an empty root.
 *
 * test/support/rpm-differences.ts is the table of kinds of difference: every other one fails.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { readOutcome } from '../../lib/io/package/read-targets.js'
import { DEFAULT_LIMITS } from '../../lib/limits/limits.js'
import { unexplained } from '../support/rpm-differences.js'
import { canInstall, digestVerdicts, installVerdict } from '../support/rpm-verdicts.js'
import type { Checked, Comparison, Differential } from './differentials.js'

export function againstRpm(): Differential {
  const checked: Checked[] = []
  return {
    add: one => void checked.push(one),
    finish: () => compared(checked.filter(({ input }) => input.kind === 'rpm' || input.kind === 'archive')),
  }
}

const options = { limits: DEFAULT_LIMITS, catalogue: new Catalogue(), wantsSha256: false }

async function compared(checked: readonly Checked[]): Promise<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-rpm-'))
  const paths = checked.map(({ input }, at) => {
    const path = join(folder, `${at}.rpm`)
    writeFileSync(path, input.targets[0]?.bytes ?? '')
    return path
  })
  const digests = digestVerdicts(paths)
  const different: Comparison['unexplained'][number][] = []
  const explained = { agreed: 0, differed: 0 }
  for (const [at, { genes, index }] of checked.entries()) {
    const path = paths[at] ?? ''
    const outcome = await readOutcome({ kind: 'file', path, file: path }, options)
    let rpm = digests.get(path) ?? null
    if (rpm === null && !('facts' in outcome) && canInstall) rpm = installVerdict(path, folder)
    const hasAgreed = (rpm === null) === 'facts' in outcome
    explained[hasAgreed ? 'agreed' : 'differed']++
    for (const message of unexplained('', rpm, outcome)) different.push({ failure: { property: 'against', message }, genes, index })
  }
  rmSync(folder, { recursive: true })
  return { unexplained: different, explained }
}
