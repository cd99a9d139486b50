/** rpmlint's own files on the command line, and its exit status. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { commandIn } from '../support/command.js'
import { samplePath } from '../support/sample.js'

jest.setTimeout(60_000) // many processes, on machines that do more than test

const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = commandIn(folder)
const write = (name: string, ...lines: readonly string[]): string => {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  return name
}

const check = (...argv: readonly string[]) => run('check', '--no-config', '--format', 'rpmlint', ...argv)
const status = async (...argv: readonly string[]): Promise<number | null> => (await check(...argv)).status
const FOOTER = /(\d+) errors, (\d+) warnings, (\d+) filtered, (\d+) badness/

/** Errors, warnings, filtered and badness of the last line. */
async function counts(...argv: readonly string[]): Promise<number[]> {
  return (FOOTER.exec((await check(...argv)).out) ?? []).slice(1).map(Number)
}

beforeAll(() => {
  copyFileSync(samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'), join(folder, 'bad.rpm'))
  copyFileSync(samplePath('Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'), join(folder, 'good.rpm'))
  copyFileSync(samplePath('libdbclient-foreign-first-1.0-1.x86_64.rpm'), join(folder, 'warned.rpm'))
  writeFileSync(join(folder, 'text.rpm'), 'text')
  mkdirSync(join(folder, 'conf'))
  mkdirSync(join(folder, 'empty'))
})

describe('an rpmlintrc', () => {
  test('hides the findings that its filters match', async () => {
    expect(await counts('bad.rpm')).toEqual([4, 0, 0, 4])
    const rc = write('a.rpmlintrc', 'addFilter("do-nothing-crypto-export")', String.raw`addFilter(r"unversioned-crypto-export .*_r\.so")`)
    expect(await counts('--rpmlintrc', rc, 'bad.rpm')).toEqual([1, 0, 3, 1])
    const all = write('b.rpmlintrc', 'addFilter("crypto-export")')
    expect(await check('--rpmlintrc', rc, '--rpmlintrc', all, 'bad.rpm')).toMatchObject({ status: 0, err: '' })
  })

  test('is not read unless given', async () => {
    write('bad.rpmlintrc', 'addFilter("crypto-export")')
    expect(await status('bad.rpm')).toBe(1)
  })

  test('has badness, which turns warnings into errors and errors into warnings', async () => {
    const rc = write('c.rpmlintrc', "setBadness('foreign-crypto-version', 12)", "setBadness('unversioned-crypto-export', 0)")
    const { status: code, out } = await check('--rpmlintrc', rc, 'warned.rpm')
    expect(code).toBe(1)
    expect(out).toContain('libdbclient-foreign-first.x86_64: E: foreign-crypto-version (Badness: 12) /usr/lib64/')
    expect(await counts('--rpmlintrc', rc, 'bad.rpm')).toEqual([2, 2, 0, 2])
  })

  test('is reported for an unused filter, with the last package, as by rpmlint', async () => {
    const rc = write('d.rpmlintrc', 'addFilter("forged-crypto-version")', 'addFilter("no-documentation")')
    const { status: code, out } = await check('--rpmlintrc', rc, 'warned.rpm', 'good.rpm')
    expect(code).toBe(1)
    expect(out).toContain('Percona-Server-shared-compat.x86_64: E: unused-rpmlintrc-filter "forged-crypto-version"\n')
    expect(out).toContain('Percona-Server-shared-compat.x86_64: I: unused-rpmlintrc-filter "no-documentation"\n')
    expect(await check('--rpmlintrc', rc, '--ignore-unused-rpmlintrc', 'good.rpm')).toMatchObject({
      status: 0,
      out: expect.not.stringContaining('unused-rpmlintrc-filter'),
    })
  })

  test('with an expression that times out costs the package whose line it was, and no other', async () => {
    const rc = write('slow.rpmlintrc', 'addFilter("(([a-zA-Z_]+)+ ?)+$Z")')
    const { status: code, out, err } = await check('--rpmlintrc', rc, 'good.rpm', 'bad.rpm')
    expect(code).toBe(2)
    expect(err).toContain('bad.rpm: not checked (limit): filter')
    expect(err).toContain('timed out after 2 s')
    expect(out).toContain('1 packages and 0 specfiles checked')
  })

  test.each<[readonly string[], string]>([
    [['--rpmlintrc', 'no.rpmlintrc'], 'cannot read no.rpmlintrc: no such file or directory'],
    [['--rpmlint-config', 'no.toml'], 'cannot read no.toml: no such file or directory'],
  ])('that cannot be read ends the run: %j', async (argv, message) => {
    const { status: code, err } = await check(...argv, 'good.rpm')
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  test('with errors ends the run, and all are reported', async () => {
    const rc = write('e.rpmlintrc', 'addFilter("(")', '', 'addFilter("[")')
    const { status: code, out, err } = await check('--rpmlintrc', rc, 'good.rpm')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^rpmlint-ts: e\.rpmlintrc:1: filter "\(": .*\ne\.rpmlintrc:3: filter "\[": unterminated character class\n/)
  })
})

describe('rpmlint’s configuration', () => {
  test('may be a directory, read in the order of file names', async () => {
    write('conf/1.toml', 'BadnessThreshold = 100', 'Filters = ["do-nothing-crypto-export"]')
    write('conf/2.toml', 'BadnessThreshold = 3', '[Scoring]', 'unversioned-crypto-export = 2')
    write('conf/readme.txt', 'this is [ no TOML')
    const { status: code, out } = await check('--rpmlint-config', 'conf', 'bad.rpm')
    expect(code).toBe(1)
    expect(out.split('\n').slice(-3)).toEqual([
      '------------------- Badness 4 exceeds threshold 3, aborting. -------------------',
      ' 1 packages and 0 specfiles checked; 2 errors, 0 warnings, 2 filtered, 4 badness ',
      '',
    ])
  })

  test('may fail a run without errors', async () => {
    write('threshold.toml', 'BadnessThreshold = 1', 'Filters = ["do-nothing"]', '[Scoring]', 'foreign-crypto-version = 2')
    const { status: code, out } = await run('check', '--no-config', '-f', 'json', '--rpmlint-config', 'threshold.toml', 'warned.rpm')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      notices: [{ id: 'badness-over-threshold', severity: 'error', message: 'badness 2 exceeds the threshold of 1' }],
    })
  })
})

describe('rpmlint’s exit status', () => {
  const codes = (...argv: readonly string[]): Promise<number | null> => status('--rpmlint-exit-codes', ...argv)

  test('is 64 for errors, 65 for less severe findings with --fail-on, 66 for badness, 2 and 3 for unchecked packages', async () => {
    write('heavy.toml', 'BadnessThreshold = 1')
    const all = [
      codes('good.rpm'),
      codes('bad.rpm'),
      codes('warned.rpm'),
      codes('--fail-on', 'warning', 'warned.rpm'),
      codes('--exit-zero', 'bad.rpm'),
      codes('--rpmlint-config', 'heavy.toml', '--exit-zero', 'bad.rpm'),
      codes('no.rpm', 'bad.rpm'),
      codes('text.rpm', 'bad.rpm'),
      codes('empty'),
      codes('--rpmlintrc', 'no.rpmlintrc', 'bad.rpm'),
    ]
    expect(await Promise.all(all)).toEqual([0, 64, 0, 65, 0, 66, 2, 3, 2, 2])
  })

  test('is 64 for any unused filter', async () => {
    const rc = write('f.rpmlintrc', 'addFilter("no-documentation")')
    expect([await codes('--rpmlintrc', rc, 'good.rpm'), await status('--rpmlintrc', rc, 'good.rpm')]).toEqual([64, 0])
  })
})
