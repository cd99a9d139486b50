/**
 * Which packages are read and which are refused, against rpm 4.18: every known tag with every type, and random packages with something wrong or odd
 * in them, which rpm really installs into an empty root.
 *
 * test/support/rpm-differences.ts is the table of where we differ from rpm, and docs/scope.md says the same in words: every other difference fails.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { HEADER_TAGS } from '../../lib/rpm/tags.js'
import { outcomeOf } from '../support/engine.js'
import fc, { runs } from '../support/properties.js'
import { changes, packageOf, valueOf, withTags, type Change } from '../support/random-package.js'
import { LAX, STRICT, unexplained } from '../support/rpm-differences.js'
import { canInstall, digestVerdicts, installVerdict } from '../support/rpm-verdicts.js'
import { describeWithTools, hasTool, scratchFolder } from '../support/tools.js'

const folder = scratchFolder('rpm-refusals')
const isMeasured = hasTool('rpm') && execFileSync('rpm', ['--version'], { encoding: 'utf8' }).includes(' 4.18.')

function written(drafts: readonly (readonly Change[])[]): Map<string, string> {
  const named = drafts.map((draft, index): [string, string] => {
    const path = join(folder, `${index}.rpm`)
    writeFileSync(path, packageOf(draft))
    return [path, draft.map(({ what }) => what).join(', ')]
  })
  return new Map(named)
}

const suite = isMeasured
  ? describeWithTools
  : (_tools: readonly string[], title: string) => describe.skip(`${title} (skipped: no rpm 4.18)`, () => {})

suite(['rpm', 'rpmkeys'], 'as rpm does', () => {
  test('refuses every tag of another type than its own', async () => {
    const types = Array.from({ length: 9 }, (_, index) => index + 1)
    const tags = [...HEADER_TAGS.values(), { number: 4999, name: 'unknown' }]
    const drafts = tags.flatMap(({ number, name }) =>
      types.map(type => [
        {
          what: `${name} (${number}) of type ${type}`,
          apply: (draft: Parameters<Change['apply']>[0]) => withTags(draft, { [number]: valueOf(type, 1) }),
        },
      ]),
    )
    const packages = written(drafts)
    const digests = digestVerdicts([...packages.keys()])
    const differences: string[] = []
    for (const [path, what] of packages) {
      const refusal = digests.get(path)?.includes('BAD') === true ? 'BAD' : null
      const outcome = await outcomeOf(path)
      const isWrongType = !('facts' in outcome) && /: type \d, expected \d/.test(outcome.message)
      const isRead = !isWrongType && ('facts' in outcome || !outcome.message.includes('not a valid'))
      if ((refusal === null) !== isRead) differences.push(...unexplained(what, refusal, outcome))
    }
    expect(differences).toEqual([])
  })

  const random = canInstall ? test : test.skip
  random(
    'refuses random packages, but for the differences of the table',
    async () => {
      const packages = written(fc.sample(changes, runs(400)))
      const digests = digestVerdicts([...packages.keys()])
      const differences: string[] = []
      for (const [path, what] of packages)
        differences.push(...unexplained(what, digests.get(path) ?? installVerdict(path, folder), await outcomeOf(path)))
      expect(differences).toEqual([])
    },
    900_000,
  )
})

test('docs/scope.md has the table of differences', () => {
  const page = readFileSync(new URL('../../docs/scope.md', import.meta.url), 'utf8').replace(/\s+/g, ' ')
  for (const { what, why } of [...LAX, ...STRICT]) {
    expect(page.toLowerCase()).toContain(what.toLowerCase())
    expect(page).toContain(why)
  }
})
