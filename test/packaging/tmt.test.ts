/** The test for tmt, run as tmt runs it: in its folder, with a folder for its data, and the results taken from the file there. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { programFolder } from '../support/documents.js'
import { samplePath } from '../support/sample.js'
import { scratchFolder } from '../support/tools.js'

interface TmtTest {
  readonly summary: string
  readonly test: string
  readonly framework: string
  readonly result: string
  readonly duration: string
  readonly environment: Readonly<Record<string, string>>
}

const FOLDER = fileURLToPath(new URL('../../packaging/tmt', import.meta.url))
const metadata = parse(readFileSync(join(FOLDER, 'rpmlint-ts.fmf'), 'utf8')) as TmtTest

const folder = scratchFolder('tmt')
const bin = programFolder(join(folder, 'bin'))

interface Results {
  readonly status: number | null
  /** Of each rule over each package, as tmt would count them; null without a file, which is an error. */
  readonly results: readonly string[] | null
  readonly output: string
}

function run(packages: readonly string[], env: NodeJS.ProcessEnv = {}): Results {
  const artifacts = mkdtempSync(join(folder, 'artifacts-'))
  const data = mkdtempSync(join(folder, 'data-'))
  for (const name of packages) copyFileSync(samplePath(name), join(artifacts, name))
  const { status, stdout, stderr } = spawnSync('sh', ['-c', metadata.test], {
    cwd: FOLDER,
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...metadata.environment, RPMLINT_TS_PATHS: artifacts, TMT_TEST_DATA: data, ...env },
    encoding: 'utf8',
  })
  const file = join(data, 'results.json')
  const results = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { result: string }[]).map(({ result }) => result) : null
  return { status, results, output: stdout + stderr }
}

const BAD = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const GOOD = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'
const CUT = 'libdbclient-cut-1.0-1.x86_64.rpm'

describe('the test for tmt', () => {
  test('has what tmt asks of one', () => {
    expect(readFileSync(join(FOLDER, '.fmf/version'), 'utf8')).toBe('1\n')
    expect(metadata).toMatchObject({ test: './test.sh', framework: 'shell', result: 'custom' })
    expect(metadata.duration).toMatch(/^\d+m$/)
    expect(metadata.environment['RPMLINT_TS_PATHS']).toMatch(/^\//)
  })

  test('fails for the package of 2012 and passes for the fixed one', () => {
    expect(run([BAD]).results).toContain('fail')
    expect(run([GOOD]).results).toEqual(expect.arrayContaining(['pass']))
    expect(run([GOOD]).results).not.toContain('fail')
  })

  test('has an error for what could not be checked', () => expect(run([CUT, GOOD]).results).toContain('error'))

  test('writes no results if nothing was checked, which tmt treats as an error', () => {
    expect(run([GOOD], { TMT_TEST_DATA: '' }).output).toContain('TMT_TEST_DATA')
    expect(run([GOOD], { RPMLINT_TS_PATHS: '' })).toMatchObject({ results: null })
    const broken = join(folder, 'broken')
    mkdirSync(broken)
    writeFileSync(join(broken, 'rpmlint-ts'), '#!/bin/sh\nkill -9 $$\n', { mode: 0o755 })
    expect(run([GOOD], { PATH: `${broken}:/usr/bin:/bin` })).toMatchObject({ results: null })
  })
})
