/** Waivers and the baseline, with files as users have them. */
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Finding } from '../../lib/lint/finding.js'
import type { Notice } from '../../lib/lint/report.js'
import { commandIn } from '../support/command.js'
import { samplePath } from '../support/sample.js'

jest.setTimeout(60_000) // many processes, on machines that do more than test

const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = commandIn(folder)
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const write = (name: string, ...lines: readonly string[]): void => writeFileSync(join(folder, name), `${lines.join('\n')}\n`)

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
  copyFileSync(samplePath('libdbclient-partial-1.0-1.x86_64.rpm'), join(folder, 'bad.rpm')) // one finding, with one symbol more than the next
  copyFileSync(samplePath('Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'), join(folder, 'good.rpm'))
  writeFileSync(join(folder, 'text.rpm'), 'text')
})

interface JsonReport {
  readonly packages: readonly { readonly findings: readonly Finding[] }[]
  readonly notices: readonly Notice[]
  readonly summary: { readonly waived: number; readonly error: number }
}

async function report(...argv: readonly string[]): Promise<JsonReport & { status: number | null }> {
  const { out, status } = await run('check', '--format', 'json', '--today', '2026-11-24', ...argv)
  return { ...(JSON.parse(out) as JsonReport), status }
}

const found = ({ packages }: JsonReport): readonly Finding[] => packages.flatMap(({ findings }) => findings)

/** A waiver for the finding in bad.rpm. */
const WAIVER = [
  '[[waivers]]',
  'rule = "unversioned-crypto-export"',
  'package = "libdbclient-*"',
  'file = "/usr/lib64/libdbclient.so.*"',
  'symbols = ["CRYPTO_add_lock", "CRYPTO_mem_ctrl", "EVP_CIPHER_CTX_init"]',
  'reason = "fixed by the vendor"',
  'owner = "dba@example.org"',
]

describe('a waiver', () => {
  test('lets a rejected package pass, with its reason', async () => {
    expect((await report('bad.rpm')).status).toBe(1)
    write('rpmlint-ts.toml', ...WAIVER, 'expires = 2026-11-24')
    const { status, summary, ...rest } = await report('bad.rpm')
    expect({ status, waived: summary.waived, error: summary.error, notices: rest.notices }).toEqual({
      status: 0,
      waived: 1,
      error: 0,
      notices: [],
    })
    expect(found(rest as JsonReport).map(({ waived }) => waived)).toContainEqual({
      by: 'waiver',
      reason: 'fixed by the vendor',
      owner: 'dba@example.org',
      expires: '2026-11-24',
    })
  })

  test('expires after its last day, which is reported', async () => {
    write('rpmlint-ts.toml', ...WAIVER, 'expires = 2026-11-24')
    const { status, ...rest } = await report('--today', '2026-11-25', 'bad.rpm')
    expect(status).toBe(1)
    expect(found(rest).map(({ unwaived }) => unwaived)).toContain(
      'the waiver of dba@example.org expired on 2026-11-24: fixed by the vendor',
    )
  })

  test('is evaluated on the current date by default', async () => {
    write('rpmlint-ts.toml', ...WAIVER, 'expires = 2012-05-04')
    write('later.toml', ...WAIVER, 'expires = 9999-12-31')
    expect([(await run('check', 'bad.rpm')).status, (await run('check', '-c', 'later.toml', 'bad.rpm')).status]).toEqual([1, 0])
  })

  test('that is unused is reported, as an error in strict mode', async () => {
    write('rpmlint-ts.toml', ...WAIVER)
    const plain = await report('good.rpm')
    expect(plain).toMatchObject({ status: 0, notices: [{ id: 'unused-waiver', severity: 'info', line: 1 }] })
    expect(await report('--strict-waivers', 'good.rpm')).toMatchObject({ status: 1, notices: [{ id: 'unused-waiver', severity: 'error' }] })
    write('rpmlint-ts.toml', '[waiving]', 'strict = true', ...WAIVER)
    expect((await report('good.rpm')).status).toBe(1)
    expect((await report('bad.rpm')).status).toBe(0)
  })

  test('is not reported as unused if a package could not be checked', async () => {
    write('rpmlint-ts.toml', ...WAIVER)
    expect(await report('--strict-waivers', 'good.rpm', 'text.rpm')).toMatchObject({ status: 2, notices: [] })
  })

  test('of a blocked rule stops the run', async () => {
    write('rpmlint-ts.toml', '[waiving]', 'blocked = ["unversioned-crypto-export"]', ...WAIVER)
    const { status, out, err } = await run('check', 'bad.rpm')
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toContain('rpmlint-ts.toml: waiver on line 3: rule: unversioned-crypto-export is blocked and cannot be waived')
  })

  test('is printed with the settings', async () => {
    write('rpmlint-ts.toml', ...WAIVER)
    const { status, out } = await run('check', '--print-config')
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ waiving: { isStrict: false }, waivers: [{ reason: 'fixed by the vendor', at: { line: 1 } }] })
  })
})

describe('a baseline', () => {
  const update = (...argv: readonly string[]) => run('check', '--no-config', '--baseline', 'b.json', '--update-baseline', ...argv)
  const check = (...argv: readonly string[]) => report('--no-config', '--baseline', 'b.json', ...argv)
  const entries = (): { reason: string; symbols: string[]; rule: string }[] =>
    (JSON.parse(read('b.json')) as { findings: { reason: string; symbols: string[]; rule: string }[] }).findings

  /** The baseline with one entry changed. */
  const change = (alter: (entry: { reason: string; symbols: string[]; rule: string }) => object): void => {
    const findings = entries().map(entry => (entry.rule === 'unversioned-crypto-export' ? { ...entry, ...alter(entry) } : entry))
    writeFileSync(join(folder, 'b.json'), JSON.stringify({ schema: 'rpmlint-ts/baseline/1', findings }))
  }

  test('lets the packages that it was recorded from pass, and conforms to its schema', async () => {
    const { status, err } = await update('bad.rpm')
    expect({ status, err }).toEqual({
      status: 0,
      err: expect.stringMatching(/^rpmlint-ts: b\.json: (\d) findings, \1 new, 0 removed\n$/),
    })
    expect((await check('bad.rpm')).status).toBe(0)
    const schema = JSON.parse(readFileSync(new URL('../../lib/report/schemas/baseline-1.json', import.meta.url), 'utf8')) as object
    const isBaseline = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
    const baseline = JSON.parse(read('b.json')) as { findings: object[] }
    expect(isBaseline(baseline)).toBe(true)
    expect(isBaseline({ ...baseline, findings: [{ ...baseline.findings[0], symbols: undefined }] })).toBe(false)
  })

  test('is reproducible', async () => {
    await update('bad.rpm', 'good.rpm')
    const first = read('b.json')
    await update('good.rpm', 'bad.rpm')
    expect(read('b.json')).toBe(first)
    expect(readdirSync(folder).sort()).toEqual(['b.json', 'bad.rpm', 'good.rpm', 'text.rpm']) // no temporary file is left
  })

  test('stays a symbolic link, keeps its permissions, and may begin with a byte order mark', async () => {
    writeFileSync(join(folder, 'real.json'), '\ufeff{ "schema": "rpmlint-ts/baseline/1", "findings": [] }', { mode: 0o600 })
    symlinkSync('real.json', join(folder, 'b.json'))
    expect((await update('bad.rpm')).status).toBe(0)
    expect(lstatSync(join(folder, 'b.json')).isSymbolicLink()).toBe(true)
    expect(statSync(join(folder, 'real.json')).mode & 0o777).toBe(0o600)
    writeFileSync(join(folder, 'real.json'), `\ufeff${read('b.json')}`)
    expect((await check('bad.rpm')).status).toBe(0)
  })

  test('does not cover new findings, which are reported', async () => {
    await update('bad.rpm')
    const all = entries().find(({ rule }) => rule === 'unversioned-crypto-export')?.symbols ?? []
    change(({ symbols }) => ({ symbols: symbols.slice(1) }))
    const { status, ...rest } = await check('bad.rpm')
    expect(status).toBe(1)
    expect(found(rest).map(({ unwaived }) => unwaived)).toContain(`the baseline does not cover ${all[0]}`)
  })

  test('keeps reasons, and drops stale entries', async () => {
    await update('bad.rpm')
    change(() => ({ reason: 'ticket 4711' }))
    await update('bad.rpm')
    expect(entries().map(({ reason }) => reason)).toContain('ticket 4711')
    const before = entries().length
    expect((await update('good.rpm')).err).toContain(`, ${before} removed`)
    expect(entries().some(({ rule }) => rule === 'unversioned-crypto-export')).toBe(false)
  })

  test('reports stale entries', async () => {
    await update('bad.rpm')
    change(({ symbols }) => ({ symbols: [...symbols, 'ZZZ_gone'] }))
    expect(await check('bad.rpm')).toMatchObject({ status: 0, notices: [{ id: 'stale-baseline', severity: 'warning', file: 'b.json' }] })
    expect((await check('--strict-waivers', 'bad.rpm')).status).toBe(1)
  })

  test('is not updated if a package could not be checked', async () => {
    expect(await update('bad.rpm', 'text.rpm')).toMatchObject({ status: 2 })
    expect(existsSync(join(folder, 'b.json'))).toBe(false)
    await update('bad.rpm')
    const before = read('b.json')
    const { status, err } = await update('good.rpm', 'text.rpm')
    expect({ status, after: read('b.json') }).toEqual({ status: 2, after: before })
    expect(err).toContain('rpmlint-ts: b.json: not updated, because not every package could be checked')
  })

  test('omits waived findings and those of blocked rules', async () => {
    write('rpmlint-ts.toml', ...WAIVER)
    await run('check', '--baseline', 'b.json', '--update-baseline', 'bad.rpm')
    expect(entries().some(({ rule }) => rule === 'unversioned-crypto-export')).toBe(false)
    write('rpmlint-ts.toml', '[waiving]', 'blocked = ["unversioned-crypto-export"]')
    expect((await run('check', '--baseline', 'b.json', '--update-baseline', 'bad.rpm')).status).toBe(1)
    expect(entries().some(({ rule }) => rule === 'unversioned-crypto-export')).toBe(false)
  })

  test('is saved without a message if quiet', async () => {
    expect(await update('--quiet', 'bad.rpm')).toEqual({ status: 0, out: '', err: '' })
  })

  test.each<[readonly string[], string]>([
    [['--baseline', 'no.json'], 'cannot read the baseline no.json: no such file or directory; create it with --update-baseline'],
    [['--update-baseline'], '--update-baseline needs --baseline FILE'],
    [['--baseline', 'text.rpm'], 'text.rpm: invalid JSON: '],
    [['--baseline', 'no/b.json', '--update-baseline'], 'cannot write the baseline no/b.json: no such file or directory'],
    [['--today', '2026-02-30'], '--today 2026-02-30: must be a date of the form YYYY-MM-DD'],
  ])('with %j stops the run', async (argv, message) => {
    const { status, out, err } = await run('check', '--no-config', ...argv, 'bad.rpm')
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toContain(`rpmlint-ts: ${message}`)
  })
})
