import { execFileSync } from 'node:child_process'
import { chmodSync, closeSync, linkSync, mkdirSync, readSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Identity, PackageFacts } from '../../../lib/facts/model.js'
import { openListed } from '../../../lib/io/package/build-root-files.js'
import { readBuildRoot } from '../../../lib/io/package/read-build-root.js'
import { DEFAULT_LIMITS, type Limits } from '../../../lib/limits/limits.js'
import { ar, tar } from '../../support/archive-builder.js'
import { scratchFolder } from '../../support/tools.js'
import { OFFENDER, catalogue, within } from '../../support/scan.js'

const folder = scratchFolder('build-root')

/** A build root of its own with these files. */
function rootWith(name: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  const root = join(folder, name)
  mkdirSync(root)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

const read = (root: string, limits: Partial<Limits> = {}, identity: Identity | null = null): Promise<PackageFacts> =>
  readBuildRoot(root, root, identity, { limits: { ...DEFAULT_LIMITS, ...limits }, catalogue, wantsSha256: false })

const paths = ({ objects }: PackageFacts): string[] => objects.map(({ path }) => path)

describe('a build root', () => {
  test('is read as what it will install, in order of path', async () => {
    const root = rootWith('plain', {
      'usr/lib64/libx.so.1': OFFENDER,
      'opt/x/libx.so': OFFENDER,
      'usr/share/doc/x': 'text '.repeat(1000),
      'usr/share/doc/empty': '',
    })
    const facts = await read(root)
    expect(paths(facts)).toEqual(['/opt/x/libx.so', '/usr/lib64/libx.so.1'])
    expect(facts.objects[1]).toMatchObject({ size: OFFENDER.length, isNested: false, sha256: null, guarded: [{ name: 'CRYPTO_lock' }] })
    expect(facts).toMatchObject({ identity: null, payload: null, provides: [], notes: [] })
  })

  test('keeps the loader’s configuration, and analyses everything else', async () => {
    const root = rootWith('links-wanted', { 'usr/lib64/libx.so.1': OFFENDER, 'etc/ld.so.conf': '/opt/x\n', 'etc/passwd': 'root' })
    const options = { limits: DEFAULT_LIMITS, catalogue, wantsSha256: false }
    const facts = await readBuildRoot(root, root, null, { ...options, wantsLinks: true })
    expect(paths(facts)).toEqual(['/usr/lib64/libx.so.1'])
    expect(facts.objects[0]?.link).not.toBeNull()
    expect(facts.loaderFiles.configuration).toEqual([{ path: '/etc/ld.so.conf', content: '/opt/x\n' }])
  })

  test('has the given name', async () => {
    const identity = { name: 'x', epoch: null, version: '1', release: '2', arch: 'x86_64' }
    expect((await read(rootWith('named', {}), {}, identity)).identity).toEqual(identity)
  })

  test('may be empty, as for a package without files', async () => {
    expect(await read(rootWith('empty', {}))).toMatchObject({ objects: [], notes: [] })
  })

  test('may be given with a trailing slash, or as a link', async () => {
    const root = rootWith('slash', { 'libx.so': OFFENDER })
    symlinkSync(root, join(folder, 'to-slash'))
    expect(paths(await read(`${root}/`))).toEqual(['/libx.so'])
    expect(paths(await read(join(folder, 'to-slash')))).toEqual(['/libx.so'])
  })

  test('may contain archives, which are opened like those of a payload', async () => {
    const root = rootWith('archives', {
      'src/x.tar': tar({ name: 'd/libx.so', data: OFFENDER }),
      'lib/x.a': ar({ name: 'libx.so/', data: OFFENDER }),
    })
    expect(paths(await read(root))).toEqual(['/lib/x.a!libx.so', '/src/x.tar!d/libx.so'])
  })

  test('lists a file with several names once', async () => {
    const root = rootWith('links', { 'usr/lib64/b.so': OFFENDER })
    mkdirSync(join(root, 'a'))
    linkSync(join(root, 'usr/lib64/b.so'), join(root, 'usr/lib64/c.so'))
    linkSync(join(root, 'usr/lib64/b.so'), join(root, 'a/z'))
    expect((await read(root)).objects).toMatchObject([{ path: '/a/z', alsoAt: ['/usr/lib64/b.so', '/usr/lib64/c.so'] }])
  })

  test('may contain symbolic links, which are recorded and never followed: neither out of it nor in cycles', async () => {
    const outside = rootWith('outside', { 'libx.so': OFFENDER })
    const root = rootWith('symlinks', {})
    symlinkSync('/usr/lib64/libx.so.1', join(root, 'libx.so'))
    symlinkSync(outside, join(root, 'out'))
    symlinkSync('.', join(root, 'self'))
    const facts = await read(root)
    expect(facts.objects).toEqual([])
    expect(facts.symlinks).toEqual([
      { path: '/libx.so', target: '/usr/lib64/libx.so.1' },
      { path: '/out', target: outside },
      { path: '/self', target: '.' },
    ])
  })

  test('may contain special files: opening a pipe does not block', async () => {
    const root = rootWith('special', { 'libx.so': OFFENDER })
    execFileSync('mkfifo', [join(root, 'fifo')])
    expect(paths(await within(5000, read(root)))).toEqual(['/libx.so'])
  })

  test('may contain names that are not UTF-8', async () => {
    const root = rootWith('latin', {})
    writeFileSync(Buffer.concat([Buffer.from(`${root}/lib`), Buffer.from([0xe9]), Buffer.from('.so')]), OFFENDER)
    writeFileSync(join(root, 'lié.so'), OFFENDER)
    expect(paths(await read(root))).toEqual(['/lié.so', '/lib\\xe9.so'].sort())
  })
})

describe('a file that is replaced between listing and opening', () => {
  const root = rootWith('swapped', { file: 'text' })

  test('is opened if it is still the listed one', () => {
    const file = openListed(root, '/file')
    const bytes = Buffer.alloc(4)
    readSync(file, bytes)
    closeSync(file)
    expect(bytes.toString()).toBe('text')
  })

  test('is not followed if it is a link now', () => {
    symlinkSync(join(root, 'file'), join(root, 'link'))
    expect(() => openListed(root, '/link')).toThrow('cannot read /link: ')
  })

  test('does not block if it is a pipe now', () => {
    execFileSync('mkfifo', [join(root, 'fifo')])
    closeSync(openListed(root, '/fifo'))
  })
})

describe('an unreadable file', () => {
  test.each([
    ['nothing there', join(folder, 'none'), 'no such file or directory'],
    ['a file', join(folder, 'plain-file'), 'not a directory'],
  ])('may be a root that is %s', async (_, root, message) => {
    writeFileSync(join(folder, 'plain-file'), '')
    await expect(read(root)).rejects.toMatchObject({ name: 'UnreadableError', message: expect.stringContaining(message) })
  })

  test('is reported, not skipped: a path longer than the system allows', async () => {
    const root = rootWith('deep', { 'libx.so': OFFENDER })
    const half = Array<string>(10).fill('d'.repeat(250)).join('/')
    for (const part of ['a', 'b']) mkdirSync(join(root, part, half), { recursive: true })
    renameSync(join(root, 'b'), join(root, 'a', half, 'b'))
    try {
      await expect(read(root)).rejects.toMatchObject({ name: 'UnreadableError' })
    } finally {
      execFileSync('rm', ['-rf', root])
    }
  })

  const isRoot = process.getuid?.() === 0
  const unlessRoot = isRoot ? test.skip : test
  unlessRoot(`is reported, not skipped: no permission${isRoot ? ' (skipped: root reads all)' : ''}`, async () => {
    const root = rootWith('locked', { 'libx.so': OFFENDER })
    chmodSync(join(root, 'libx.so'), 0)
    await expect(read(root)).rejects.toMatchObject({ name: 'UnreadableError', message: 'cannot read /libx.so: permission denied' })
  })
})

describe('limits', () => {
  const root = rootWith('large', { 'a.so': OFFENDER, 'b.so': OFFENDER, 'c.txt': 'text '.repeat(10_000) })
  const size = OFFENDER.length

  test.each([
    ['the size of an ELF file', { elfBytes: size }, { elfBytes: size - 1 }],
    ['the number of files', { members: 3 }, { members: 2 }],
    ['the bytes looked into', { unpackedBytes: 2 * size + 512 }, { unpackedBytes: 2 * size }],
  ])('are those of a payload: %s', async (_, enough, tooFew) => {
    expect(paths(await read(root, enough))).toEqual(['/a.so', '/b.so'])
    await expect(read(root, tooFew)).rejects.toMatchObject({ name: 'LimitError' })
  })
})
