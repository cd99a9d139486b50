/** `check --root`, as used in %check. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { commandIn } from '../support/command.js'
import { buildElf } from '../support/elf-builder.js'
import { scratchFolder } from '../support/tools.js'
import { OFFENDER } from '../support/scan.js'

const folder = scratchFolder('check-root')
mkdirSync(join(folder, 'bad/usr/lib64'), { recursive: true })
writeFileSync(join(folder, 'bad/usr/lib64/libx.so.1'), OFFENDER)
mkdirSync(join(folder, 'crypto/usr/lib64'), { recursive: true })
writeFileSync(join(folder, 'crypto/usr/lib64/libcrypto.so.3'), buildElf({ soname: 'libcrypto.so.3', symbols: [{ name: 'CRYPTO_lock' }] }))
symlinkSync('libcrypto.so.3', join(folder, 'crypto/usr/lib64/libcrypto.so'))
mkdirSync(join(folder, 'empty'))

const run = commandIn(folder)

const rulesOf = (out: string): string[] =>
  (JSON.parse(out) as { packages: { findings: { rule: string }[] }[] }).packages.flatMap(({ findings }) => findings.map(({ rule }) => rule))

describe('check --root', () => {
  test('rejects a build root, with its path and those of its files', async () => {
    const { status, out } = await run('check', '-f', 'json', '--root', 'bad')
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      packages: [
        {
          path: 'bad',
          outcome: 'checked',
          name: null,
          objects: 1,
          findings: [{ rule: 'unversioned-crypto-export', file: '/usr/lib64/libx.so.1' }],
        },
      ],
    })
  })

  test('accepts an empty build root', async () => expect(await run('check', '--root', 'empty')).toMatchObject({ status: 0, err: '' }))

  test('recognises OpenSSL’s own package by --package', async () => {
    const unnamed = await run('check', '-f', 'json', '--root', 'crypto')
    const stranger = await run('check', '-f', 'json', '--root', 'crypto', '--package', 'vendor-libs-1.0-1.x86_64')
    const owner = await run('check', '-f', 'json', '--root', 'crypto', '--package', 'openssl-libs-1:3.2.1-2.fc40.x86_64')
    expect([unnamed.status, stranger.status, owner.status]).toEqual([1, 1, 0])
    expect(rulesOf(stranger.out)).toContain('claimed-openssl-soname')
    expect(rulesOf(owner.out)).toEqual(['unversioned-openssl'])
    expect(JSON.parse(owner.out)).toMatchObject({
      packages: [{ name: 'openssl-libs', epoch: 1, version: '3.2.1', release: '2.fc40', arch: 'x86_64' }],
    })
  })

  test('does not need an architecture, and then prints none', async () => {
    const { out } = await run('check', '-f', 'rpmlint', '--root', 'bad', '--package', 'x-1-2.fc40')
    const [line] = out.split('\n')
    expect(line).toBe('x: E: unversioned-crypto-export /usr/lib64/libx.so.1 CRYPTO_lock')
  })

  test('gives a finding the same fingerprint as in the package', async () => {
    const printOf = async (version: string): Promise<string | undefined> => {
      const { out } = await run('check', '-f', 'json', '--root', 'bad', '--package', `x-${version}.x86_64`)
      return /"fingerprint": "(\w+)"/.exec(out)?.[1]
    }
    const prints = [await printOf('1.0-1'), await printOf('2.0-7')]
    expect(prints[0]).toMatch(/^\w{32}$/)
    expect(prints[1]).toBe(prints[0])
  })

  test('reports a missing directory', async () => {
    const { status, out, err } = await run('check', '-q', '--root', 'none')
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toBe('rpmlint-ts: none: not checked (unreadable): cannot read none: no such file or directory\n')
  })

  test.each([
    [['--root', 'bad', 'bad.rpm'], '--root cannot be combined with paths: bad.rpm'],
    [['--root', 'bad', '--package', 'x'], '--package x: not of the form NAME-[EPOCH:]VERSION-RELEASE[.ARCH]'],
    [['--package', 'x-1-1.noarch', 'bad.rpm'], '--package needs --root'],
    [['--root', 'bad', '--qiet'], 'unknown option --qiet (did you mean --quiet?)'],
    [['--root', 'bad', '--fail-on', 'fatal'], '--fail-on fatal: must be one of error, warning, info, never'],
    [[], 'check needs <path..> or --root'],
  ])('reports the error in %j', async (argv, words) => {
    const { status, out, err } = await run('check', ...argv)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toContain(words)
  })
})

test('inspect --root prints the facts', async () => {
  const { status, out } = await run('inspect', '-f', 'json', '--root', 'crypto', '--package', 'openssl-3-1')
  expect(status).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ packages: [{ name: 'openssl', arch: '', objects: [{ path: '/usr/lib64/libcrypto.so.3' }] }] })
})
