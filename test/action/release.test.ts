/** The scripts of release.yml, run as by a runner, in a repository whose origin is a directory. */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { pages, textOfPage } from '../support/documents.js'
import { samplePath } from '../support/sample.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

interface Release {
  readonly on: { readonly push: { readonly tags: readonly string[] } }
  readonly jobs: Readonly<Record<string, Job>>
}

interface Job {
  readonly needs?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly { readonly name?: string; readonly run?: string; readonly env?: Readonly<Record<string, string>> }[]
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TEXT = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')
const { on, jobs } = parse(TEXT) as Release
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
const folder = scratchFolder('release')

/** Runs the step whose name begins with the text. */
function runStep(name: string, cwd: string, env: NodeJS.ProcessEnv) {
  const step = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(each => each.name?.startsWith(name) === true)
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', step?.run ?? 'false'], {
    cwd,
    env: { ...process.env, ...step?.env, ...env },
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

describe('a release', () => {
  test('is what the tag of a version starts, and no other tag', () => expect(on.push.tags).toEqual(['v[0-9]+.[0-9]+.[0-9]+']))

  test('takes actions by commit, with the version beside it', () => {
    const uses = [...TEXT.matchAll(/^ *- uses: (.*)$/gm)].map(([, action = '']) => action)
    expect(uses.length).toBeGreaterThan(5)
    expect(uses.filter(action => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
  })

  test('runs npm packages only where it may write nothing, and publishes only what was tested', () => {
    expect(Object.entries(jobs).map(([name, { needs, permissions }]) => ({ name, needs, permissions }))).toEqual([
      { name: 'build', needs: undefined, permissions: undefined },
      { name: 'npm', needs: 'build', permissions: { contents: 'read', 'id-token': 'write' } },
      { name: 'action', needs: 'npm', permissions: { contents: 'write' } },
    ])
    const scripts = Object.fromEntries(
      Object.entries(jobs).map(([name, { steps }]) => [name, steps.map(({ run }) => run ?? '').join('\n')]),
    )
    expect(scripts['build']).toMatch(/npm ci\nnpm run build\nnpm run test:built\n/)
    for (const name of ['npm', 'action']) expect(scripts[name]).not.toMatch(/npm (ci|install|run|test|pack|exec)|npx|node /)
    expect(scripts['npm']).toContain('npm publish --provenance')
  })

  describe('checks', () => {
    const check = (tag: string, changes: string) => {
      const place = join(folder, `check-${tag}-${changes.length}`)
      mkdirSync(place, { recursive: true })
      copyFileSync(join(ROOT, 'package.json'), join(place, 'package.json'))
      writeFileSync(join(place, 'CHANGELOG.md'), changes)
      return runStep('The tag is the version', place, { GITHUB_REF_NAME: tag })
    }

    test('that the tag is the version of package.json, and that CHANGELOG.md has a section for it', () => {
      const changes = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')
      expect(check(`v${version}`, changes)).toEqual({ status: 0, said: '' })
      expect(check('v99.0.0', changes)).toEqual({ status: 1, said: `::error::package.json has version ${version}\n` })
      const missing = { status: 1, said: `::error::CHANGELOG.md has no section ${version}\n` }
      expect(check(`v${version}`, '# Changes\n')).toEqual(missing)
      expect(check(`v${version}`, `## ${version}.1\n`)).toEqual(missing)
    })
  })
})

describeWithTools(['git', 'tar'], 'the commit of a release', () => {
  const origin = join(folder, 'origin.git')
  const env = { GIT_CONFIG_GLOBAL: '/dev/null', GITHUB_SHA: 'f'.repeat(40) }
  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim()

  /** Publishes the action of `tag`, from a checkout of it. */
  function publish(tag: string): void {
    const checkout = join(folder, tag)
    git(folder, 'init', '-q', checkout)
    git(checkout, 'remote', 'add', 'origin', origin)
    for (const file of ['.gitignore', '.pre-commit-hooks.yaml', 'LICENSE', 'package.json'])
      copyFileSync(join(ROOT, file), join(checkout, file))
    git(checkout, 'add', '-A')
    git(checkout, 'commit', '-qm', tag)
    git(checkout, 'push', '-q', 'origin', `HEAD:refs/tags/${tag}`)
    execFileSync('tar', ['-cf', join(checkout, 'action.tar'), '.github/actions/check'], { cwd: ROOT })
    expect(runStep('Tag a commit', checkout, { ...env, GITHUB_REF_NAME: tag }).status).toBe(0)
  }
  const commitOf = (tag: string): string => git(origin, 'rev-parse', `refs/tags/${tag}`)

  test('holds the built action and the hook, which run from a clone, and the tag of the major version is on the newest', () => {
    git(folder, 'init', '-q', '--bare', origin)
    publish('v1.9.0')
    expect(commitOf('v1')).toBe(commitOf('action/v1.9.0'))
    const clone = join(folder, 'clone')
    git(folder, 'clone', '-q', '--depth=1', '--branch=v1', `file://${origin}`, clone)
    const action = '.github/actions/check'
    expect(git(clone, 'ls-files').split('\n')).toEqual([
      ...['THIRD-PARTY.txt', 'action.yml', 'program.mjs', 'rpmlint-ts.cjs', 'start.cjs'].map(name => `${action}/${name}`),
      '.pre-commit-hooks.yaml',
      'LICENSE',
    ])
    expect(git(clone, 'log', '--format=%B')).toBe(`rpmlint-ts v1.9.0\n\nBuilt from ${env.GITHUB_SHA}`)
    const bad = samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm')
    expect(spawnSync(join(clone, action, 'rpmlint-ts.cjs'), ['check', bad]).status).toBe(1)
    publish('v1.10.0')
    expect(commitOf('v1')).toBe(commitOf('action/v1.10.0'))
    publish('v1.9.1')
    expect(commitOf('v1')).toBe(commitOf('action/v1.10.0'))
    expect(commitOf('v1.10.0')).not.toBe(commitOf('v1'))
  })
})

test('documents name refs that have the built files: the major version, or a release', () => {
  const [major] = version.split('.')
  const refs = pages().flatMap(page => [
    ...[...textOfPage(page).matchAll(/OWNER\/rpmlint-ts\/\.github\/actions\/check@(\S+)/g)].map(([, ref]) => ref),
    ...[...textOfPage(page).matchAll(/repo: https:\/\/github\.com\/OWNER\/rpmlint-ts\n *rev: (\S+)/g)].map(([, ref]) => ref),
  ])
  expect(refs.length).toBeGreaterThan(2)
  expect(refs.filter(ref => ![`v${major}`, `action/v${version}`].includes(ref ?? ''))).toEqual([])
})
