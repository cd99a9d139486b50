/** The hook, installed and run by pre-commit itself, from a repository that holds this checkout. */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { copyCheckout } from '../support/documents.js'
import { samplePath } from '../support/sample.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const folder = scratchFolder('pre-commit')
const hooks = join(folder, 'hooks')
const project = join(folder, 'project')

const AUTHOR = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.org' }
const env = { ...process.env, ...AUTHOR, PRE_COMMIT_HOME: join(folder, 'home'), GIT_CONFIG_GLOBAL: '/dev/null' }
const git = (cwd: string, ...args: readonly string[]): string => execFileSync('git', [...args], { cwd, env, encoding: 'utf8' })

/** `built` is ignored by git on main, and in the commits of releases. */
function commitAll(cwd: string, ...built: readonly string[]): string {
  git(cwd, 'init', '-q')
  if (built.length > 0) git(cwd, 'add', '--force', ...built)
  git(cwd, 'add', '-A', '--', '.', ':!dist', ':!node_modules')
  git(cwd, 'commit', '-q', '--no-verify', '-m', 'x')
  return git(cwd, 'rev-parse', 'HEAD').trim()
}

describeWithTools(['pre-commit', 'git'], 'the hook', () => {
  const run = () => spawnSync('pre-commit', ['run', '--all-files'], { cwd: project, env, encoding: 'utf8' })

  beforeAll(() => {
    for (const path of [hooks, project]) mkdirSync(path)
    copyCheckout(hooks)
    const revision = commitAll(hooks, '.github/actions/check')
    writeFileSync(join(project, '.pre-commit-config.yaml'), `repos:\n- repo: ${hooks}\n  rev: ${revision}\n  hooks:\n  - id: rpmlint-ts\n`)
    copyFileSync(samplePath('Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'), join(project, 'good.rpm'))
    commitAll(project)
  }, 60_000)

  test('is valid for pre-commit', () => {
    const manifest = new URL('../../.pre-commit-hooks.yaml', import.meta.url)
    expect(() => execFileSync('pre-commit', ['validate-manifest', manifest.pathname], { env })).not.toThrow()
    expect(readFileSync(manifest, 'utf8')).toContain('id: rpmlint-ts')
  })

  test('passes for a fixed package', () => expect(run()).toMatchObject({ status: 0 }), 60_000)

  test('stops the package of 2012, and what cannot be read', () => {
    copyFileSync(samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'), join(project, 'bad.rpm'))
    git(project, 'add', 'bad.rpm')
    const { status, stdout } = run()
    expect({ status, hasFindings: stdout.includes('unversioned-crypto-export') }).toEqual({ status: 1, hasFindings: true })
    expect(stdout).toContain('exit code: 1')
    writeFileSync(join(project, 'bad.rpm'), 'text')
    git(project, 'add', 'bad.rpm')
    expect(run().stdout).toContain('exit code: 2')
  }, 60_000)
})
