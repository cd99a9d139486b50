/** Where the files of a simulated process come from. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createEngine } from '../../../lib/engine/engine.js'
import type { TargetInput } from '../../../lib/engine/target-input.js'
import { buildElf } from '../../support/elf-builder.js'
import { packageWith } from '../../support/package.js'
import { app, lib } from '../../support/process.js'
import { string, strings, type Tags } from '../../support/rpm-builder.js'
import { scratchFolder } from '../../support/tools.js'

const RPMTAG_NAME = 1000,
  RPMTAG_CONFLICTNAME = 1054,
  RPMTAG_OBSOLETENAME = 1090
const folder = scratchFolder('link-sources')
const root = join(folder, 'root')
const at = (name: string): string => join(folder, name)
mkdirSync(join(root, 'lib64'), { recursive: true })
writeFileSync(join(root, 'lib64/libd.so'), buildElf(lib(['d'])))
writeFileSync(at('app.rpm'), packageWith({ '/usr/bin/app': buildElf(app(['libx.so'], ['f'])), '/lib64/libx.so': buildElf(lib(['f'])) }))
writeFileSync(at('rival.rpm'), packageWith({ '/lib64/libx.so': buildElf(lib(['f'])), '/lib64/liby.so': buildElf(lib(['g'])) }))
writeFileSync(at('broken.rpm'), 'no package')

describe('files to link', () => {
  test('come from a disk if there are no packages', async () => {
    const { files, packaged, unchecked } = await createEngine().loaderFiles(root, [])
    expect(files.open('/lib64/libd.so')).not.toBeNull()
    expect({ packaged, unchecked }).toEqual({ packaged: [], unchecked: [] })
  })

  test('come from packages over a disk, if one is given', async () => {
    for (const below of [root, null]) {
      const { files, packaged, unchecked } = await createEngine().loaderFiles(below, [at('app.rpm')])
      expect({ packaged, unchecked }).toEqual({ packaged: ['/usr/bin/app'], unchecked: [] })
      expect(files.open('/lib64/libx.so')).not.toBeNull()
      expect(files.open('/lib64/libd.so') === null).toBe(below === null)
    }
  })

  test('do not include those of a package that cannot be read, or that conflicts with another one', async () => {
    const { unchecked } = await createEngine().loaderFiles(null, ['app.rpm', 'broken.rpm', 'rival.rpm'].map(at))
    expect(unchecked).toEqual([
      expect.objectContaining({ path: at('broken.rpm'), outcome: 'unchecked', reason: 'malformed' }),
      {
        path: at('rival.rpm'),
        outcome: 'unchecked',
        reason: 'unsupported',
        structure: null,
        offset: null,
        message: expect.stringContaining('/lib64/libx.so'),
      },
    ])
  })

  test('do not include those of an obsolete package, or of one that conflicts by its tags', async () => {
    const named = (name: string, tags: Tags = {}): TargetInput => ({
      name: `${name}.rpm`,
      bytes: packageWith({ [`/lib64/lib${name}.so`]: buildElf(lib(['f'])) }, { tags: { [RPMTAG_NAME]: string(name), ...tags } }),
    })
    const newer = named('newer', { [RPMTAG_OBSOLETENAME]: strings('older') })
    const opponent = named('opponent', { [RPMTAG_CONFLICTNAME]: strings('newer') })
    const { files, unchecked } = await createEngine().loaderFiles(null, [named('older'), newer, opponent])
    expect(unchecked.map(({ path, message }) => `${path} ${message}`)).toEqual([
      'older.rpm is obsoleted by newer.rpm, which is installed instead',
      'opponent.rpm conflicts with newer.rpm; check them separately',
    ])
    expect(files.list('/lib64')).toEqual(['libnewer.so'])
  })

  test('need an existing root', async () => {
    await expect(createEngine().loaderFiles(at('none'), [])).rejects.toThrow(`cannot read ${at('none')}: no such file or directory`)
  })
})
