/** The check of packaging/rpmlint, inside the rpmlint of this machine. */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { rules } from '../../rules/index.js'
import { CLI, PACKAGING, programFile, fakeProgram } from '../support/rpmbuild.js'
import { samplePath } from '../support/sample.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const folder = scratchFolder('rpmlint')
const DESCRIPTIONS = fileURLToPath(new URL('../../dist/rpmlint/RpmlintTsCheck.toml', import.meta.url))

const BAD = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const GOOD = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'

/** rpmlint takes checks from its own package alone: a copy of it, with ours in it. */
function install(): void {
  const program = programFile('rpmlint') ?? ''
  const [, interpreter = ''] = /^#!\s*(\S+)/.exec(readFileSync(program, 'latin1')) ?? []
  const where = execFileSync(interpreter, ['-c', 'import rpmlint; print(rpmlint.__path__[0])'], { encoding: 'utf8' }).trim()
  cpSync(where, join(folder, 'python/rpmlint'), { recursive: true })
  copyFileSync(join(PACKAGING, 'rpmlint/RpmlintTsCheck.py'), join(folder, 'python/rpmlint/checks/RpmlintTsCheck.py'))
  copyFileSync(DESCRIPTIONS, join(folder, 'python/rpmlint/descriptions/RpmlintTsCheck.toml'))
  mkdirSync(join(folder, 'xdg/rpmlint'), { recursive: true })
  copyFileSync(join(PACKAGING, 'rpmlint/rpmlint-ts.toml'), join(folder, 'xdg/rpmlint/rpmlint-ts.toml'))
}

interface Run {
  readonly status: number | null
  readonly out: string
  /** Lines that our check wrote. */
  readonly ours: readonly string[]
}

const ids = new Set([...rules.map(({ id }) => id), 'rpmlint-ts-failed'])

function rpmlint(args: readonly string[], linter = CLI): Run {
  const env = {
    ...process.env,
    PYTHONPATH: join(folder, 'python'),
    PYTHONDONTWRITEBYTECODE: '1',
    XDG_CONFIG_DIRS: join(folder, 'xdg'),
    RPMLINT_TS: linter,
  }
  const { status, stdout, stderr } = spawnSync('rpmlint', args, { cwd: folder, encoding: 'utf8', env })
  const ours = stdout.split('\n').filter(line => ids.has(/^\S+: [EWI]: (\S+)/.exec(line)?.[1] ?? ''))
  return { status, out: stdout + stderr, ours }
}

function config(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return name
}

describeWithTools(['rpmlint', 'rpm'], 'in rpmlint', () => {
  beforeAll(install)

  test('findings are lines of its own, the same as in our own format for it', () => {
    const { status, ours } = rpmlint([samplePath(BAD)])
    const [, ...lines] = execFileSync('sh', ['-c', '"$@" || true', 'sh', CLI, 'check', '--format', 'rpmlint', samplePath(BAD)], {
      encoding: 'utf8',
    })
      .trimEnd()
      .split('\n')
      .reverse() // the last is the footer
    expect(ours).toEqual(lines.reverse())
    expect(ours.filter(line => line.includes(': E: '))).toHaveLength(4)
    expect(status).toBe(64)
  })

  test('the fixed package has none', () => expect(rpmlint([samplePath(GOOD)]).ours.filter(line => !line.includes(': I: '))).toEqual([]))

  test('source packages are checked too', () =>
    expect(rpmlint([samplePath('vendored-tar-gz-1.0-1.src.rpm')]).ours.join('\n')).toMatch(
      /^vendored-tar-gz\.src: E: \S+ \/vendored-tar-gz-1\.0\.tar\.gz!/,
    ))

  test('filters of an rpmlintrc take findings away', () => {
    const rc = config('demo.rpmlintrc', 'addFilter("unversioned-crypto-export .*CRYPTO_lock")\naddFilter("do-nothing-crypto-export")\n')
    const { ours, out } = rpmlint(['-r', rc, samplePath(BAD)])
    expect(ours.filter(line => line.includes(': E: '))).toEqual([])
    expect(out).not.toContain('unused-rpmlintrc-filter')
  })

  test('scores raise or lower the severity of a finding, and add up', () => {
    const severe = rpmlint(['-c', config('severe.toml', 'BadnessThreshold = 99\n[Scoring]\nnosrc-derived = 100\n'), samplePath(BAD)])
    expect(severe.ours.join('\n')).toContain('E: nosrc-derived (Badness: 100)')
    expect(severe.status).toBe(66)
    const scores = '[Scoring]\nunversioned-crypto-export = 0\ndo-nothing-crypto-export = 0\n'
    expect(rpmlint(['-c', config('slight.toml', scores), samplePath(BAD)]).ours.filter(line => line.includes(': E: '))).toEqual([])
  })

  test('every rule is explained', () => {
    const explained = rpmlint(['-e', ...ids]).out.replace(/\s+/g, ' ')
    for (const { id, summary } of rules) expect(explained).toContain(`${id}: ${summary.replace(/\s+/g, ' ')}`)
    expect(explained).toContain('rpmlint-ts-failed: rpmlint-ts could not be started')
    expect(explained).not.toContain('Unknown message')
  })

  test('what was found is explained when rpmlint is asked to', () =>
    expect(rpmlint(['-v', samplePath(BAD)]).out.replace(/\s+/g, ' ')).toContain('In 2012 this crashed Postfix'))
})

describeWithTools(['rpmlint', 'rpm'], 'a failure of ours is an error in rpmlint', () => {
  const linter = (name: string, script: string): string => fakeProgram(join(folder, name), script)

  test.each<readonly [string, () => string, string]>([
    ['it is missing', () => '/nowhere/rpmlint-ts', 'No such file or directory'],
    ['it is killed', () => linter('killed', 'kill -KILL $$'), 'status -9'],
    ['it says nothing', () => linter('silent', 'exit 0'), 'status 0'],
    ['it says something else', () => linter('other', 'echo "[]"'), 'list indices'],
    ['it says half', () => linter('half', `echo '{"packages": ['`), 'Expecting value'],
    ['it checked nothing', () => linter('none', `echo '{"packages": []}'`), 'not enough values'],
    ['it does not know the option', () => linter('usage', 'echo "there is no option" >&2; exit 2'), 'status 2: there is no option'],
    [
      'it could not read the package',
      () => linter('unread', `printf %s '{"packages": [{"outcome": "unchecked", "reason": "malformed", "message": "a\\nb"}]}'; exit 2`),
      'not checked (malformed): a\\x0ab',
    ],
  ])('where %s', (_, program, words) => {
    const { status, ours } = rpmlint([samplePath(GOOD)], program())
    expect(ours).toHaveLength(1)
    expect(ours[0]).toContain('E: rpmlint-ts-failed')
    expect(ours[0]).toContain(words)
    expect(status).toBe(64)
  })
})

describe('the configuration', () => {
  test('names the check, whose file bears the same name', () => {
    expect(readFileSync(join(PACKAGING, 'rpmlint/rpmlint-ts.toml'), 'utf8')).toContain('Checks = ["RpmlintTsCheck"]')
    expect(readFileSync(join(PACKAGING, 'rpmlint/RpmlintTsCheck.py'), 'utf8')).toContain('\nclass RpmlintTsCheck(AbstractCheck):')
  })
})
