/** JSON output conforms to the published schemas, and the schemas reject deviations. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { renderFactsJson, type FactsOutcome } from '../../lib/report/facts-json.js'
import { renderJson } from '../../lib/report/json.js'
import type { Report } from '../../lib/lint/report.js'
import { buildElf } from '../support/elf-builder.js'
import { outcomeOf, reportOn } from '../support/engine.js'
import { hostilePackage } from '../support/hostile-package.js'
import { packageWith } from '../support/package.js'
import { SAMPLES, samplePath, sampleReport } from '../support/sample.js'
import { OFFENDER } from '../support/scan.js'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Steps = readonly (string | number)[]

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true })

function schemaOf(name: string): ValidateFunction {
  return ajv.compile(JSON.parse(readFileSync(new URL(`../../lib/report/schemas/${name}`, import.meta.url), 'utf8')) as object)
}

const isReport = schemaOf('report-1.json')
const areFacts = schemaOf('facts-1.json')

const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A symbol of every binding, and of every type, whether known or not. */
const ODD_SYMBOLS = Array.from({ length: 16 }, (_, value) => [
  { name: `binding_${value}`, binding: value },
  { name: `type_${value}`, type: value },
  { name: `import_${value}`, binding: value, isDefined: false },
]).flat()

/** Packages beyond the samples: hostile names, a broken one, an empty file, standalone libraries, a missing file. */
function oddFiles(): string[] {
  const whole = packageWith({ '/usr/lib64/libx.so': OFFENDER })
  const files = {
    'evil.rpm': hostilePackage(),
    'cut.rpm': whole.subarray(0, whole.length - 9),
    'empty.rpm': Buffer.alloc(0),
    'libx.so': OFFENDER,
    'odd-symbols.so': buildElf({ symbols: ODD_SYMBOLS }),
    'text.rpm': Buffer.from('text'),
  }
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
  return [...Object.keys(files), 'not-there.rpm'].map(name => join(folder, name))
}

function schemaErrors(validate: ValidateFunction, value: unknown): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
}

/** A copy with the value at `steps` replaced, or removed if `value` is undefined. */
function mutant(value: Json, [step, ...rest]: Steps, replacement: Json | undefined): Json {
  if (step === undefined || typeof value !== 'object' || value === null) throw new Error('no such place')
  const copy = structuredClone(value) as { [key: string]: Json }
  if (rest.length > 0) copy[step] = mutant(copy[step] ?? null, rest, replacement)
  else if (replacement === undefined) delete copy[step]
  else copy[step] = replacement
  return copy
}

/** Each place that every object of its kind has. */
function* places(value: Json, steps: Steps = []): Generator<Steps> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const step = Array.isArray(value) ? Number(key) : key
    if (!Array.isArray(value)) yield [...steps, step]
    yield* places(inner, [...steps, step])
  }
}

describe('check --format json', () => {
  let report: Report
  let json: Json

  beforeAll(async () => {
    const samples = await sampleReport(SAMPLES)
    const odd = []
    for (const path of oddFiles()) odd.push(await reportOn(path))
    report = { ...samples, packages: [...samples.packages, ...odd] }
    json = JSON.parse(renderJson(report)) as Json
  }, 60_000)

  test('conforms to its schema, for every sample and for hostile input', () => {
    expect(schemaErrors(isReport, json)).toEqual([])
    expect(report.packages.filter(({ outcome }) => outcome === 'unchecked').length).toBeGreaterThanOrEqual(5)
    expect(report.packages.some(entry => entry.outcome === 'unchecked' && entry.reason === 'internal')).toBe(false)
  })

  test('prints nothing else', () => {
    expect(json).toMatchObject({ schema: 'rpmlint-ts/report/1', tool: { name: 'rpmlint-ts', version: '1.2.3' } })
    expect(Object.keys(json as object)).toEqual(['schema', 'tool', 'packages', 'notices', 'summary'])
  })

  test('is reproducible, and ends with a newline', () => {
    expect(renderJson(report)).toBe(renderJson(structuredClone(report)))
    expect(renderJson(report)).toMatch(/\}\n$/)
  })

  test('is rejected by its schema if any part is missing', () => {
    const one = { ...report, packages: report.packages.filter(({ path }) => path.startsWith('Percona') && path.includes('90.x86_64')) }
    const small = JSON.parse(renderJson(one)) as Json
    const missing = [...places(small)].filter(steps => !steps.includes('data') && !steps.includes('notes'))
    expect(missing.length).toBeGreaterThan(50)
    for (const steps of missing)
      expect({ steps, isAccepted: isReport(mutant(small, steps, undefined)) }).toEqual({ steps, isAccepted: false })
  })

  test.each<[Steps, Json]>([
    [['schema'], 'rpmlint-ts/report/2'],
    [['tool', 'name'], 'rpmlint'],
    [['packages', 0, 'outcome'], 'unchecked'],
    [['packages', 0, 'epoch'], '0'],
    [['packages', 0, 'objects'], -1],
    [['packages', 0, 'findings', 0, 'rule'], 'Not A Rule'],
    [['packages', 0, 'findings', 0, 'severity'], 'off'],
    [['packages', 0, 'findings', 0, 'symbols'], 'CRYPTO_lock'],
    [['packages', 0, 'findings', 0, 'fingerprint'], 'abc'],
    [['packages', 0, 'findings', 0, 'waived'], true],
    [['summary', 'error'], 1.5],
  ])('is rejected with another value at %j', (steps, value) => {
    expect(isReport(mutant(json, steps, value))).toBe(false)
  })

  test('is rejected for an unchecked package with findings or an unknown reason', () => {
    const at = report.packages.findIndex(({ outcome }) => outcome === 'unchecked')
    const findings = (json as { packages: { findings: Json }[] }).packages[0]?.findings ?? []
    expect(isReport(mutant(json, ['packages', at, 'findings'], findings))).toBe(false)
    expect(isReport(mutant(json, ['packages', at, 'reason'], 'usage'))).toBe(false)
    expect(isReport(mutant(json, ['packages', at, 'offset'], -1))).toBe(false)
  })
})

describe('inspect --format json', () => {
  let json: Json

  beforeAll(async () => {
    const outcomes: FactsOutcome[] = []
    for (const path of [...SAMPLES.map(samplePath), ...oddFiles()]) outcomes.push(await outcomeOf(path))
    json = JSON.parse(renderFactsJson(outcomes, () => true)) as Json
  }, 60_000)

  test('conforms to its schema, for every sample and for hostile input', () => expect(schemaErrors(areFacts, json)).toEqual([]))

  test('lists only the exports and imports asked for', async () => {
    const outcome = await outcomeOf(samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'))
    const listed = JSON.parse(renderFactsJson([outcome], name => name === 'CRYPTO_lock')) as {
      packages: { objects: { exports: { name: string }[]; imports: unknown[] }[] }[]
    }
    for (const { exports, imports } of listed.packages[0]?.objects ?? []) {
      expect({ exports: exports.map(({ name }) => name), imports }).toEqual({ exports: ['CRYPTO_lock'], imports: [] })
    }
    expect(listed.packages[0]?.objects).toHaveLength(2)
  })

  test.each<[Steps, Json | undefined]>([
    [['schema'], 'rpmlint-ts/report/1'],
    [['packages', 0, 'outcome'], 'unchecked'],
    [['packages', 0, 'rpmFormat'], 5],
    [['packages', 0, 'payload', 'compressor'], 'rar'],
    [['packages', 0, 'nosrc'], 'yes'],
    [['packages', 0, 'objects', 0, 'class'], 16],
    [['packages', 0, 'objects', 0, 'sha256'], 'abc'],
    [['packages', 0, 'objects', 0, 'exports', 0, 'binding'], 'LOCAL'],
    [['packages', 0, 'objects', 0, 'exports', 0, 'index'], 0x8002],
    [['packages', 0, 'objects', 0, 'exports', 0, 'version'], undefined],
    [['packages', 0, 'objects', 0, 'needed'], undefined],
    [['packages', 0, 'missingSources'], undefined],
  ])('is rejected with another value at %j', (steps, value) => {
    const packages = (json as { packages: { objects?: { exports: Json[] }[] }[] }).packages
    const first = packages.findIndex(({ objects }) => (objects?.[0]?.exports.length ?? 0) > 0)
    expect(
      areFacts(
        mutant(
          json,
          steps.map((step, index) => (index === 1 ? first : step)),
          value,
        ),
      ),
    ).toBe(false)
  })
})
