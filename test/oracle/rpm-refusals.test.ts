/**
 * Which packages are read and which are refused, against rpm 4.18: every known tag with every type, and random packages with something wrong or odd
 * in them, which rpm really installs into an empty root.
 *
 * DIFFERENCES is the table of where we differ from rpm, and docs/scope.md says the same in words: every other difference fails.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Outcome } from '../../lib/io/package/read-targets.js'
import { HEADER_TAGS } from '../../lib/rpm/tags.js'
import { outcomeOf } from '../support/engine.js'
import fc, { runs } from '../support/properties.js'
import { changes, packageOf, valueOf, withTags, type Change } from '../support/random-package.js'
import { canInstall, digestVerdicts, installVerdict, type RpmVerdict } from '../support/rpm-verdicts.js'
import { describeWithTools, hasTool, scratchFolder } from '../support/tools.js'

interface Difference {
  /** As in docs/scope.md. */
  readonly what: string
  readonly why: string
}

/** rpm refuses, and we read: a finding says so where the contents could be others than we saw. */
interface Laxness extends Difference {
  readonly isOf: (rpm: string, notes: readonly string[]) => boolean
}

/** rpm installs, and we refuse. */
interface Strictness extends Difference {
  /** Of the changes and our message. */
  readonly message: RegExp
}

const NOTED: ReadonlySet<string> = new Set([
  'no-digest',
  'no-header-digest',
  'no-payload-digest',
  'unverified-digest',
  'duplicate-tag',
  'signature-gap',
  'lead-signature-type',
  'lead-version',
  'compressor-differs',
  'mode-differs',
  'hardlink-data-early',
  'data-after-trailer',
  'trailing-data',
])

const LAX: readonly Laxness[] = [
  {
    what: 'packages with a warning of `unusual-payload`',
    why: 'there are good packages of each kind, of other builders or for other releases of rpm, and what they hold can be checked',
    isOf: (_, notes) => notes.some(id => NOTED.has(id)),
  },
  {
    what: 'digests of files that are not ELF files',
    why: 'the digest of the payload covers them, and hashing every file twice would double the time',
    isOf: rpm => rpm.includes('cpio: Digest mismatch'),
  },
  {
    what: 'tags that only an installation needs',
    why: 'VERSION, RELEASE, OS, ARCH, the owners of files: rpm -qp reads such a package, and so do we',
    isOf: rpm => rpm.includes('error reading from file'),
  },
  { what: 'what crashes rpm', why: 'arrays of triggers of unequal lengths', isOf: rpm => rpm === 'SIGSEGV' || rpm === 'SIGABRT' },
]

const STRICT: readonly Strictness[] = [
  {
    what: 'tags of rpm 6',
    why: 'rpm 6 verifies their types and digests, rpm 4.18 does not know them',
    message: /OPENPGP|SHA3_256|RPMFORMAT|RPM format|MIME|PAYLOADSIZE|PAYLOADSHA512|SOURCENEVR/,
  },
  {
    what: 'wrong types of tags that are read, in headers without a region',
    why: 'rpm checks no types there, as of packages from before rpm 4, and we cannot read them otherwise',
    message: /^.*no regions.*: type \d, expected \d/,
  },
  { what: 'numbers of more than 53 bits', why: 'no size or offset of a real package is that large', message: /more than 53 bits/ },
  {
    what: 'arrays that do not fit the list of files or of dependencies',
    why: 'rpm ignores some of them, and reads some of the lists as empty: readers would see different packages',
    message: /\d+ elements for \d+ (files|names)/,
  },
  {
    what: 'tags that occur twice, in the list of files or in the signature header',
    why: 'rpm takes one of them, other readers another',
    message: /signature entry \d+ has the tag of|occurs twice/,
  },
  {
    what: 'PAYLOADSHA256 of several wrong values next to a right ALT',
    why: 'no builder writes several values, and we forgive the first alone',
    message: /2 times .*\(PAYLOADSHA256\)$/,
  },
  {
    what: 'payloads damaged after what rpm reads of them',
    why: 'rpm stops reading at the cpio trailer, and a file has the size that the header states: other readers see something else',
    message: /truncated|ends without a trailer|bytes, but \d+ according to the header/,
  },
]

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

/** The verdicts in words where they differ and the table does not say so. */
function unexplained(what: string, rpm: RpmVerdict, outcome: Outcome): string[] {
  const we = 'facts' in outcome ? null : outcome.message
  if ((rpm === null) === (we === null)) return []
  const notes = 'facts' in outcome ? outcome.facts.notes.map(({ id }) => id) : []
  const isExplained = rpm === null ? STRICT.some(({ message }) => message.test(`${what}: ${we}`)) : LAX.some(({ isOf }) => isOf(rpm, notes))
  return isExplained ? [] : [`${what}; rpm: ${rpm ?? 'installs it'}; we: ${we ?? 'read it'}`]
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
