/** A package unpacked by rpm's own tools is a build root, in which must be found what is found in the package. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { PackageFacts } from '../../lib/facts/model.js'
import { readBuildRoot } from '../../lib/io/package/read-build-root.js'
import { DEFAULT_LIMITS } from '../../lib/limits/limits.js'
import { outcomeOf } from '../support/engine.js'
import { SAMPLES, samplePath } from '../support/sample.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'
import { catalogue } from '../support/scan.js'

const folder = scratchFolder('unpacked')

/** What does not depend on the header, in order of path: rpm's own order of files is another one. */
function contentOf({ objects, archives, symlinks, inner }: PackageFacts): object {
  const byPath = <Item extends { readonly path: string }>(items: readonly Item[]): Item[] =>
    [...items].sort((a, b) => (a.path < b.path ? -1 : 1))
  return { objects: byPath(objects), archives: byPath(archives), symlinks: byPath(symlinks), inner: byPath(inner) }
}

describeWithTools(['rpm', 'cpio'], 'unpacked by rpm2cpio and cpio', () => {
  let compared = 0

  test.each(SAMPLES)('%s holds the same', async name => {
    const packed = await outcomeOf(samplePath(name))
    if (!('facts' in packed)) return // cut or wrong on purpose
    const root = join(folder, name)
    mkdirSync(root)
    execFileSync('sh', ['-c', 'rpm2cpio "$1" | cpio -idm --quiet --no-absolute-filenames', 'sh', samplePath(name)], {
      cwd: root,
      stdio: 'ignore',
    })
    const unpacked = await readBuildRoot(root, root, packed.facts.identity, { limits: DEFAULT_LIMITS, catalogue, wantsSha256: true })
    expect(contentOf(unpacked)).toEqual(contentOf(packed.facts))
    compared++
  })

  test('nearly all samples can be compared', () => expect(compared).toBeGreaterThan(70))
})
