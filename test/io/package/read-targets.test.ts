import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Catalogue } from '../../../lib/catalogue/catalogue.js'
import { readTargets, type Outcome } from '../../../lib/io/package/read-targets.js'
import { targetsOf } from '../../../lib/io/targets.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import { packageWith } from '../../support/package.js'
import { scratchFolder } from '../../support/tools.js'
import { OFFENDER } from '../../support/scan.js'

const folder = scratchFolder('read-targets')
writeFileSync(join(folder, 'a.rpm'), packageWith({ '/usr/lib64/libx.so.1': OFFENDER }))
writeFileSync(join(folder, 'b.rpm'), packageWith({ '/usr/share/doc/x': Buffer.from('text') }))

async function outcomes(names: readonly string[], catalogue: Catalogue): Promise<Outcome[]> {
  const all: Outcome[] = []
  const targets = await targetsOf(
    names.map(name => join(folder, name)),
    { directory: folder, stdin: null },
  )
  for await (const outcome of readTargets(targets, { limits: DEFAULT_LIMITS, catalogue, wantsSha256: false })) all.push(outcome)
  return all
}

test('an unreadable target does not affect the others', async () => {
  const [none, a, b] = await outcomes(['none.rpm', 'a.rpm', 'b.rpm'], new Catalogue())
  expect(none).toEqual({
    outcome: 'unchecked',
    path: join(folder, 'none.rpm'),
    reason: 'unreadable',
    structure: null,
    offset: null,
    message: `cannot read ${join(folder, 'none.rpm')}: no such file or directory`,
  })
  expect([a, b]).toMatchObject([{ facts: { objects: [{ path: '/usr/lib64/libx.so.1' }] } }, { facts: { objects: [] } }])
})

test('neither does a bug of ours, which is reported with its stack', async () => {
  class BrokenCatalogue extends Catalogue {
    override find(): never {
      throw new TypeError('x is undefined')
    }
  }
  const [a, b] = await outcomes(['a.rpm', 'b.rpm'], new BrokenCatalogue())
  expect(a).toMatchObject({ outcome: 'unchecked', reason: 'internal', structure: null, offset: null })
  expect(a).toHaveProperty(
    'message',
    expect.stringMatching(/^a bug in rpmlint-ts, please report it: TypeError: x is undefined\n {4}at .*find/),
  )
  expect(b).toHaveProperty('facts')
})
