import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { tar } from '../support/archive-builder.js'
import { packageWith } from '../support/package.js'
import { command } from '../support/command.js'
import { OFFENDER } from '../support/scan.js'

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

interface Asked {
  readonly options?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** What is printed of the run to standard error, with no time but 0. */
async function printed({ options = [], env = {} }: Asked): Promise<string[]> {
  const { err } = await command(['check', ...options, 'a.rpm', 'b.rpm'], { cwd: folder, env })
  const lines = err.split('\n').filter(line => /^rpmlint-ts: (verbose|debug): /.test(line))
  return lines.map(line => line.replace('rpmlint-ts: ', '').replace(/\d+ ms$/, '0 ms'))
}

const LEFT_OUT = [
  expect.stringMatching(/^verbose: \/a\.tar: not read to its end, tar: /),
  'verbose: a.rpm: done after 0 ms',
  'verbose: b.rpm: done after 0 ms',
]
const ALL = [
  'debug: /usr/share/\\x1b]0;%s\\x07: skipped, neither ELF nor an archive',
  'debug: /usr/share/short: skipped, neither ELF nor an archive',
  ...LEFT_OUT,
]

describe('diagnostics of a run', () => {
  test.each<[string, Asked]>([
    ['--debug', { options: ['--debug'] }],
    ['NODE_DEBUG=rpmlint-ts', { env: { NODE_DEBUG: 'fs,rpmlint-ts' } }],
  ])('include every decision for %s, with hostile names escaped', async (_, asked) => expect(await printed(asked)).toEqual(ALL))

  test('include what was left out for --verbose', async () => expect(await printed({ options: ['-v'] })).toEqual(LEFT_OUT))

  test.each<[string, Asked]>([
    ['nothing', {}],
    ['an empty NODE_DEBUG', { env: { NODE_DEBUG: '' } }],
    ['another NODE_DEBUG', { env: { NODE_DEBUG: 'fs' } }],
  ])('are not printed for %s', async (_, asked) => expect(await printed(asked)).toEqual([]))
})
