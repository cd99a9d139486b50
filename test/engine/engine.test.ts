import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { createEngine, type Progress } from '../../lib/engine/engine.js'
import { LimitError } from '../../lib/errors/check-error.js'
import type { TargetInput } from '../../lib/engine/target-input.js'
import type { FactsCache } from '../../lib/engine/facts-cache.js'
import type { PackageFacts } from '../../lib/facts/model.js'
import type { Outcome } from '../../lib/io/package/read-targets.js'
import { defineRule, type AnyRule } from '../../lib/plugin-api.js'
import { buildElf } from '../support/elf-builder.js'
import { packageWith } from '../support/package.js'
import { samplePath } from '../support/sample.js'
import { scratchFolder } from '../support/tools.js'
import { OFFENDER } from '../support/scan.js'

const SAMPLES = fileURLToPath(new URL('../../sample-rpms/rpms', import.meta.url))
const BAD = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const GOOD = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'
const MAILER = 'mailer-1.0-1.x86_64.rpm'
const RULE = 'unversioned-crypto-export'

const engine = createEngine({ directory: SAMPLES })
const folder = scratchFolder('engine')

async function gathered(outcomes: AsyncIterable<Outcome>): Promise<Outcome[]> {
  const all: Outcome[] = []
  for await (const outcome of outcomes) all.push(outcome)
  return all
}

async function* inPieces(bytes: Buffer, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('check', () => {
  test('finds the same in a file, in its bytes and in a stream', async () => {
    const bytes = readFileSync(samplePath(BAD))
    const { report } = await engine.check([BAD, { name: 'bytes.rpm', bytes }, { name: 'stream.rpm', bytes: inPieces(bytes) }])
    expect(report.packages.map(({ path }) => path)).toEqual([BAD, 'bytes.rpm', 'stream.rpm'])
    const [file, ...others] = report.packages.map(entry => (entry.outcome === 'checked' ? entry.findings : null))
    expect(file?.map(({ rule }) => rule)).toContain(RULE)
    for (const findings of others) expect(findings).toEqual(file)
    expect(engine.exitStatus(report)).toBe(1)
  })

  test('accepts ELF files, also as bytes and streams, and build roots', async () => {
    const root = join(folder, 'root')
    mkdirSync(join(root, 'usr/lib64'), { recursive: true })
    for (const file of [join(folder, 'libx.so'), join(root, 'usr/lib64/libx.so.1')]) writeFileSync(file, OFFENDER)
    const identity = { name: 'x', epoch: null, version: '1', release: '1', arch: 'x86_64' }
    const { report } = await createEngine({ directory: folder }).check([
      'libx.so',
      { name: 'a.so', bytes: OFFENDER },
      { name: 'b.so', bytes: inPieces(OFFENDER, 100) },
      { buildRoot: 'root', identity },
    ])
    expect(report.packages.map(entry => [entry.path, entry.outcome === 'checked' && entry.findings[0]?.file])).toEqual([
      ['libx.so', 'libx.so'],
      ['a.so', 'a.so'],
      ['b.so', 'b.so'],
      ['root', '/usr/lib64/libx.so.1'],
    ])
    expect(report.packages[3]).toMatchObject({ identity })
  })

  test('reports missing files, and checks the rest', async () => {
    const { report } = await engine.check(['none.rpm', GOOD])
    expect(report.packages).toMatchObject([{ outcome: 'unchecked', reason: 'unreadable' }, { outcome: 'checked' }])
    expect([engine.exitStatus(report), engine.exitStatus(report, { exitZero: true })]).toEqual([2, 2])
  })

  test('says why a stream broke off, in its own words where it has limits of its own', async () => {
    const broken = (error: Error): AsyncGenerator<Uint8Array> =>
      (async function* () {
        yield readFileSync(samplePath(BAD)).subarray(0, 1000)
        throw error
      })()
    const { report } = await engine.check([
      { name: 'large.rpm', bytes: broken(new LimitError('the upload is too large')) },
      { name: 'cut.rpm', bytes: broken(new Error('connection reset')) },
    ])
    expect(report.packages).toMatchObject([
      { reason: 'limit', message: 'the upload is too large' },
      { reason: 'unreadable', message: 'cannot read cut.rpm: connection reset' },
    ])
  })

  test('checks the programs of other packages in the install set', async () => {
    const rulesOf = async (withMailer: boolean): Promise<string[]> => {
      const { report } = await engine.check([BAD], withMailer ? { with: [MAILER, BAD] } : {})
      expect(report.packages).toHaveLength(1)
      return report.packages.flatMap(entry => (entry.outcome === 'checked' ? entry.findings.map(({ rule }) => rule) : []))
    }
    expect(await rulesOf(true)).toContain('hijacked-crypto-binding')
    expect(await rulesOf(false)).not.toContain('hijacked-crypto-binding')
  })

  test('takes a directory for public that another package of the run adds to ld.so.conf, whichever comes first', async () => {
    const vendor = { name: 'vendor.rpm', bytes: packageWith({ '/opt/v/lib/libcrypto.so.3': buildElf({ soname: 'libcrypto.so.3' }) }) }
    const conf = { name: 'conf.rpm', bytes: packageWith({ '/etc/ld.so.conf.d/v.conf': Buffer.from('/opt/v/lib\n') }) }
    const rules = async (...inputs: readonly TargetInput[]): Promise<string[]> => {
      const { report } = await engine.check(inputs)
      return report.packages.flatMap(entry => (entry.outcome === 'checked' ? entry.findings.map(({ rule }) => rule) : []))
    }
    expect(await rules(vendor)).toContain('private-openssl-soname')
    for (const inputs of [
      [vendor, conf],
      [conf, vendor],
    ]) {
      expect(await rules(...inputs)).toContain('claimed-openssl-soname')
      expect(await rules(...inputs)).not.toContain('private-openssl-soname')
    }
  })

  test('does not lose the results of other packages where one breaks what comes after the rules', async () => {
    const rule: AnyRule = {
      ...defineRule({
        id: 'breaks',
        scope: 'object',
        severity: 'error',
        summary: 'Breaks',
        why: 'It does.',
        remedy: 'None.',
        references: [],
        messages: { broken: 'is broken' },
        options: {},
        *check({ facts }) {
          if (facts.soname === 'libbad.so') yield { message: 'broken' }
        },
      }),
      get remedy(): string {
        throw new RangeError('Invalid string length')
      },
    }
    const packages = ['libgood.so', 'libbad.so', 'libother.so'].map(soname => ({ name: soname, bytes: buildElf({ soname }) }))
    const { report } = await createEngine({ rules: [rule] }).check(packages)
    expect(report.packages).toMatchObject([
      { outcome: 'checked' },
      { outcome: 'unchecked', reason: 'internal', message: expect.stringContaining('Invalid string length') as unknown },
      { outcome: 'checked' },
    ])
  })

  test('records a baseline, and applies it', async () => {
    const { report, recorded } = await engine.check([BAD], { baseline: { file: 'b.json', entries: [] }, recordsBaseline: true })
    expect(engine.exitStatus(report)).toBe(0)
    expect(recorded).toMatchObject({ added: recorded?.baseline.entries.length, removed: 0 })
    const again = await engine.check([BAD], { baseline: recorded?.baseline ?? null })
    expect(again.report.packages).toEqual(report.packages)
    expect(
      (await engine.check([BAD, 'none.rpm'], { baseline: { file: 'b.json', entries: [] }, recordsBaseline: true })).recorded,
    ).toBeNull()
  })

  test('applies waivers until they expire', async () => {
    const { report } = await engine.check([BAD])
    const rules = report.packages.flatMap(entry => (entry.outcome === 'checked' ? entry.findings.map(({ rule }) => rule) : []))
    const at = { file: 'here', line: null }
    const waivers = [...new Set(rules)].map(rule => ({
      rule,
      package: null,
      file: null,
      symbols: 'any' as const,
      reason: 'known',
      owner: null,
      expires: '2026-06-30',
      at,
    }))
    const statusOn = async (today: string): Promise<number> => engine.exitStatus((await engine.check([BAD], { waivers, today })).report)
    expect([await statusOn('2026-06-30'), await statusOn('2026-07-01')]).toEqual([0, 1])
  })

  test('counts warnings against a maximum', async () => {
    const { report } = await engine.check(['libdbclient-foreign-first-1.0-1.x86_64.rpm'], { maxWarnings: 0 })
    expect(report.notices).toMatchObject([{ id: 'too-many-warnings' }])
  })

  test('reports progress', async () => {
    const steps: Progress[] = []
    await createEngine({ directory: SAMPLES, onProgress: step => void steps.push(step) }).check([GOOD, MAILER])
    expect(steps).toEqual([
      { done: 0, total: 2, path: GOOD },
      { done: 1, total: 2, path: MAILER },
      { done: 2, total: 2, path: null },
    ])
    steps.length = 0
    await createEngine({ directory: SAMPLES, onProgress: step => void steps.push(step) }).check([GOOD], { with: [GOOD, MAILER] })
    expect(steps.map(({ path }) => path)).toEqual([GOOD, null, MAILER, null])
  })

  test('can be aborted, also in the middle of a package', async () => {
    const never = { name: 'never.rpm', bytes: { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) } }
    const controller = new AbortController()
    const work = createEngine({ signal: controller.signal }).check([never])
    controller.abort(new Error('enough'))
    await expect(work).rejects.toThrow('enough')
    await expect(createEngine({ signal: controller.signal }).check([samplePath(GOOD)])).rejects.toThrow('enough')
  })

  test('stops reading when it is aborted', async () => {
    const abort = new AbortController()
    let isClosed = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield readFileSync(samplePath(BAD)).subarray(0, 9000)
        for (;;) yield await new Promise<Uint8Array>(resolve => setTimeout(resolve, 1, new Uint8Array(10)))
      } finally {
        isClosed = true
      }
    }
    setTimeout(() => abort.abort(new Error('enough')), 20)
    await expect(engine.check([{ name: 'x', bytes: endless() }], { signal: abort.signal })).rejects.toThrow('enough')
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(isClosed).toBe(true)
  })

  test('ends one call, and no other, by the signal of that call', async () => {
    const bytes = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) }
    const [own, all] = [new AbortController(), new AbortController()]
    const both = createEngine({ directory: SAMPLES, signal: all.signal })
    const ended = both.check([{ name: 'own.rpm', bytes }], { signal: own.signal })
    const other = both.check([{ name: 'other.rpm', bytes }], { signal: new AbortController().signal })
    own.abort(new Error('this one'))
    await expect(ended).rejects.toThrow('this one')
    await expect(gathered(both.facts([GOOD], { signal: own.signal }))).rejects.toThrow('this one')
    expect(both.exitStatus((await both.check([GOOD])).report)).toBe(0)
    all.abort(new Error('all'))
    await expect(other).rejects.toThrow('all')
  })

  test('limits the names of all objects of a package together', async () => {
    const one = buildElf({ symbols: [{ name: 'n'.repeat(600) }] })
    const inputs = [{ '/a.so': one }, { '/a.so': one, '/b.so': one }].map((files, index) => ({
      name: `${index}`,
      bytes: packageWith(files),
    }))
    const { report } = await createEngine({ limits: { nameBytes: 1000 } }).check(inputs)
    expect(report.packages).toMatchObject([
      { outcome: 'checked' },
      { outcome: 'unchecked', reason: 'limit', message: '/b.so: names of more than 1000 bytes up to here' },
    ])
  })

  test('respects limits', async () => {
    const { report } = await createEngine({ directory: SAMPLES, limits: { unpackedBytes: 1000 } }).check([BAD])
    expect(report.packages).toMatchObject([{ outcome: 'unchecked', reason: 'limit' }])
  })
})

test('the root of loaderFiles is relative to the directory of the engine', async () => {
  mkdirSync(join(folder, 'loader-root'), { recursive: true })
  await expect(createEngine({ directory: folder }).loaderFiles('loader-root', [])).resolves.toMatchObject({ packaged: [] })
})

describe('check refuses', () => {
  const bytes = readFileSync(samplePath(BAD))

  test.each([
    [
      'bytes',
      [
        { name: 'x', bytes },
        { name: 'x', bytes: readFileSync(samplePath(GOOD)) },
      ],
    ],
    ['bytes and a file', [BAD, { name: BAD, bytes }]],
    [
      'streams',
      [
        { name: 'x', bytes: inPieces(bytes) },
        { name: 'x', bytes: inPieces(bytes) },
      ],
    ],
  ])('two inputs of one name, of which it would check only one: %s', async (_, inputs) => {
    await expect(engine.check(inputs)).rejects.toThrow(/^two inputs are named /)
    await expect(engine.check(inputs.slice(0, 1), { with: inputs.slice(1) })).rejects.toThrow(/^two inputs are named /)
  })

  test('a string instead of a list, whose characters would be paths', async () => {
    await expect(engine.check('/' as unknown as string[])).rejects.toThrow('inputs must be a list')
  })

  test('no input that is given twice', async () => {
    const input = { name: 'x', bytes }
    expect((await engine.check([input, BAD, input, BAD], { with: [BAD, input] })).report.packages).toHaveLength(2)
  })
})

describe('render', () => {
  test('renders every format by default', async () => {
    const { report } = await engine.check([BAD])
    expect(JSON.parse(engine.render(report, 'json'))).toMatchObject({ schema: 'rpmlint-ts/report/1' })
    expect(engine.render(report, 'text')).toContain(RULE)
    expect(engine.render(report, 'text')).not.toContain('\x1b[')
    expect(engine.render(report, 'sarif', { reportPath: 'x.spec' })).toContain('x.spec')
  })

  test('rejects an unknown format', async () => {
    const { report } = await engine.check([GOOD])
    expect(() => engine.render(report, 'jsn')).toThrow('unknown format jsn (did you mean json?)')
    expect(() => engine.render(report, 'toString')).toThrow('unknown format')
  })
})

describe('exitStatus', () => {
  test('depends on the severity that fails', async () => {
    const { report } = await engine.check(['libdbclient-foreign-first-1.0-1.x86_64.rpm'])
    const statuses = (['error', 'warning', 'never'] as const).map(failOn => engine.exitStatus(report, { failOn }))
    expect(statuses).toEqual([0, 1, 0])
    expect(engine.exitStatus(report, { failOn: 'warning', exitZero: true })).toBe(0)
    expect(engine.exitStatus(report, { failOn: 'warning', likeRpmlint: true })).toBe(65)
    expect(engine.exitStatus({ ...report, packages: [] })).toBe(2)
  })
})

describe('facts', () => {
  test('are the same from the cache as from the package', async () => {
    const kept = new Map<string, PackageFacts>()
    const asked: string[] = []
    const cache: FactsCache = {
      get: async key => (asked.push(key), kept.get(key) ?? null),
      set: async (key, facts) => void kept.set(key, structuredClone(facts)),
    }
    const caching = createEngine({ directory: SAMPLES, cache })
    const fresh = await gathered(caching.facts([BAD, MAILER], { wantsLinks: true }))
    const again = await gathered(caching.facts([BAD, MAILER], { wantsLinks: true }))
    expect(again).toEqual(fresh)
    expect([kept.size, asked.length]).toEqual([2, 4])
    const { report } = await createEngine({ directory: SAMPLES, cache }).check([BAD], { with: [MAILER] })
    expect(report).toEqual((await engine.check([BAD], { with: [MAILER] })).report)
  })

  test('are read if the cache has `undefined`, as a Map has', async () => {
    const map = new Map<string, PackageFacts>()
    const cache = { get: async (key: string) => map.get(key), set: async (key: string, facts: PackageFacts) => void map.set(key, facts) }
    const outcomes = await gathered(createEngine({ directory: SAMPLES, cache: cache as unknown as FactsCache }).facts([MAILER]))
    expect(outcomes).toMatchObject([{ path: MAILER, facts: {} }])
  })

  test('have different keys for other content, options and limits, and none if they cannot be cached', async () => {
    const keys = new Set<string>()
    const cache: FactsCache = { get: async key => (keys.add(key), null), set: async () => undefined }
    const file = join(folder, 'x.rpm')
    for (const [sample, wish, limits] of [
      [GOOD, {}, {}],
      [BAD, {}, {}],
      [BAD, { wantsLinks: true }, {}],
      [BAD, {}, { members: 7 }],
    ] as const) {
      copyFileSync(samplePath(sample), file)
      await gathered(createEngine({ cache, limits }).facts([file], wish))
    }
    expect(keys.size).toBe(4)
    await gathered(createEngine({ cache }).facts(['none.rpm', { name: 's', bytes: inPieces(OFFENDER) }]))
    expect(keys.size).toBe(4)
  })
})

describe('worker threads', () => {
  test('read the same as this thread, in the same order', () => {
    const program = `
      import { createEngine } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)}
      const targets = ['.', 'none.rpm']
      const reportOf = async jobs => JSON.stringify((await createEngine({ directory: ${JSON.stringify(SAMPLES)}, jobs }).check(targets, { with: [${JSON.stringify(MAILER)}] })).report)
      const [one, two] = [await reportOf(1), await reportOf(2)]
      console.log(one === two && JSON.parse(one).packages.length > 50)`
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })).toBe('true\n')
  }, 120_000)
})
