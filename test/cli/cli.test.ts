/** The program as users run it: dist/cli.js in a process of its own. */
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { COMMANDS } from '../../lib/cli/commands.js'
import { FORMATS } from '../../lib/report/formats.js'
import { rules } from '../../rules/index.js'
import { tar } from '../support/archive-builder.js'
import { CASES } from '../support/format-cases.js'
import { packageWith } from '../support/package.js'
import { CHAIN, samplePath } from '../support/sample.js'
import { OFFENDER } from '../support/walk.js'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(() => {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is missing: npm run build')
  mkdirSync(join(folder, 'tree/sub'), { recursive: true })
  mkdirSync(join(folder, 'empty'))
  const samples = {
    'bad.rpm': BAD,
    'good.rpm': GOOD,
    'noted.rpm': NOTED,
    'warned.rpm': WARNED,
    'tree/good.rpm': GOOD,
    'tree/sub/bad.rpm': BAD,
  }
  for (const [name, sample] of Object.entries(samples)) copyFileSync(samplePath(sample), join(folder, name))
  writeFileSync(join(folder, 'text.rpm'), 'text')
  writeFileSync(join(folder, 'tree/sub/readme.txt'), 'text')
})

const BAD = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const GOOD = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'
const NOTED = 'libdbclient-one-generic-name-1.0-1.x86_64.rpm' // an info
const WARNED = 'libdbclient-foreign-first-1.0-1.x86_64.rpm'

interface Ending {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

interface Circumstances {
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly cwd?: string
}

/** Runs the program in the folder of packages, without colours and settings from around the test. */
function run(argv: readonly string[], { env = {}, stdin, cwd = folder }: Circumstances = {}): Promise<Ending> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, GITHUB_STEP_SUMMARY: _summary, ...inherited } = process.env
  const input = stdin === undefined ? 'ignore' : openSync(join(folder, stdin), 'r')
  const child = spawn(process.execPath, [CLI, ...argv], { cwd, env: { ...inherited, ...env }, stdio: [input, 'pipe', 'pipe'] })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
  return new Promise(resolve => {
    child.on('close', status => resolve({ status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }))
  })
}

const status = async (...argv: readonly string[]): Promise<number | null> => (await run(argv)).status

describe('the exit status', () => {
  test('is 0 for a clean package, 1 for a finding, 2 for what could not be checked', async () => {
    expect(await Promise.all([status('check', 'good.rpm'), status('check', 'bad.rpm'), status('check', 'text.rpm')])).toEqual([0, 1, 2])
  })

  test('is 2 before it is 1, in either order', async () => {
    expect(await Promise.all([status('check', 'bad.rpm', 'text.rpm'), status('check', 'not-there.rpm', 'bad.rpm')])).toEqual([2, 2])
  })

  test('is 0 in the place of 1 where that is asked for, never in the place of 2', async () => {
    const all = [
      status('check', '--exit-zero', 'bad.rpm'),
      status('check', '--exit-zero', 'text.rpm'),
      status('check', '--exit-zero', 'not-there.rpm'),
    ]
    expect(await Promise.all(all)).toEqual([0, 2, 2])
  })

  test.each([
    ['error', [1, 0, 0]],
    ['warning', [1, 1, 0]],
    ['info', [1, 1, 1]],
    ['never', [0, 0, 0]],
  ])('fails on %s', async (severity, wanted) => {
    const statuses = ['bad.rpm', 'warned.rpm', 'noted.rpm'].map(name => status('check', '--fail-on', severity, name))
    expect(await Promise.all(statuses)).toEqual(wanted)
  })

  test('is 2 for an empty directory and for a pattern that takes nothing', async () => {
    const [empty, pattern] = await Promise.all([run(['check', 'empty']), run(['check', '*.deb'])])
    expect([empty.status, pattern.status]).toEqual([2, 2])
    expect(empty.err).toBe('rpmlint-ts: empty: not checked (unreadable): empty: no .rpm file in this directory\n')
    expect(pattern.err).toContain('*.deb: nothing matches this pattern')
  })
})

describe('what to check', () => {
  const paths = async (...argv: readonly string[]): Promise<string[]> => {
    const { out } = await run(['check', '-f', 'json', ...argv])
    return (JSON.parse(out) as { packages: { path: string }[] }).packages.map(({ path }) => path)
  }

  test('may be directories, whose paths are joined with the rest', async () => {
    expect(await paths('tree', './tree/')).toEqual(['tree/good.rpm', 'tree/sub/bad.rpm'])
    expect((await run(['check', '-f', 'json', '.'], { cwd: join(folder, 'tree') })).out).toContain('"path": "sub/bad.rpm"')
  })

  test('may be patterns that a shell left alone', async () => {
    expect(await paths('tree/**/*.rpm')).toEqual(['tree/good.rpm', 'tree/sub/bad.rpm'])
    expect(await paths('{bad,good}.rpm')).toEqual(['bad.rpm', 'good.rpm'])
  })

  test('keeps the order that was given, and checks nothing twice', async () => {
    expect(await paths('warned.rpm', 'bad.rpm', 'warned.rpm')).toEqual(['warned.rpm', 'bad.rpm'])
  })

  test('may come on standard input', async () => {
    const piped = await run(['check', '-f', 'json', '-'], { stdin: 'bad.rpm' })
    const named = await run(['check', '-f', 'json', 'bad.rpm'])
    expect(piped.status).toBe(1)
    expect(piped.out.replace('"path": "-"', '"path": "bad.rpm"')).toBe(named.out)
    expect((await run(['check', '-'], { stdin: 'text.rpm' })).err).toContain('rpmlint-ts: -: not checked (malformed)')
  })

  test('may be an ELF file, also one that can be read but once', async () => {
    writeFileSync(join(folder, 'libx.so'), OFFENDER)
    execFileSync('mkfifo', [join(folder, 'fifo')])
    const reading = run(['check', '-f', 'json', 'fifo'])
    execFileSync('sh', ['-c', 'cat libx.so > fifo'], { cwd: folder })
    const [fifo, file] = [await reading, await run(['check', '-f', 'json', 'libx.so'])]
    const withoutPlace = ({ out }: Ending): string => out.replace(/"(path|file|fingerprint)": ".*"/g, '')
    expect(withoutPlace(fifo)).toBe(withoutPlace(file))
    expect(file.status).toBe(1)
  })

  test('that is missing leaves the others their results', async () => {
    const { out, err } = await run(['check', 'not-there.rpm', 'bad.rpm', 'text.rpm', 'good.rpm'])
    expect(err.split('\n').map(line => line.split(': ')[1])).toEqual(['not-there.rpm', 'text.rpm', undefined])
    expect(err).toContain('rpmlint-ts: not-there.rpm: not checked (unreadable): cannot read not-there.rpm: no such file or directory\n')
    expect(out).toContain('error /usr/lib64/libmysqlclient.so.16.0.0 unversioned-crypto-export')
    expect(out).toContain('good.rpm  from ')
    expect(out).toContain('4 packages, 4 ELF objects: 4 errors, 0 warnings, 1 info, 2 not checked')
  })
})

describe('formats', () => {
  test('are text, and what the golden file says, from the folder of the samples', async () => {
    const cwd = fileURLToPath(new URL('../../sample-rpms/rpms', import.meta.url))
    const golden = (name: string): string => readFileSync(new URL(`../report/golden/${name}`, import.meta.url), 'utf8')
    const [plain, quiet, lines] = await Promise.all(
      [[], ['--quiet'], ['--format=rpmlint']].map(options => run(['check', '--no-config', ...options, ...CHAIN], { cwd })),
    )
    expect([plain?.out, quiet?.out, lines?.out]).toEqual([golden('chain.txt'), golden('chain-quiet.txt'), golden('chain-rpmlint.txt')])
    expect([plain?.err, quiet?.err, lines?.err]).toEqual(['', '', ''])
  })

  test('may be several at once, each to its own place', async () => {
    const { status: code, out } = await run(['check', '-f', 'json=r.json', '-f', 'rpmlint=r.txt', '-f', 'text', 'bad.rpm'])
    expect(code).toBe(1)
    expect(out).toContain('bad.rpm  from ')
    expect(JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'))).toMatchObject({ schema: 'rpmlint-ts/report/1', summary: { error: 4 } })
    expect(readFileSync(join(folder, 'r.txt'), 'utf8')).toMatch(/^Percona-Server-shared-compat\.x86_64: E: /)
  })

  test('go to the output file, also from a file whose name has an equals sign', async () => {
    const { out } = await run(['check', '--output-file', 'a=b.json', '--format', 'json', 'bad.rpm'])
    expect(out).toBe('')
    expect(readFileSync(join(folder, 'a=b.json'), 'utf8')).toContain('"rpmlint-ts/report/1"')
    await run(['check', '--format', 'json=c=d.json', 'bad.rpm'])
    expect(readFileSync(join(folder, 'c=d.json'), 'utf8')).toBe(readFileSync(join(folder, 'a=b.json'), 'utf8'))
  })

  test('cannot share a place', async () => {
    const [both, file] = await Promise.all([
      run(['check', '-f', 'json', '-f', 'text', 'bad.rpm']),
      run(['check', '-f', 'json=x', '-f', 'text=./x', 'bad.rpm']),
    ])
    expect([both.status, file.status]).toEqual([2, 2])
    expect(both.err).toContain('two formats would go to standard output')
    expect(file.err).toContain('two formats would go to ./x')
  })

  test('of JSON are the same byte for byte, run after run', async () => {
    const [first, second] = await Promise.all([
      run(['check', '-f', 'json', 'tree', 'text.rpm']),
      run(['check', '-f', 'json', 'tree', 'text.rpm']),
    ])
    expect(first.out).toBe(second.out)
    expect(first.out.length).toBeGreaterThan(1000)
  })

  test('of JSON tell in themselves what could not be checked', async () => {
    const { out, err } = await run(['check', '-f', 'json', 'text.rpm'])
    expect(err).toBe('')
    expect(JSON.parse(out)).toMatchObject({
      packages: [{ outcome: 'unchecked', reason: 'malformed', findings: [] }],
      summary: { unchecked: 1 },
    })
  })

  test('go to standard output where the file is -', async () => {
    const { out } = await run(['check', '-f', 'json=-', '-f', 'text=beside.txt', 'bad.rpm'])
    expect(JSON.parse(out)).toMatchObject({ summary: { error: 4 } })
    expect((await run(['check', '-f', 'json', '-o', '-', 'bad.rpm'])).out).toBe(out)
  })

  test('may all come of one run', async () => {
    const options = Object.keys(FORMATS).flatMap(name => ['-f', `${name}=all.${name}`])
    const { status: code, out, err } = await run(['check', ...options, 'bad.rpm', 'good.rpm'])
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: '' })
    for (const [name, { faults }] of Object.entries(CASES)) {
      const text = readFileSync(join(folder, `all.${name}`), 'utf8')
      expect({ name, faults: faults(text) }).toEqual({ name, faults: [] })
      expect({ name, isTold: text.includes('libmysqlclient.so.16.0.0') }).toEqual({ name, isTold: true })
    }
  })

  test('show another file in the place of the package, and paths below the working directory from there', async () => {
    const cwd = join(folder, 'tree')
    const { out } = await run(['check', '-f', 'github', join(cwd, 'sub/bad.rpm')], { cwd })
    expect(out).toMatch(/^::error file=sub\/bad\.rpm,line=1,/)
    const spec = await run(['check', '-f', 'github', '--report-path', './demo.spec', 'sub/bad.rpm'], { cwd })
    expect(spec.out).toMatch(/^::error file=demo\.spec,line=1,title=[a-z-]+::sub\/bad\.rpm!\/usr\/lib64\//)
  })

  test('that say which rules ran leave out one that is off', async () => {
    writeFileSync(join(folder, 'off.toml'), '[rules]\nbundled-openssl = "off"\n')
    const { out } = await run(['check', '-c', 'off.toml', '-f', 'sarif', 'good.rpm'])
    expect(out).toContain('"id": "nosrc-derived"')
    expect(out).not.toContain('bundled-openssl')
  })

  test('leave a pipe a pipe', () => {
    const command = '"$0" "$1" check --exit-zero -f rpmlint=/dev/stdout bad.rpm | cat'
    const out = execFileSync('sh', ['-c', command, process.execPath, CLI], { cwd: folder, encoding: 'utf8' })
    expect(out).toContain('x86_64: E: unversioned-crypto-export')
  })

  test('that cannot be written take no other with them', async () => {
    const {
      status: code,
      out,
      err,
    } = await run(['check', '-f', 'json=empty', '-f', 'sarif=beside.sarif', '-f', 'text', 'bad.rpm', 'text.rpm'])
    expect({ code, isShown: out.includes('libmysqlclient.so.16.0.0') }).toEqual({ code: 2, isShown: true })
    expect(err).toMatch(/^rpmlint-ts: text\.rpm: not checked .*\nrpmlint-ts: cannot write empty: .*\n/)
    expect(readFileSync(join(folder, 'beside.sarif'), 'utf8')).toContain('"version": "2.1.0"')
  })

  test('that cannot be written are told', async () => {
    const { status: code, err } = await run(['check', '-o', 'no/such/folder', 'good.rpm'])
    expect(code).toBe(2)
    expect(err).toContain('cannot write no/such/folder: there is no folder no/such')
  })
})

describe('the summary of a step', () => {
  const summary = join(folder, 'summary.md')
  const annotate = (env: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Ending> =>
    run(['check', ...options, 'bad.rpm'], { env })

  test('is appended to where GitHub names a file for it', async () => {
    writeFileSync(summary, 'before\n')
    const { status: code, out, err } = await annotate({ GITHUB_STEP_SUMMARY: summary }, '-f', 'github')
    expect({ code, err, isAnnotated: out.startsWith('::error ') }).toEqual({ code: 1, err: '', isAnnotated: true })
    const text = readFileSync(summary, 'utf8')
    expect(text).toMatch(/^before\n## rpmlint-ts: 4 errors, 0 warnings, 1 info in 1 package\n/)
    await annotate({ GITHUB_STEP_SUMMARY: summary }, '-f', 'github=annotations.txt')
    expect(readFileSync(summary, 'utf8')).toBe(text + text.slice('before\n'.length))
  })

  test('never grows beyond what GitHub takes', async () => {
    writeFileSync(summary, 'x'.repeat(999_500))
    await annotate({ GITHUB_STEP_SUMMARY: summary }, '-f', 'github')
    expect(readFileSync(summary, 'utf8')).toMatch(/x… and \d+ more lines|x## rpmlint-ts[^]*more lines/)
    expect(readFileSync(summary).length).toBeLessThanOrEqual(1_000_000)
  })

  test('is left alone by other formats, and where the variable is empty', async () => {
    writeFileSync(summary, '')
    await annotate({ GITHUB_STEP_SUMMARY: summary }, '-f', 'sarif')
    const { status: code, err } = await annotate({ GITHUB_STEP_SUMMARY: '' }, '-f', 'github')
    expect({ code, err, text: readFileSync(summary, 'utf8') }).toEqual({ code: 1, err: '', text: '' })
  })

  test('that cannot be written is told, and changes no status', async () => {
    const { status: code, err } = await annotate({ GITHUB_STEP_SUMMARY: join(folder, 'no/such.md') }, '-f', 'github')
    expect(code).toBe(1)
    expect(err).toMatch(/^rpmlint-ts: cannot append to the summary of the step, .*no\/such\.md: no such file or directory\n$/)
  })
})

test('nothing of Node’s own is said on standard error, whatever passes: no warning of listeners', async () => {
  const filler = { name: 'filler', data: Buffer.alloc(3_000_000, 'text') }
  writeFileSync(join(folder, 'large.rpm'), packageWith({ '/a.tar': tar(filler, filler) }))
  expect(await run(['check', '-q', 'large.rpm'])).toEqual({ status: 0, out: '', err: '' })
})

describe('quiet', () => {
  test('says nothing of a clean package, nor of an info', async () => {
    expect(await Promise.all([run(['check', '-q', 'good.rpm']), run(['check', '-q', 'noted.rpm'])])).toEqual([
      { status: 0, out: '', err: '' },
      { status: 0, out: '', err: '' },
    ])
  })
  test('still says what could not be checked', async () =>
    expect((await run(['check', '-q', 'text.rpm'])).err).toContain('text.rpm: not checked'))
})

describe('colours', () => {
  const isColoured = async (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<boolean> => {
    const { out } = await run(['check', ...argv, 'bad.rpm'], { env })
    return out.includes('\x1b[')
  }

  test.each<[string, readonly string[], Readonly<Record<string, string>>, boolean]>([
    ['nothing, where no terminal reads', [], {}, false],
    ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', [], { FORCE_COLOR: '0' }, false],
    ['NO_COLOR before FORCE_COLOR', [], { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR, which counts for nothing', [], { NO_COLOR: '', FORCE_COLOR: '1' }, true],
    ['--color=always before NO_COLOR', ['--color', 'always'], { NO_COLOR: '1' }, true],
    ['--color=never before FORCE_COLOR', ['--color=never'], { FORCE_COLOR: '1' }, false],
  ])('obey %s', async (_, argv, env, wanted) => expect(await isColoured(argv, env)).toBe(wanted))

  test('do not go into a file', async () => {
    await run(['check', '-o', 'colours.txt', 'bad.rpm'], { env: { FORCE_COLOR: '1' } })
    expect(readFileSync(join(folder, 'colours.txt'), 'utf8')).not.toContain('\x1b')
  })
})

describe('settings', () => {
  const home = join(folder, 'settings/deep')
  const bad = join(folder, 'bad.rpm')

  beforeAll(() => {
    mkdirSync(home, { recursive: true })
    writeFileSync(join(folder, 'settings/rpmlint-ts.toml'), 'fail-on = "never"\n[rules]\nunversioned-crypto-export = "off"\n')
    writeFileSync(join(folder, 'wrong.toml'), 'fail-on = "fatal"\n[rules]\nunversioned-crypto-exprt = "off"\n')
  })

  test('come from the nearest file above', async () => {
    const { status: code, out } = await run(['check', bad], { cwd: home })
    expect(code).toBe(0)
    expect(out).not.toContain('unversioned-crypto-export')
    expect(out).toContain('do-nothing-crypto-export')
  })

  test('come from the file that is named, or from none', async () => {
    expect((await run(['check', '--no-config', bad], { cwd: home })).status).toBe(1)
    expect(await status('check', '--config', 'settings/rpmlint-ts.toml', 'bad.rpm')).toBe(0)
    expect(await status('check', 'bad.rpm')).toBe(1)
  })

  test('give way to the command line', async () => {
    expect(await status('check', '-c', 'settings/rpmlint-ts.toml', '--fail-on', 'error', 'bad.rpm')).toBe(1)
  })

  test('are printed as they are in force', async () => {
    const { status: code, out } = await run(['check', '-c', 'settings/rpmlint-ts.toml', '--fail-on', 'info', '--print-config', 'bad.rpm'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ failOn: 'info', rules: { 'unversioned-crypto-export': { severity: 'off' } } })
  })

  test('with mistakes stop the run, and each is told', async () => {
    const { status: code, out, err } = await run(['check', '-c', 'wrong.toml', 'good.rpm'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.split('\n').slice(0, 2)).toEqual([
      'rpmlint-ts: wrong.toml: fail-on: "fatal" is not one of error, warning, info, never',
      'wrong.toml: rules.unversioned-crypto-exprt: there is no such rule (did you mean unversioned-crypto-export?)',
    ])
  })

  test('that are not there stop the run', async () => {
    const { status: code, err } = await run(['check', '-c', 'no.toml', 'good.rpm'])
    expect(code).toBe(2)
    expect(err).toContain('cannot read the settings file no.toml: no such file or directory')
  })
})

describe('a mistake', () => {
  test.each([
    [['chekc', 'good.rpm'], 'there is no command chekc (did you mean check?)'],
    [['check', 'good.rpm', '--qiet'], 'there is no option --qiet (did you mean quiet?)'],
    [['check', '--qiet', 'good.rpm'], 'there is no option --qiet (did you mean quiet?)'],
    [['rules', 'extra'], 'rules takes no extra'],
    [['check', 'good.rpm', '--frobnicate'], 'there is no option --frobnicate'],
    [['check', '--fail-on', 'fatal', 'good.rpm'], '--fail-on fatal: must be one of error, warning, info, never'],
    [['check', '--format', 'jsn', 'good.rpm'], '--format jsn: there is no such format (did you mean json?); there are text, json, rpmlint'],
    [['inspect', '--format', 'rpmlint', 'good.rpm'], 'there are text, json'],
    [['explain', 'unversioned-crypto-exprt'], 'there is no rule unversioned-crypto-exprt (did you mean unversioned-crypto-export?)'],
    [['explain', 'x'], 'there is no rule x; rpmlint-ts rules lists them'],
    [['check'], 'check needs <path..>'],
    [[], 'Give a command.'],
  ])('in %j is told, with status 2 and nothing on standard output', async (argv, words) => {
    const { status: code, out, err } = await run(argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(words)
    expect(err).toContain('Try rpmlint-ts --help.')
    expect(err).not.toMatch(/\n\s+at /)
  })
})

describe('words', () => {
  test('of help for check name every format, and what it is for', async () => {
    const { out } = await run(['check', '--help'])
    for (const [name, { description }] of Object.entries(FORMATS)) expect(out).toMatch(new RegExp(`^  ${name} +${description}$`, 'm'))
  })

  test.each(['check', 'inspect', 'bindings', 'explain', 'rules'])('of help for %s name its options', async command => {
    const { status: code, out, err } = await run([command, '--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`rpmlint-ts ${command}`)
    expect(out).toContain('--format')
    expect(out).toContain(command === 'check' ? 'Exit status: 0 clean, 1 findings' : 'Exit status: 0 done, 2 could not be done')
    expect(/--fail-on/.test(out)).toBe(command === 'check')
  })

  test('of help name all commands', async () => {
    const { status: code, out } = await run(['--help'])
    expect(code).toBe(0)
    expect(out).toContain('Exit status: 0 clean, 1 findings at or above --fail-on, 2 could not check.')
    for (const { name } of COMMANDS) expect(out).toMatch(new RegExp(`^  rpmlint-ts ${name} `, 'm'))
  })

  test('of version are the package’s', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
    expect(await run(['--version'])).toEqual({ status: 0, out: `${version}\n`, err: '' })
  })

  test('of explain tell why and how to mend', async () => {
    const { status: code, out } = await run(['explain', 'unversioned-crypto-export', 'nosrc-derived'])
    expect(code).toBe(0)
    expect(out).toMatch(/^unversioned-crypto-export \(error\)\n[^]*\nWhy\n[^]*\nFix\n[^]*\nnosrc-derived \(info\)\n/)
  })

  test('of rules list all, as text and as JSON', async () => {
    const [text, json] = await Promise.all([run(['rules']), run(['rules', '--format', 'json'])])
    const ids = rules.map(({ id }) => id)
    expect([...text.out.matchAll(/^([a-z-]+)  /gm)].map(([, id]) => id)).toEqual(ids)
    expect((JSON.parse(json.out) as { rules: { id: string }[] }).rules.map(({ id }) => id)).toEqual(ids)
  })
})

describe('inspect', () => {
  test('lists all names, or those of OpenSSL', async () => {
    const [all, crypto] = await Promise.all([run(['inspect', 'bad.rpm']), run(['inspect', '--exports', 'crypto', 'bad.rpm'])])
    expect([all.status, crypto.status]).toEqual([0, 0])
    expect(all.out).toContain('mysql_init  func')
    expect(crypto.out).not.toContain('mysql_init')
    expect(crypto.out.match(/exports \(4\)/g)).toHaveLength(2)
  })

  test('writes every format that is asked for', async () => {
    const { out } = await run(['inspect', '-f', 'json=facts.json', '-f', 'text', 'bad.rpm'])
    expect(out).toContain('mysql_init  func')
    expect(readFileSync(join(folder, 'facts.json'), 'utf8')).toContain('"rpmlint-ts/facts/1"')
  })

  test('is no judge: what it can read is 0, what it cannot 2', async () => {
    const [json, text] = await Promise.all([run(['inspect', '-f', 'json', 'bad.rpm', 'text.rpm']), run(['inspect', 'text.rpm'])])
    expect([json.status, text.status]).toEqual([2, 2])
    expect(JSON.parse(json.out)).toMatchObject({
      schema: 'rpmlint-ts/facts/1',
      packages: [{ outcome: 'checked' }, { outcome: 'unchecked' }],
    })
    expect(text.err).toMatch(/^rpmlint-ts: text\.rpm: /)
  })
})

describe('a reader that leaves', () => {
  test('ends the program as a shell expects, without a stack trace', async () => {
    const child = spawn(process.execPath, [CLI, 'inspect', '-f', 'json', ...CHAIN.map(samplePath)], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    const err: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    const code = await new Promise(resolve => child.on('close', resolve))
    expect({ code, err: Buffer.concat(err).toString() }).toEqual({ code: 141, err: '' })
  })

  /** The status of a run whose `stream` has no reader, or no room. */
  const statusWithout = async (stream: 'stdout' | 'stderr', ...argv: readonly string[]): Promise<number | null> => {
    const full = openSync('/dev/full', 'w')
    const stdio: ('ignore' | number)[] = ['ignore', stream === 'stdout' ? full : 'ignore', stream === 'stderr' ? full : 'ignore']
    const child = spawn(process.execPath, [CLI, ...argv], { cwd: folder, stdio })
    return new Promise(resolve => child.on('close', resolve))
  }

  const testOnLinux = existsSync('/dev/full') ? test : test.skip
  testOnLinux('of the words leaves the status as it is', async () => {
    expect(await statusWithout('stderr', 'check', 'text.rpm', 'good.rpm')).toBe(2)
    expect(await statusWithout('stderr', 'check', 'good.rpm')).toBe(0)
  })
  testOnLinux('of the findings is never taken for a finding', async () => {
    expect(await statusWithout('stdout', 'check', 'good.rpm')).toBe(2)
  })
})
