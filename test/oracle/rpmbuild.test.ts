/** rpmbuild with our macros: what it lets pass, what it stops, and that nothing that happens to the linter is taken for clean. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { describeWithTools, scratchFolder } from '../support/tools.js'
import { samplePath } from '../support/sample.js'
import { CLI, PACKAGING, packagesBelow, rpmbuild, fakeProgram, underShell, type Build, type BuildOptions } from '../support/rpmbuild.js'

const folder = scratchFolder('rpmbuild')

const CODE = `
void CRYPTO_lock(int mode, int type, const char *file, int line) { (void)mode; (void)type; (void)file; (void)line; }
int mysql_ping(void *connection) { return connection == 0; }
`
const VERSION_SCRIPT = 'libdemoclient_16 { global: mysql_*; local: *; };\n'

/** A compat package as that of 2012 was one. `linkFlags` go to the link editor, `check` is the spec file's %check. */
function demoSpec({ linkFlags = '', check = '' } = {}): string {
  return `
%global debug_package %{nil}
Name: demo-compat
Version: 1.0
Release: 1
Summary: Built to be linted
License: MIT
Source0: client.c
Source1: client.map
%description
Built to be linted.
%package devel
Summary: Its link
%description devel
Its link.
%build
gcc -O2 -shared -fPIC -Wl,-soname,libdemoclient.so.16 ${linkFlags} -o libdemoclient.so.16 %{SOURCE0}
%install
install -D libdemoclient.so.16 %{buildroot}/usr/lib64/libdemoclient.so.16
ln -s libdemoclient.so.16 %{buildroot}/usr/lib64/libdemoclient.so
%check
${check}
%files
/usr/lib64/libdemoclient.so.16
%files devel
/usr/lib64/libdemoclient.so
`
}

/** Nothing to compile: for what is asked of rpmbuild and not of the linter. */
const TEXT_SPEC = `
%global __os_install_post %{nil}
Name: text
Version: 1
Release: 1
Summary: A file of text
License: MIT
BuildArch: noarch
%description
A file of text.
%package doc
Summary: Another
%description doc
Another.
%install
mkdir -p %{buildroot}/usr/share/text
echo text > %{buildroot}/usr/share/text/a
echo text > %{buildroot}/usr/share/text/b
%files
/usr/share/text/a
%files doc
/usr/share/text/b
`

const build = (name: string, spec: string, options: BuildOptions = {}): Build =>
  rpmbuild(join(folder, name), spec, { ...options, sources: { 'client.c': CODE, 'client.map': VERSION_SCRIPT, ...options.sources } })

const fixed = demoSpec({ linkFlags: '-Wl,--version-script=%{SOURCE1}' })

describeWithTools(['rpmbuild', 'gcc'], 'a packager’s story', () => {
  test('from the spec file to a rejected build, and by the reported fix to a clean one', () => {
    const first = build('story', demoSpec())
    expect(first.status).toBe(1)
    expect(first.log).toContain('error /usr/lib64/libdemoclient.so.16 unversioned-crypto-export')
    expect(first.log).toContain('error /usr/lib64/libdemoclient.so.16 do-nothing-crypto-export')
    expect(first.log).toMatch(/fix: [^]*--version-script=FILE/)
    expect(first.log).toContain('Package check')
    const second = build('story', fixed)
    expect(second.log).toMatch(/demo-compat-1\.0-1\.\w+\.rpm {2}from demo-compat-1\.0-1\.src\.rpm: clean \(1 ELF object\)/)
    expect(second.log).toContain('2 packages, 1 ELF object: 0 errors')
    expect(second.status).toBe(0)
  }, 60_000)

  test('in %check, before there is any package', () => {
    const check = '%{rpmlint_ts_buildroot}'
    const first = build('opt-in', demoSpec({ check }), { load: ['rpmlint-ts'] })
    expect(first.status).toBe(1)
    expect(first.log).toContain('error /usr/lib64/libdemoclient.so.16 unversioned-crypto-export')
    expect(first.log).toMatch(/Bad exit status from .* \(%check\)/)
    expect(first.packages).toEqual([])
    const lenient = build('opt-in', demoSpec({ check: `${check} --fail-on never` }), { load: ['rpmlint-ts'] })
    expect(lenient.log).toContain('error /usr/lib64/libdemoclient.so.16 unversioned-crypto-export')
    expect(lenient.status).toBe(0)
    expect(build('opt-in', demoSpec({ check }), { load: ['rpmlint-ts'], args: ['--nocheck'] }).status).toBe(0)
  }, 60_000)

  test('without a policy: the macros alone change no build', () => {
    const { status, log } = build('no-policy', demoSpec(), { load: ['rpmlint-ts'] })
    expect(status).toBe(0)
    expect(log).not.toContain('crypto')
  }, 60_000)

  test('where findings are reported and stop nothing', () => {
    const byRpm = build('report-rpm', demoSpec(), { defines: { _nonzero_exit_pkgcheck_terminate_build: '0' } })
    const byUs = build('report-us', demoSpec(), { defines: { _rpmlint_ts_opts: '--exit-zero' } })
    for (const { status, log } of [byRpm, byUs]) {
      expect(log).toContain('error /usr/lib64/libdemoclient.so.16 unversioned-crypto-export')
      expect(status).toBe(0)
    }
    expect(byUs.log).not.toContain('Package check')
  }, 60_000)

  test('with settings beside the sources, and with none from around the build', () => {
    const lenient = '[rules]\nunversioned-crypto-export = "off"\ndo-nothing-crypto-export = "off"\n'
    const around = join(folder, 'around')
    mkdirSync(around)
    writeFileSync(join(around, 'rpmlint-ts.toml'), lenient)
    expect(build('settings-around', demoSpec(), { cwd: around }).status).toBe(1)
    expect(build('settings', demoSpec(), { sources: { 'rpmlint-ts.toml': lenient } }).status).toBe(0)
    const wrong = build('settings-wrong', fixed, { sources: { 'rpmlint-ts.toml': 'fail-on = "fatal"\n' } })
    expect(wrong.log).toContain('fail-on: "fatal" is not one of error, warning, info, never')
    expect(wrong.status).toBe(1)
  }, 60_000)
})

describeWithTools(['rpmbuild'], 'the hook', () => {
  test('starts the linter once, with all packages of the build', () => {
    const calls = join(folder, 'calls')
    const linter = fakeProgram(join(folder, 'recorder'), `echo "$@" >> ${calls}`)
    expect(build('once', TEXT_SPEC, { defines: { _rpmlint_ts: linter, _rpmlint_ts_opts: '--fail-on=warning -q' } }).status).toBe(0)
    const packages = ['text', 'text-doc'].map(name => join(folder, `once/RPMS/noarch/${name}-1-1.noarch.rpm`))
    expect(readFileSync(calls, 'utf8')).toBe(`check --config /dev/null --fail-on=warning -q -- ${packages.join(' ')}\n`)
  })

  test('has nothing against a build that makes no package', () => {
    const linter = fakeProgram(join(folder, 'never-called'), 'exit 1')
    const nothing = build('nothing', TEXT_SPEC.slice(0, TEXT_SPEC.indexOf('%package doc')), { defines: { _rpmlint_ts: linter } })
    expect(nothing.log).toContain('rpmlint-ts: no package was built, nothing to check')
    expect({ status: nothing.status, packages: nothing.packages }).toEqual({ status: 0, packages: [] })
  })

  test('can be skipped, and says so', () => {
    const linter = fakeProgram(join(folder, 'rejecting'), 'exit 1')
    const skipped = build('skip', TEXT_SPEC, { defines: { _rpmlint_ts: linter, _rpmlint_ts_skip: '1' } })
    expect(skipped.log).toContain('==== NOT CHECKED: the macro _rpmlint_ts_skip is 1 ====')
    expect(skipped.status).toBe(0)
    expect(build('skip', TEXT_SPEC, { defines: { _rpmlint_ts: linter, _rpmlint_ts_skip: '0' } }).status).toBe(1)
    const unclear = build('skip', TEXT_SPEC, { defines: { _rpmlint_ts: '/bin/true', _rpmlint_ts_skip: 'yes' } })
    expect(unclear.log).toContain('neither 0 nor 1: yes')
    expect(unclear.status).toBe(1)
  })
})

/** What may become of the linter, and what rpmbuild must make of it. */
const FATES: readonly (readonly [string, string, number, RegExp])[] = [
  ['finds nothing', 'exit 0', 0, /Wrote: /],
  ['finds something', 'exit 1', 1, /Package check/],
  ['could not check', 'exit 2', 1, /Package check/],
  ['is killed', 'kill -KILL $$', 1, /ended abnormally \(status 137\)/],
  ['aborts', 'kill -ABRT $$', 1, /ended abnormally \(status 134\)/],
  ['is terminated', 'kill -TERM $$', 1, /ended abnormally \(status 143\)/],
  ['ends with a status that means nothing', 'exit 3', 1, /ended abnormally \(status 3\)/],
  ['is killed together with the script around it', 'kill -KILL $PPID; kill -KILL $$', 1, /Package check/],
]

for (const shell of ['dash', 'bash', 'busybox']) {
  const prefix = underShell(shell)
  const skipped = prefix === null ? ` (skipped: no ${shell} here, or no mount namespaces for it)` : ''
  const tests = (): void => {
    const run = (name: string, linter: string, defines = {}): Build =>
      build(`${shell}-${name}`, TEXT_SPEC, { prefix: prefix ?? [], defines: { _rpmlint_ts: linter, ...defines } })

    test.each(FATES)('has the right result for a linter that %s', (fate, script, status, words) => {
      const linter = fakeProgram(join(folder, `linter-${fate.replaceAll(' ', '-')}`), script)
      const { status: actual, log } = run('fate', linter)
      expect(log).toMatch(words)
      expect(actual).toBe(status)
    })

    test('fails if the linter is missing or cannot be started', () => {
      const missing = run('missing', '/nowhere/rpmlint-ts')
      writeFileSync(join(folder, 'not-executable'), '')
      const dead = run('dead', join(folder, 'not-executable'))
      expect([missing.status, dead.status]).toEqual([1, 1])
      expect(missing.log).toContain('/nowhere/rpmlint-ts could not be started (status 127): nothing was checked')
      expect(dead.log).toContain('could not be started (status 126)')
    })

    test('stops where our scripts are missing', () =>
      expect(run('scripts', '/bin/true', { _rpmlint_ts_scripts: '/nowhere' }).status).toBe(1))

    if (shell === 'bash')
      test('without our script, rpm treats a killed checker as clean: the reason for the script', () => {
        const linter = fakeProgram(join(folder, 'bare'), 'kill -KILL $$')
        expect(run('bare', linter, { _build_pkgcheck_set: linter }).status).toBe(0)
      })
  }
  describeWithTools(['rpmbuild'], `where /bin/sh is ${shell}${skipped}`, () => (prefix === null ? test.skip('builds', tests) : tests()))
}

describeWithTools(['rpmbuild'], 'very many subpackages', () => {
  const COUNT = 150
  const names = Array.from({ length: COUNT }, (_, index) => `part-${'x'.repeat(150)}-${index}`)
  const spec = [
    '%global __os_install_post %{nil}\nName: many\nVersion: 1\nRelease: 1\nSummary: Many\nLicense: MIT\nBuildArch: noarch\n%description\nMany.',
    ...names.map(name => `%package -n ${name}\nSummary: One\n%description -n ${name}\nOne.\n%files -n ${name}`),
  ].join('\n')
  // A deep folder fills the command with fewer packages: with paths of 98 bytes it takes 1,338.
  const deep = join(folder, ...Array<string>(4).fill('d'.repeat(200)))
  const defines = { _rpmlint_ts: fakeProgram(join(folder, 'accepting'), 'exit 0'), _binary_payload: 'w.ufdio', _rpmdir: deep }

  test('are too many for one command: the build stops, and nothing is skipped', () => {
    const { status, log } = build('many', spec, { defines, args: ['--quiet'] })
    expect(packagesBelow(deep).join(' ').length).toBeGreaterThan(128 * 1024)
    expect(log.startsWith('error: Execution of "')).toBe(true)
    expect(status).toBe(1)
  }, 120_000)

  test('are checked one by one through %_build_pkgcheck', () => {
    const each = { ...defines, _build_pkgcheck_set: '%{nil}', _build_pkgcheck: '%{_rpmlint_ts_pkgcheck}' }
    expect(build('many', spec, { defines: each, args: ['--quiet'] }).status).toBe(0)
    const rejecting = fakeProgram(join(folder, 'rejecting-last'), `case "$*" in *-${COUNT - 1}-1-1.noarch.rpm*) exit 1 ;; esac`)
    expect(build('many', spec, { defines: { ...each, _rpmlint_ts: rejecting }, args: ['--quiet'] }).status).toBe(1)
  }, 120_000)
})

describe('the scripts', () => {
  const brp = join(PACKAGING, 'rpmbuild/brp-rpmlint-ts')

  test.each([['nothing'], ['/']])('check no build root that is %s', root => {
    const env = { PATH: process.env['PATH'], ...(root === '/' ? { RPM_BUILD_ROOT: root } : {}) }
    const { status, stderr } = spawnSync(brp, [], { env, encoding: 'utf8' })
    expect(status).toBe(2)
    expect(stderr).toContain('RPM_BUILD_ROOT is not a build root')
  })

  test('take a link to nowhere for settings that cannot be read, and not for none', () => {
    const link = join(folder, 'link.toml')
    symlinkSync('nowhere', link)
    const args = [`--program=${CLI}`, `--settings=${link}`, samplePath('Percona-Server-shared-compat-5.5.20-92.x86_64.rpm')]
    const { status, stderr } = spawnSync(join(PACKAGING, 'rpmbuild/rpmlint-ts-pkgcheck'), args, { encoding: 'utf8' })
    expect(stderr).toContain(`cannot read the settings file ${link}`)
    expect(status).toBe(2)
  })

  test.each(['--help', '-V', '--print-config'])('reject %s, with which nothing is checked', option => {
    const args = [`--program=${CLI}`, option, '--', samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm')]
    const { status, stderr } = spawnSync(join(PACKAGING, 'rpmbuild/rpmlint-ts-pkgcheck'), args, { encoding: 'utf8' })
    expect(stderr).toContain(`nothing is checked with ${option}`)
    expect(status).toBe(2)
  })

  test('check nothing without a package, and say that they could not', () => {
    const { status, stderr } = spawnSync(join(PACKAGING, 'rpmbuild/rpmlint-ts-pkgcheck'), [`--program=${CLI}`], { encoding: 'utf8' })
    expect(stderr).toContain('check needs <path..>')
    expect(status).toBe(2)
  })
})
