import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { targetsOf } from '../../lib/io/targets.js'
import { scratchFolder } from '../support/tools.js'

const folder = scratchFolder('targets')
for (const path of ['b', 'a/deep', 'empty', 'locked']) mkdirSync(join(folder, path), { recursive: true })
for (const path of ['z.rpm', 'b/1.rpm', 'a/deep/2.rpm', 'a/note.txt']) writeFileSync(join(folder, path), '')
symlinkSync(join(folder, 'b'), join(folder, 'link'))
const listed = async (...paths: readonly string[]): Promise<string[]> =>
  (await targetsOf(paths, { directory: folder, stdin: null })).map(
    ({ kind, path }) => path.replace(`${folder}/`, '') + (kind === 'missing' ? ' !' : ''),
  )

describe('targetsOf', () => {
  test('searches a directory for packages, sorted, without following links to directories', async () => {
    expect(await listed(folder)).toEqual(['a/deep/2.rpm', 'b/1.rpm', 'z.rpm'])
  })
  test('finds packages in a directory by their suffix in any case, and others by their first bytes', async () => {
    const other = join(folder, '../names')
    mkdirSync(other, { recursive: true })
    try {
      for (const path of ['OLD.RPM', 'a.txt', 'b.rpm.part', 'c.drpm']) writeFileSync(join(other, path), '')
      for (const path of ['package', 'd.drpm']) writeFileSync(join(other, path), Buffer.from('edabeedb0300', 'hex'))
      expect((await listed(other)).map(path => path.replace(/.*names./, ''))).toEqual(['OLD.RPM', 'package'])
    } finally {
      rmSync(other, { recursive: true })
    }
  })
  test('reports what has the name of a package in a directory but is no file, and does not open it', async () => {
    const other = join(folder, '../pipes')
    mkdirSync(other, { recursive: true })
    try {
      execFileSync('mkfifo', [join(other, 'pipe.rpm'), join(other, 'pipe')])
      symlinkSync('/dev/zero', join(other, 'device.rpm'))
      symlinkSync('nowhere', join(other, 'gone.rpm'))
      expect(await targetsOf([other], { directory: folder, stdin: null })).toMatchObject([
        { kind: 'missing', error: { message: `${join(other, 'device.rpm')}: not a regular file` } },
        { kind: 'missing', error: { message: `cannot read ${join(other, 'gone.rpm')}: no such file or directory` } },
        { kind: 'missing', error: { message: `${join(other, 'pipe.rpm')}: not a regular file` } },
      ])
    } finally {
      rmSync(other, { recursive: true })
    }
  })
  test('lists a file once, however often it is given', async () =>
    expect(await listed(join(folder, 'b'), join(folder, 'b/1.rpm'))).toEqual(['b/1.rpm']))
  test('reports a directory without packages, a missing file, and a pattern without matches', async () => {
    expect(await listed(join(folder, 'empty'), join(folder, 'none.rpm'), join(folder, '*.deb'))).toEqual([
      'empty !',
      'none.rpm !',
      '*.deb !',
    ])
  })
  test('treats - as standard input, not as a file', async () => {
    writeFileSync(join(folder, '-'), '')
    try {
      const stdin = (async function* () {})()
      expect(await targetsOf(['-', '-', join(folder, '-')], { directory: folder, stdin })).toEqual([
        { kind: 'stream', path: '-', stream: stdin },
        { kind: 'file', path: join(folder, '-'), file: join(folder, '-') },
      ])
      expect(await targetsOf(['-'], { directory: folder, stdin: null })).toEqual([{ kind: 'file', path: '-', file: join(folder, '-') }])
    } finally {
      rmSync(join(folder, '-'))
    }
  })
  test('reports why a file cannot be read', async () =>
    expect(await targetsOf(['none.rpm'], { directory: folder, stdin: null })).toMatchObject([
      { kind: 'missing', path: 'none.rpm', error: { message: 'cannot read none.rpm: no such file or directory' } },
    ]))
  test('expands patterns that the shell did not expand', async () =>
    expect(await listed(join(folder, '*/*.rpm'))).toEqual(['b/1.rpm', 'link/1.rpm']))

  const isRoot = process.getuid?.() === 0
  const unlessRoot = isRoot ? test.skip : test
  unlessRoot(`finds the rest where one directory cannot be read${isRoot ? ' (skipped: root reads all)' : ''}`, async () => {
    chmodSync(join(folder, 'locked'), 0)
    expect(await listed(folder)).toEqual(['a/deep/2.rpm', 'b/1.rpm', 'locked !', 'z.rpm'])
    chmodSync(join(folder, 'locked'), 0o755)
  })
})
