/** The template for GitLab: its form, and its script as a runner of GitLab would run it. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { fencesOf, pages, programFolder, textOfPage } from '../support/documents.js'
import { samplePath } from '../support/sample.js'
import { scratchFolder } from '../support/tools.js'

interface Job {
  readonly image: { readonly name: string; readonly entrypoint: readonly string[] }
  readonly variables: Readonly<Record<string, string>>
  readonly script: readonly string[]
  readonly artifacts: { readonly when: string; readonly reports: Readonly<Record<string, string>> }
}

const TEXT = readFileSync(new URL('../../packaging/gitlab/rpmlint-ts.gitlab-ci.yml', import.meta.url), 'utf8')
const job = (parse(TEXT) as Readonly<Record<string, Job>>)['rpmlint-ts'] as Job

const BAD = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const GOOD = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'

const folder = scratchFolder('gitlab')
const project = join(folder, 'project')

beforeAll(() => {
  for (const [path, sample] of [
    ['bad/a.rpm', BAD],
    ['good/b.rpm', GOOD],
  ] as const) {
    mkdirSync(join(project, dirname(path)), { recursive: true })
    copyFileSync(samplePath(sample), join(project, path))
  }
})

/** One shell for all lines, which ends at the first that fails. */
function run(variables: Readonly<Record<string, string>>) {
  const path = `${programFolder(join(folder, 'bin'))}:${process.env['PATH'] ?? ''}`
  const env = { PATH: path, ...job.variables, ...variables }
  return spawnSync('sh', ['-e', '-c', job.script.join('\n')], { cwd: project, env, encoding: 'utf8' })
}

describe('the job for GitLab', () => {
  test('fails for the package of 2012, and leaves the reports that it promises', () => {
    const { status, stderr } = run({ RPMLINT_TS_PATHS: 'bad good' })
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    const reports = Object.values(job.artifacts.reports)
    expect(reports.map(file => existsSync(join(project, file)))).toEqual(reports.map(() => true))
    const quality = JSON.parse(readFileSync(join(project, job.artifacts.reports['codequality'] ?? ''), 'utf8')) as { check_name: string }[]
    expect(quality.map(({ check_name }) => check_name)).toContain('unversioned-crypto-export')
    expect(readFileSync(join(project, job.artifacts.reports['junit'] ?? ''), 'utf8')).toContain('<failure')
  })

  test('passes for a fixed package, and distinguishes what it could not check', () => {
    expect(run({ RPMLINT_TS_PATHS: 'good' }).status).toBe(0)
    expect(run({ RPMLINT_TS_PATHS: 'bad', RPMLINT_TS_OPTIONS: '--exit-zero --quiet' }).status).toBe(0)
    expect(run({}).status).toBe(2) // there is no build/
  })

  test('keeps its reports when it fails, and starts a shell in an image that starts the program', () => {
    expect(job.artifacts.when).toBe('always')
    expect(job.image).toEqual({ name: '$RPMLINT_TS_IMAGE', entrypoint: [''] })
  })

  test('documents its variables in its header', () => {
    const used = new Set([...TEXT.matchAll(/\$(RPMLINT_TS_\w+)/g)].map(([, name]) => name))
    for (const name of used) expect(TEXT).toMatch(new RegExp(`^#   ${name} `, 'm'))
    expect(used.size).toBe(3)
  })

  test('is included by the documents as it is called, and only with variables that it has', () => {
    const shown = pages().flatMap(page => fencesOf(textOfPage(page)).filter(({ text }) => /^ *- (?:local|project|remote): /m.test(text)))
    expect(shown.length).toBeGreaterThan(0)
    for (const { text } of shown) {
      expect(() => parse(text) as unknown).not.toThrow()
      for (const [name] of text.matchAll(/RPMLINT_TS_\w+/g)) expect(TEXT).toContain(name)
    }
  })
})
