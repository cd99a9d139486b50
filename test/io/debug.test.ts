import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { tar } from '../support/archive-builder.js'
import { packageWith } from '../support/package.js'
import { programIn } from '../support/program.js'
import { OFFENDER } from '../support/walk.js'

const folder = mkdtempSync(join(tmpdir(), 'debug-'))
const CUT = tar({ name: 'x.so', data: OFFENDER }).subarray(0, 700)
writeFileSync(
  join(folder, 'a.rpm'),
  packageWith({
    '/usr/lib64/libx.so': OFFENDER,
    '/usr/share/\x1b]0;%s\x07': Buffer.alloc(5000, 'text'),
    '/usr/share/short': Buffer.from('#!'),
    '/a.tar': CUT,
  }),
)
writeFileSync(join(folder, 'b.rpm'), 'no package')

/** What is printed to standard error, without the number of the process, and with no time but 0. */
async function printed(env: Readonly<Record<string, string>>): Promise<string[]> {
  const { err } = await programIn(folder, env)('check', 'a.rpm', 'b.rpm')
  const lines = err.split('\n').filter(line => line.startsWith('RPMLINT-TS '))
  return lines.map(line => line.replace(/^RPMLINT-TS \d+: /, '').replace(/\d+ ms$/, '0 ms'))
}

describe('NODE_DEBUG', () => {
  test('with our name has what was skipped, why, and how long each package took, with hostile names escaped', async () => {
    expect(await printed({ NODE_DEBUG: 'rpmlint-ts' })).toEqual([
      '/usr/share/\\x1b]0;%s\\x07: skipped, neither ELF nor an archive',
      '/usr/share/short: skipped, neither ELF nor an archive',
      expect.stringMatching(/^\/a\.tar: not read to its end, tar: /),
      'a.rpm: done after 0 ms',
      'b.rpm: done after 0 ms',
    ])
  })

  test.each([{ NODE_DEBUG: '' }, { NODE_DEBUG: 'fs' }])('of $NODE_DEBUG has nothing of ours', async env =>
    expect(await printed(env)).toEqual([]),
  )
})
