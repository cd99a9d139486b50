/** Facts are data: they come from other threads and out of caches, and nobody can tell. */
import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { createEngine } from '../../lib/engine/engine.js'
import type { PackageFacts } from '../../lib/facts/model.js'
import { interpositionsAmong } from '../../lib/interposition/installable-sets.js'
import type { InstalledPackage } from '../../lib/interposition/installed-package.js'
import type { Interpositions } from '../../lib/interposition/interposition.js'
import { lint } from '../../lib/lint/lint.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { packageOf } from '../../lib/testing.js'
import { rules } from '../../rules/index.js'
import { COPIES, impurities, isSameData } from '../support/facts-as-data.js'
import { listed } from '../support/installed.js'
import { loadable } from '../support/linked.js'
import { samplePath, SAMPLES } from '../support/sample.js'

const catalogue = new Catalogue()

/** A library whose own calls bind to libcrypto instead, as its program loads that first: none of the samples is so. */
const OWN_CALLS: InstalledPackage = {
  id: 'own-calls',
  facts: packageOf({
    name: 'own-calls',
    objects: [
      loadable({ path: '/usr/lib64/libown.so.1' }, { soname: 'libown.so.1', defines: ['CRYPTO_lock'], calls: ['CRYPTO_lock'] }),
      loadable({ path: '/usr/bin/own', isProgram: true, soname: null }, { needed: ['libcrypto.so.10', 'libown.so.1'] }),
    ],
  }),
}

async function factsOf(names: readonly string[], wantsLinks: boolean): Promise<Map<string, PackageFacts>> {
  const read = new Map<string, PackageFacts>()
  for await (const outcome of createEngine({ catalogue }).facts(names.map(samplePath), { wantsLinks }))
    if ('facts' in outcome) read.set(outcome.path, outcome.facts)
  return read
}

describe.each([false, true])('facts with wantsLinks %s', wantsLinks => {
  const reading = factsOf(SAMPLES, wantsLinks)

  test('are plain data, and keep no buffer alive but their own', async () => {
    const facts = [...(await reading).values()]
    expect(facts.length).toBeGreaterThan(70)
    expect(facts.flatMap(impurities)).toEqual([])
    expect(facts.some(({ objects }) => objects.some(({ link }) => link !== null))).toBe(wantsLinks)
  })

  test.each(Object.entries(COPIES))('are the same as %s, and so is what rules find in them', async (_, copy) => {
    for (const [path, facts] of await reading) {
      const copied = copy(facts)
      expect({ path, isSame: isSameData(copied, facts) }).toEqual({ path, isSame: true })
      expect(copied).toEqual(facts)
      expect(lint(copied, rules, DEFAULT_SETTINGS, catalogue)).toEqual(lint(facts, rules, DEFAULT_SETTINGS, catalogue))
    }
  })
})

describe('interpositions', () => {
  const among = (some: readonly InstalledPackage[], others: readonly InstalledPackage[]): Interpositions =>
    interpositionsAmong(some, others, catalogue, DEFAULT_SETTINGS.genuine)
  const installed = async (names: readonly string[]): Promise<InstalledPackage[]> =>
    [...(await factsOf(names, true))].map(([id, facts]) => ({ id, facts }))
  const checked = installed(['Percona-Server-shared-compat-5.5.20-90.x86_64.rpm', 'MySQL-shared-compat-5.1.61-1.x86_64.rpm'])
  const context = installed([
    'mailer-1.0-1.x86_64.rpm',
    'mailer-crypto-first-1.0-1.x86_64.rpm',
    'mailer-mysql-1.0-1.x86_64.rpm',
    'openssl-libs-1.0.1e-1.x86_64.rpm',
    'openssl098e-0.9.8e-1.x86_64.rpm',
  ])

  test.each(Object.entries(COPIES))('are the same among copies by %s', async (_, copy) => {
    const copied = (packages: readonly InstalledPackage[]): InstalledPackage[] =>
      packages.map(({ id, facts }) => ({ id, facts: copy(facts) }))
    const found = among([...(await checked), OWN_CALLS], await context)
    expect(new Set(listed(found).map(({ interposition }) => interposition.kind))).toEqual(new Set(['hijacked', 'reversed']))
    expect(among(copied([...(await checked), OWN_CALLS]), copied(await context))).toEqual(found)
  })
})

test('anything that is not data is found, with its position', () => {
  const odd = { ...packageOf(), notes: [new Date(0), () => 0, new Uint8Array(8).subarray(4)] } as unknown as PackageFacts
  expect(impurities(odd)).toEqual(['facts.notes.0: a Date', 'facts.notes.1: function', 'facts.notes.2: 4 bytes of a buffer of 8'])
})
