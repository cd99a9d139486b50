/** The command `check`: targets and exit status. */
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { gzipSync } from 'node:zlib'
import { tar, zip } from '../support/archive-builder.js'
import { folderOfPackages } from '../support/folder-of-packages.js'
import { RPMSIGTAG } from '../../lib/rpm/signature-tags.js'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { packageWith } from '../support/package.js'
import type { Ending } from '../support/program.js'
import { int32, strings, type PackageParts, type Tags } from '../support/rpm-builder.js'
import { OFFENDER } from '../support/scan.js'

const { folder, run, status } = folderOfPackages()

describe('the exit status', () => {
  test('is 0 for a clean package, 1 for a finding, 2 for an unchecked package', async () => {
    expect(await Promise.all([status('check', 'good.rpm'), status('check', 'bad.rpm'), status('check', 'text.rpm')])).toEqual([0, 1, 2])
  })

  test('is 2 rather than 1, in either order', async () => {
    expect(await Promise.all([status('check', 'bad.rpm', 'text.rpm'), status('check', 'not-there.rpm', 'bad.rpm')])).toEqual([2, 2])
  })

  test('is 0 instead of 1 with --exit-zero, but never instead of 2', async () => {
    const all = [
      status('check', '--exit-zero', 'bad.rpm'),
      status('check', '--exit-zero', 'text.rpm'),
      status('check', '--exit-zero', 'not-there.rpm'),
    ]
    expect(await Promise.all(all)).toEqual([0, 2, 2])
  })

  test.each([
    ['error', [1, 0, 0]],
    ['warning', [1, 1, 0]],
    ['info', [1, 1, 1]],
    ['never', [0, 0, 0]],
  ])('fails on %s', async (severity, wanted) => {
    const statuses = ['bad.rpm', 'warned.rpm', 'noted.rpm'].map(name => status('check', '--fail-on', severity, name))
    expect(await Promise.all(statuses)).toEqual(wanted)
  })

  test('is 2 for an empty directory and for a pattern without a match', async () => {
    const [empty, pattern] = await Promise.all([run(['check', 'empty']), run(['check', '*.deb'])])
    expect([empty.status, pattern.status]).toEqual([2, 2])
    expect(empty.err).toBe('rpmlint-ts: empty: not checked (unreadable): empty: no RPM packages in this directory\n')
    expect(pattern.err).toContain('*.deb: no file matches this pattern')
  })
})

describe('--require-digests', () => {
  const without = (...tags: readonly { readonly number: number }[]): Tags =>
    Object.fromEntries(tags.map(({ number }) => [number, undefined]))
  const { MD5, SHA1, SHA256 } = RPMSIGTAG
  const PACKAGES: Readonly<Record<string, [PackageParts, string | null]>> = {
    'digested.rpm': [{}, null],
    'bare.rpm': [{ signature: without(MD5, SHA1, SHA256) }, 'the package has no digest'],
    'header-only.rpm': [{ signature: without(MD5) }, "the package's payload has no digest"],
    'unknown.rpm': [
      { signature: without(MD5), tags: { [RPMTAG.PAYLOADSHA256.number]: strings('00'), [RPMTAG.PAYLOADSHA256ALGO.number]: int32(99) } },
      'PAYLOADSHA256 was not verified: unknown algorithm 99',
    ],
    'files.rpm': [
      { tags: { [RPMTAG.FILEDIGESTALGO.number]: int32(99) } },
      'FILEDIGESTS were not verified: algorithm 99 cannot be computed',
    ],
  }

  test.each(Object.keys(PACKAGES))('refuses what is not protected by digests: %s', async name => {
    const [parts, reason] = PACKAGES[name]!
    writeFileSync(join(folder, name), packageWith({ '/a': Buffer.from('a') }, parts))
    const [lax, strict] = await Promise.all([run(['check', name]), run(['check', '--require-digests', name])])
    expect([lax.status, strict.status]).toEqual([0, reason === null ? 0 : 2])
    if (reason === null) return expect(lax.out).not.toContain('unusual-payload')
    expect(lax.out.replace(/\s+/g, ' ')).toContain(`unusual-payload ${reason}`)
    expect(strict.err).toContain(`${name}: not checked (unsupported): digests are required, but ${reason}`)
  })

  test('refuses such packages of --with too', async () => {
    writeFileSync(join(folder, 'other.rpm'), packageWith({ '/b': Buffer.from('b') }, PACKAGES['bare.rpm']![0]))
    expect(await status('check', '--require-digests', 'good.rpm', '--with', 'other.rpm')).toBe(2)
  })
})

describe('--strict-archives', () => {
  const cut = gzipSync(tar({ name: 'a', data: OFFENDER })).subarray(0, -20)
  const packages = {
    'cut.rpm': { '/a.tar.gz': cut },
    'deep.rpm': { '/a.tar': tar({ name: 'b.tar.gz', data: cut }) },
    'inner.rpm': { '/b.rpm': packageWith({ '/a.tar.gz': cut }) },
    'locked.rpm': { '/a.zip': zip({ name: 'a', data: OFFENDER, flags: 1 }) },
  }

  test.each(Object.entries(packages))('refuses an archive that was not read to its end: %s', async (name, files) => {
    writeFileSync(join(folder, name), packageWith(files))
    const strict = await run(['check', '--strict-archives', name])
    expect(strict.status).toBe(2)
    expect(strict.err).toMatch(/: not checked \(malformed\): archives must be readable, but .*not checked/)
    expect(await status('check', '--exit-zero', name)).toBe(0)
  })

  test('accepts whole archives', async () => {
    writeFileSync(join(folder, 'whole.rpm'), packageWith({ '/a.tar.gz': gzipSync(tar({ name: 'a', data: Buffer.from('text') })) }))
    expect(await status('check', '--strict-archives', 'whole.rpm')).toBe(0)
  })
})

describe('the targets', () => {
  const paths = async (...argv: readonly string[]): Promise<string[]> => {
    const { out } = await run(['check', '-f', 'json', ...argv])
    return (JSON.parse(out) as { packages: { path: string }[] }).packages.map(({ path }) => path)
  }

  test('may be directories, to whose paths file names are appended', async () => {
    expect(await paths('tree', './tree/')).toEqual(['tree/good.rpm', 'tree/sub/bad.rpm'])
    expect((await run(['check', '-f', 'json', '.'], { cwd: join(folder, 'tree') })).out).toContain('"path": "sub/bad.rpm"')
  })

  test('may be patterns that the shell did not expand', async () => {
    expect(await paths('tree/**/*.rpm')).toEqual(['tree/good.rpm', 'tree/sub/bad.rpm'])
    expect(await paths('{bad,good}.rpm')).toEqual(['bad.rpm', 'good.rpm'])
  })

  test('are checked in the given order, and only once', async () => {
    expect(await paths('warned.rpm', 'bad.rpm', 'warned.rpm')).toEqual(['warned.rpm', 'bad.rpm'])
  })

  test('may come from standard input', async () => {
    const piped = await run(['check', '-f', 'json', '-'], { stdin: 'bad.rpm' })
    const named = await run(['check', '-f', 'json', 'bad.rpm'])
    expect(piped.status).toBe(1)
    expect(piped.out.replace('"path": "-"', '"path": "bad.rpm"')).toBe(named.out)
    expect((await run(['check', '-'], { stdin: 'text.rpm' })).err).toContain('rpmlint-ts: -: not checked (malformed)')
  })

  test('may be an ELF file, also one that can only be read once', async () => {
    writeFileSync(join(folder, 'libx.so'), OFFENDER)
    execFileSync('mkfifo', [join(folder, 'fifo')])
    const reading = run(['check', '-f', 'json', 'fifo'])
    spawn('sh', ['-c', 'cat libx.so > fifo'], { cwd: folder })
    const [fifo, file] = [await reading, await run(['check', '-f', 'json', 'libx.so'])]
    const withoutPlace = ({ out }: Ending): string => out.replace(/"(path|file|fingerprint)": ".*"/g, '')
    expect(withoutPlace(fifo)).toBe(withoutPlace(file))
    expect(file.status).toBe(1)
  })

  test('that are missing do not affect the others', async () => {
    const { out, err } = await run(['check', 'not-there.rpm', 'bad.rpm', 'text.rpm', 'good.rpm'])
    expect(err.split('\n').map(line => line.split(': ')[1])).toEqual(['not-there.rpm', 'text.rpm', undefined])
    expect(err).toContain('rpmlint-ts: not-there.rpm: not checked (unreadable): cannot read not-there.rpm: no such file or directory\n')
    expect(out).toContain('error /usr/lib64/libmysqlclient.so.16.0.0 unversioned-crypto-export')
    expect(out).toContain('good.rpm  from ')
    expect(out).toContain('4 packages, 4 ELF objects: 4 errors, 0 warnings, 1 info, 2 not checked')
  })
})

test('Node.js prints no warnings, such as about listeners', async () => {
  const filler = { name: 'filler', data: Buffer.alloc(3_000_000, 'text') }
  writeFileSync(join(folder, 'large.rpm'), packageWith({ '/a.tar': tar(filler, filler) }))
  expect(await run(['check', '-q', 'large.rpm'])).toEqual({ status: 0, out: '', err: '' })
})

describe('quiet', () => {
  test('omits clean packages and infos', async () => {
    expect(await Promise.all([run(['check', '-q', 'good.rpm']), run(['check', '-q', 'noted.rpm'])])).toEqual([
      { status: 0, out: '', err: '' },
      { status: 0, out: '', err: '' },
    ])
  })
  test('still reports unchecked packages', async () =>
    expect((await run(['check', '-q', 'text.rpm'])).err).toContain('text.rpm: not checked'))
})

describe('colours', () => {
  const isColoured = async (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<boolean> => {
    const { out } = await run(['check', ...argv, 'bad.rpm'], { env })
    return out.includes('\x1b[')
  }

  test.each<[string, readonly string[], Readonly<Record<string, string>>, boolean]>([
    ['nothing, where no terminal reads', [], {}, false],
    ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', [], { FORCE_COLOR: '0' }, false],
    ['NO_COLOR before FORCE_COLOR', [], { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR, which counts for nothing', [], { NO_COLOR: '', FORCE_COLOR: '1' }, true],
    ['--color=always before NO_COLOR', ['--color', 'always'], { NO_COLOR: '1' }, true],
    ['--color=never before FORCE_COLOR', ['--color=never'], { FORCE_COLOR: '1' }, false],
  ])('follow %s', async (_, argv, env, wanted) => expect(await isColoured(argv, env)).toBe(wanted))

  test('are not written to a file', async () => {
    await run(['check', '-o', 'colours.txt', 'bad.rpm'], { env: { FORCE_COLOR: '1' } })
    expect(readFileSync(join(folder, 'colours.txt'), 'utf8')).not.toContain('\x1b')
  })
})
