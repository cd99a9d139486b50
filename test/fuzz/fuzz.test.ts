/** A short run of the fuzzer with the same inputs each time, and the fuzzer's own promises. `npm run fuzz` tries others: docs/fuzzing.md. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { samplePath } from '../support/sample.js'
import { DIFFERENCES } from './against-readelf.js'
import { caseOf, genesOf, KINDS, type CaseFile, type FuzzCase, type Kind } from './cases.js'
import { shortest, smallest } from './minimise.js'
import { verdictOn } from './properties.js'
import { Random } from './random.js'
import { copyOf, packageFrom } from './rpm-draft.js'
import { seedsIn } from './seeds.js'
import { feedingSeed } from './worker.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SEED = 2012
const INPUTS: Readonly<Record<Kind, number>> = { rpm: 40, elf: 50, archive: 15, text: 60, company: 8 }

const seeds = await seedsIn([join(ROOT, 'sample-rpms/rpms')])
const BAD = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const beside: CaseFile = { name: BAD, bytes: Buffer.from(readFileSync(samplePath(BAD))) }

describe('random inputs', () => {
  test.each(Object.entries(INPUTS))('of kind %s keep every promise, whether they are read or not', async (name, count) => {
    const kind = name as Kind
    const failures: string[] = []
    const outcomes = new Set<string>()
    for (let index = 0; index < count; index++) {
      const genes = genesOf(kind, SEED, index)
      const verdict = await verdictOn(caseOf(kind, genes, seeds), feedingSeed(genes), beside)
      outcomes.add(verdict.outcome)
      // A busy machine gives no fair times.
      for (const { property, message } of verdict.failures) if (property !== 'time') failures.push(`${index}: ${property}: ${message}`)
    }
    expect(failures).toEqual([])
    expect(outcomes.size).toBeGreaterThan(1)
  })
})

describe('the fuzzer', () => {
  test('makes the same inputs of the same seed, and others of another', () => {
    for (const kind of KINDS) {
      const made = (seed: number): string =>
        JSON.stringify(Array.from({ length: 3 }, (_, index) => caseOf(kind, genesOf(kind, seed, index), seeds)))
      expect(made(1)).toBe(made(1))
      expect(made(1)).not.toBe(made(2))
    }
  })

  test('builds each seed again as a sound package', async () => {
    for (const draft of seeds.drafts.filter((_, index) => index % 4 === 0)) {
      const input: FuzzCase = { kind: 'rpm', targets: [{ name: 'x.rpm', bytes: packageFrom(copyOf(draft)) }], companions: null, text: null }
      const { outcome, failures } = await verdictOn(input, 1, null)
      expect([outcome, failures]).toEqual([expect.stringMatching('clean|findings'), []])
    }
  })

  test('leaves out what a failure does not need', async () => {
    const needed = (list: readonly number[]): Promise<boolean> => Promise.resolve(list.includes(3) && list.includes(8))
    expect(await shortest([1, 2, 3, 4, 5, 6, 7, 8, 9], needed)).toEqual([3, 8])
    const made = (genes: readonly number[]): FuzzCase => ({
      kind: 'elf',
      targets: [{ name: 'x', bytes: Buffer.from(`${'-'.repeat(100)}bad${'-'.repeat(genes.length)}`) }],
      companions: null,
      text: null,
    })
    const { targets } = await smallest([1, 2, 3], made, ({ targets: [first] }) => Promise.resolve(first?.bytes.includes('bad') ?? false))
    expect(targets[0]?.bytes.length).toBeLessThan(30)
  })

  test('chooses evenly enough that every choice is made', () => {
    const random = new Random(5)
    expect(new Set(Array.from({ length: 400 }, () => random.below(20))).size).toBe(20)
  })
})

test('package.json has the script', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  expect(scripts['fuzz']).toBe('node scripts/fuzz.js')
})

test('docs/fuzzing.md has the kinds, the properties and the differences from readelf', () => {
  const page = readFileSync(join(ROOT, 'docs/fuzzing.md'), 'utf8')
  for (const kind of KINDS) expect(page).toContain(`\n| \`${kind}\` | `)
  for (const { what, why } of DIFFERENCES) expect(page.toLowerCase()).toContain(`| ${what} | ${why} |`.toLowerCase())
  const inputs = Object.values(INPUTS).reduce((sum, count) => sum + count, 0)
  expect(page).toContain(`\`npm test\` checks ${inputs} inputs`)
})
