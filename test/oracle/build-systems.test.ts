/** What we ship for build systems, against fakes of the parts of them that it uses. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { CLI, PACKAGING, rpmbuild, fakeProgram } from '../support/rpmbuild.js'
import { samplePath } from '../support/sample.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const folder = scratchFolder('build-systems')
const BAD = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const GOOD = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'
const SOURCE = 'vendored-tar-gz-1.0-1.src.rpm' // rejected, were it looked at

const killed = fakeProgram(join(folder, 'killed'), 'kill -KILL $$')

/** A folder of its own with these sample packages and files. */
function place(name: string, samples: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true })
  for (const sample of samples) copyFileSync(samplePath(sample), join(path, sample))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
  return path
}

describeWithTools(['bash'], 'the check for OBS', () => {
  /**
   * A build environment as obs-build leaves it; `top` is where the packages are, which has changed over the years. `before` is a folder of commands
   * that hide those of the system.
   */
  function run(name: string, samples: readonly string[], { top = 'usr/src/packages', linter = CLI, settings = '', before = '' } = {}) {
    place(`${name}/${top}/RPMS/x86_64`, samples)
    place(`${name}/${top}/SOURCES`, [], settings === '' ? {} : { 'rpmlint-ts.toml': settings })
    const root = join(folder, name)
    const path = [before, process.env['PATH']].filter(Boolean).join(delimiter)
    const env = { ...process.env, PATH: path, BUILD_ROOT: `${root}/`, PNAME: 'x', RPMLINT_TS: linter }
    const { status, stdout, stderr } = spawnSync(join(PACKAGING, 'obs/60-check-rpmlint-ts'), [], { cwd: '/', env, encoding: 'utf8' })
    const log = join(root, top, 'OTHER/rpmlint-ts.log')
    return { status, said: stdout + stderr, log: existsSync(log) ? readFileSync(log, 'utf8') : null }
  }

  test.each(['usr/src/packages', '.build.packages'])('rejects and passes packages below /%s, and keeps the report', top => {
    const bad = run(`obs-bad-${top}`, [GOOD, BAD], { top })
    expect(bad.status).toBe(1)
    expect(bad.said).toContain('unversioned-crypto-export')
    expect(bad.log).toBe(bad.said)
    expect(run(`obs-good-${top}`, [GOOD], { top }).status).toBe(0)
  })

  test('reads settings from among the sources', () => {
    const settings = '[rules]\nunversioned-crypto-export = "off"\ndo-nothing-crypto-export = "off"\n'
    expect(run('obs-settings', [BAD], { settings }).status).toBe(0)
  })

  test('fails where the linter is missing or killed, or a package is cut', () => {
    const missing = run('obs-missing', [GOOD], { linter: '/nowhere/rpmlint-ts' })
    const dead = run('obs-killed', [GOOD], { linter: killed })
    place('obs-cut/usr/src/packages/RPMS/x86_64', [], { 'cut.rpm': 'text' })
    expect([missing.status, dead.status, run('obs-cut', []).status]).toEqual([127, 137, 2])
    expect(dead.said).toContain('ended abnormally (status 137)')
  })

  test('does not take a command that died for the lack of packages', () => {
    const before = place('dead-commands', [])
    for (const command of ['find', 'sort', 'ls']) fakeProgram(join(before, command), 'kill -KILL $$')
    const { status, said } = run('obs-dead-commands', [BAD], { before })
    expect(said).toContain('unversioned-crypto-export')
    expect(status).toBe(1)
  })

  test('fails where its settings are a link to nowhere', () => {
    symlinkSync('nowhere', join(place('obs-link/usr/src/packages/SOURCES', []), 'rpmlint-ts.toml'))
    expect(run('obs-link', [GOOD]).status).toBe(2)
  })

  test('has nothing to check where no packages are, and says so', () => {
    const { status, said } = run('obs-none', [])
    expect(status).toBe(0)
    expect(said).toContain('nothing to check')
  })
})

describeWithTools(['python3'], 'the plug-in for mock', () => {
  const DRIVER = fileURLToPath(new URL('../support/fake-mock.py', import.meta.url))
  const RAISED = 30
  const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3' // version managers put slow scripts before it

  /** `made` is what the build made of what lies in the directory of results. */
  function run(name: string, samples: readonly string[], options: object = {}, result = 'success', made = samples) {
    const resultdir = place(name, samples)
    const json = JSON.stringify({ command: CLI, ...options })
    const args = ['-B', DRIVER, join(PACKAGING, 'mock'), resultdir, result, made.join(' '), json]
    const { status, stdout, stderr } = spawnSync(PYTHON, args, { encoding: 'utf8' })
    return { status, said: stdout + stderr, files: readdirSync(resultdir).sort() }
  }

  test('lets a clean build be, and fails one that is rejected', () => {
    const good = run('mock-good', [GOOD, SOURCE])
    expect(good).toMatchObject({
      status: 0,
      said: 'INFO rights dropped\nINFO rights restored\nINFO rpmlint-ts: 1 packages are clean\n',
      files: [GOOD, 'rpmlint-ts.log', SOURCE],
    })
    const bad = run('mock-[bad]', [BAD, GOOD])
    expect(bad.status).toBe(RAISED)
    expect(bad.said).toContain('PkgError rpmlint-ts: the packages are rejected, see ')
    expect(readFileSync(join(folder, 'mock-[bad]/rpmlint-ts.log'), 'utf8')).toContain('unversioned-crypto-export')
  })

  test('only reports if it does not enforce, and passes options on', () => {
    expect(run('mock-report', [BAD], { enforce: false })).toMatchObject({
      status: 0,
      said: expect.stringContaining('WARNING rpmlint-ts: the packages'),
    })
    expect(run('mock-options', [BAD], { args: ['--fail-on', 'never'] }).status).toBe(0)
  })

  test('checks the packages of this build, and no others beside them', () =>
    expect(run('mock-beside', [GOOD, BAD], {}, 'success', [GOOD])).toMatchObject({ status: 0 }))

  test('checks nothing after a failed build, or after a build of only a source package', () => {
    expect(run('mock-failed', [BAD], {}, 'fail')).toMatchObject({ status: 0, said: '' })
    expect(run('mock-source', [SOURCE])).toMatchObject({ status: 0, said: '' })
    expect(run('mock-none', [BAD], {}, 'success', [])).toMatchObject({ status: 0, said: '' })
  })

  test('fails where the linter is missing or killed', () => {
    const missing = run('mock-missing', [GOOD], { command: '/nowhere/rpmlint-ts' })
    const dead = run('mock-killed', [GOOD], { command: killed })
    expect([missing.status, dead.status]).toEqual([RAISED, RAISED])
    expect(missing.said).toContain('could not be started')
    expect(dead.said).toContain('ended abnormally (status -9)')
  })

  test('rejects options with which nothing is checked', () => {
    const idle = run('mock-idle', [BAD], { args: ['--quiet', '--print-config'] })
    expect(idle.said).toContain('nothing is checked with --print-config')
    expect(idle.status).toBe(RAISED)
  })
})

/** Runs a script with a fake of the system's client, and returns how it called the client. */
function callsOf(script: string, variable: string, args: readonly string[]): { status: number | null; calls: string[][] } {
  const calls = join(folder, 'calls')
  writeFileSync(calls, '')
  const client = fakeProgram(join(folder, 'client'), `printf '%s\\037' "$@" >> ${calls}; printf '\\n' >> ${calls}`)
  const { status } = spawnSync(join(PACKAGING, script), args, { env: { ...process.env, [variable]: client } })
  const lines = readFileSync(calls, 'utf8').split('\n').slice(0, -1)
  return { status, calls: lines.map(line => line.split('\x1f').slice(0, -1)) }
}

const ENFORCE = 'rpm.macro._nonzero_exit_pkgcheck_terminate_build'

describe('the recipe for a Koji tag', () => {
  test('puts the macros into the build group and the policy into the tag', () => {
    expect(callsOf('koji/gate-tag', 'KOJI', ['f42-build'])).toEqual({
      status: 0,
      calls: [
        ['add-group-pkg', 'f42-build', 'build', 'rpmlint-ts-rpm-macros'],
        ['edit-tag', 'f42-build', '-x', 'rpm.macro._build_pkgcheck_set=%{_rpmlint_ts_pkgcheck}', '-x', `${ENFORCE}=1`],
      ],
    })
  })

  test('can report only, and be undone', () => {
    expect(callsOf('koji/gate-tag', 'KOJI', ['--report', 't']).calls[1]).toContain(`${ENFORCE}=0`)
    expect(callsOf('koji/gate-tag', 'KOJI', ['--off', 't']).calls).toEqual([
      ['edit-tag', 't', '-r', 'rpm.macro._build_pkgcheck_set', '-r', ENFORCE],
    ])
  })

  test.each([[[]], [['--of', 't']], [['a', 'b']]])('does nothing for %j', args =>
    expect(callsOf('koji/gate-tag', 'KOJI', args)).toEqual({ status: 2, calls: [] }),
  )
})

describe('the recipe for a Copr chroot', () => {
  test('adds our policy to the packages of the chroot', () => {
    expect(callsOf('copr/gate-chroot', 'COPR_CLI', ['me/project/fedora-42-x86_64', 'https://example.org/repo', 'ccache'])).toEqual({
      status: 0,
      calls: [
        [
          'edit-chroot',
          '--repos',
          'https://example.org/repo',
          '--packages',
          'rpmlint-ts-rpm-macros-enforce ccache',
          'me/project/fedora-42-x86_64',
        ],
      ],
    })
    expect(callsOf('copr/gate-chroot', 'COPR_CLI', ['c', 'u']).calls[0]).toContain('rpmlint-ts-rpm-macros-enforce')
    expect(callsOf('copr/gate-chroot', 'COPR_CLI', ['c'])).toEqual({ status: 2, calls: [] })
  })
})

describeWithTools(['rpmbuild'], 'the macros that Koji hands to rpmbuild', () => {
  const spec = 'Name: x\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%description\nx\n%files\n'

  test.each([
    ['gate-tag', [], 1],
    ['gate-tag --report', ['--report'], 0],
  ])('are the policy of %s', (_, args, status) => {
    const [, edit = []] = callsOf('koji/gate-tag', 'KOJI', [...args, 't']).calls
    const extra = edit.filter(word => word.startsWith('rpm.macro.')).map(word => word.slice('rpm.macro.'.length).split('='))
    const rejecting = fakeProgram(join(folder, 'rejecting'), 'echo rejected; exit 1')
    const build = rpmbuild(join(folder, `koji${args.join('')}`), spec, {
      load: ['rpmlint-ts'],
      defines: { ...(Object.fromEntries(extra) as Record<string, string>), _rpmlint_ts: rejecting },
    })
    expect(build.log).toContain('rejected')
    expect(build.status).toBe(status)
  })
})
