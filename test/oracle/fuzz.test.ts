/** Fuzzed inputs against readelf and rpm: a few with a fixed seed, and the proof that the comparison sees an offender. `npm run fuzz -- --against …` tries more. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { caseOf, genesOf, type FuzzCase, type Kind } from '../fuzz/cases.js'
import { DIFFERENTIALS } from '../fuzz/differentials.js'
import { verdictOn } from '../fuzz/properties.js'
import { seedsIn } from '../fuzz/seeds.js'
import { samplePath } from '../support/sample.js'
import { describeWithTools } from '../support/tools.js'

const SEED = 2012
const seeds = await seedsIn([fileURLToPath(new URL('../../sample-rpms/rpms', import.meta.url))])

async function differences(tool: string, kind: Kind, count: number): Promise<string[]> {
  const differential = DIFFERENTIALS[tool]?.()
  for (let index = 0; index < count; index++) {
    const genes = genesOf(kind, SEED, index)
    const input = caseOf(kind, genes, seeds)
    differential?.add({ input, genes, index, report: (await verdictOn(input, SEED, null)).report })
  }
  const compared = await differential?.finish()
  return (compared?.unexplained ?? []).map(({ index, failure }) => `${index}: ${failure.property}: ${failure.message}`)
}

describeWithTools(['readelf'], 'against readelf', () => {
  test('mutated ELF files export what it sees, but for the differences of the table', async () =>
    expect(await differences('readelf', 'elf', 150)).toEqual([]))
})

describeWithTools(['readelf', 'rpm'], 'against rpm2cpio and readelf', () => {
  test('no mutated package is clean in which they see an offender', async () =>
    expect(await differences('readelf', 'rpm', 100)).toEqual([]))

  test('an offender that was passed is seen', async () => {
    const name = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
    const input: FuzzCase = {
      kind: 'rpm',
      targets: [{ name, bytes: Buffer.from(readFileSync(samplePath(name))) }],
      companions: null,
      text: null,
    }
    const report = { tool: { name: 'x', version: '1' }, packages: [], notices: [] }
    const differential = DIFFERENTIALS['readelf']?.()
    differential?.add({ input, genes: [], index: 0, report })
    const compared = await differential?.finish()
    expect(compared?.unexplained.map(({ failure }) => failure)).toMatchObject([
      { property: 'no-false-clean', message: expect.stringContaining('CRYPTO_lock') as unknown },
      { property: 'no-false-clean' },
    ])
  })
})
