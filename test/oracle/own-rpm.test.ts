/** Our own packages: built by rpmbuild from what npm packs, installed into a root, run there, and linted by us and by rpmlint. */
import { execFileSync, spawnSync } from 'node:child_process'
import { lstatSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { CLI, PACKAGING, packagesBelow, rpmbuild, fakeProgram } from '../support/rpmbuild.js'
import { samplePath } from '../support/sample.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const SPEC = join(PACKAGING, 'rpmlint-ts.spec')
const folder = scratchFolder('own-rpm')
const root = join(folder, 'root')

const spec = readFileSync(SPEC, 'utf8')
const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string; engines: { node: string } }
const tag = (name: string): string => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(spec)?.[1] ?? ''

const NAMES = ['', '-mock', '-obs', '-rpm-macros', '-rpm-macros-enforce', '-rpmlint'].map(part => `rpmlint-ts${part}`)

describe('the spec file', () => {
  test('has the version and the floor of package.json', () => {
    expect(tag('Version')).toBe(manifest.version)
    expect(spec).toContain(`%global node_floor ${manifest.engines.node.replace('>=', '')}\n`)
    expect(spec).toMatch(new RegExp(`^%changelog\n\\* .* - ${manifest.version}-1$`, 'm'))
  })

  test('names the licence of everything that is bundled', () => {
    const notices = readFileSync(join(PROJECT, 'dist/THIRD-PARTY.txt'), 'utf8')
    const bundled = [...notices.matchAll(/^Licence: (\S+)$/gm)].map(([, licence = '']) => licence.replace(/^LGPL-3\.0$/, 'LGPL-3.0-only'))
    expect(bundled.length).toBeGreaterThan(10)
    expect(tag('License').split(' AND ').sort()).toEqual([...new Set(['MIT', ...bundled])].sort())
  })
})

/** What rpmlint says of our packages and we leave as it is, with the reason. */
const LEFT: Readonly<Record<string, string>> = {
  'no-signature': 'the builder signs',
  'no-packager-tag': 'the build system’s to set',
  'no-group-tag': 'Fedora forbids it, openSUSE has given it up',
  'no-dependency-on': 'takes the end of the name for the language Tsonga',
  'hardcoded-library-path': 'node_modules and build/checks are in /usr/lib on every architecture',
}

const isRoot = process.getuid?.() === 0

describeWithTools(['rpmbuild', 'rpm', 'npm', 'python3', ...(isRoot ? [] : ['rights of root'])], 'our own packages', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'SOURCES'))
    const run = (command: string, args: readonly string[]): void =>
      void execFileSync(command, args, { cwd: PROJECT, env: { ...process.env, LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'ignore', 'pipe'] })
    run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', join(folder, 'SOURCES')])
    run('rpmbuild', ['-ba', '--quiet', '--nodeps', '--define', `_topdir ${folder}`, SPEC])
    mkdirSync(root)
    run('rpm', ['--root', root, '-i', '--nodeps', '--nosignature', ...packagesBelow(join(folder, 'RPMS'))])
  }, 120_000)

  const installed = (path: string): string => readFileSync(join(root, path), 'utf8')
  const sitePackages = (): string => readdirSync(join(root, 'usr/lib')).find(name => name.startsWith('python3')) ?? 'no folder of Python’s'

  test('are these, and a source package', () => {
    const files = [...packagesBelow(join(folder, 'RPMS')), ...packagesBelow(join(folder, 'SRPMS'))]
    const wanted = [...NAMES.map(name => `${name}-${manifest.version}-1.noarch.rpm`).sort(), `rpmlint-ts-${manifest.version}-1.src.rpm`]
    expect(files.map(file => file.slice(file.lastIndexOf('/') + 1))).toEqual(wanted)
  })

  test('run where they are installed', () => {
    const program = join(root, 'usr/bin/rpmlint-ts')
    expect(lstatSync(program).isSymbolicLink()).toBe(true)
    expect(installed('usr/bin/rpmlint-ts').split('\n')[0]).toBe('#!/usr/bin/node')
    const run = (...args: readonly string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
    expect(run('--version').stdout).toBe(`${manifest.version}\n`)
    expect(run('check', samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm')).status).toBe(1)
    expect(run('check', samplePath('libdbclient-xz-1.0-1.x86_64.rpm')).stdout).toContain('ELF object')
  })

  test('turn the policy on for an rpmbuild that reads their macros', () => {
    const macros = `/usr/lib/rpm/macros:${join(root, 'usr/lib/rpm/macros.d/macros.*')}`
    const evaluated = (name: string): string =>
      execFileSync('rpm', [`--macros=${macros}`, '--eval', `%{${name}}`], { encoding: 'utf8' }).trim()
    expect(evaluated('_build_pkgcheck_set')).toMatch(/^trap : 0; \/usr\/lib\/rpm\/rpmlint-ts-pkgcheck --program=\/usr\/bin\/rpmlint-ts /)
    expect(evaluated('_nonzero_exit_pkgcheck_terminate_build')).toBe('1')
    expect(evaluated('rpmlint_ts_buildroot')).toMatch(/^\/usr\/lib\/rpm\/brp-rpmlint-ts --program=/)
    for (const script of ['rpmlint-ts-pkgcheck', 'brp-rpmlint-ts'])
      expect(lstatSync(join(root, 'usr/lib/rpm', script)).mode & 0o777).toBe(0o755)
  })

  const mounting = ['--mount', 'sh', '-c', `mount --bind ${root}/usr/lib/rpm/macros.d /usr/lib/rpm/macros.d && exec "$@"`, 'sh']
  const canMount = (): boolean => spawnSync('unshare', ['--mount', 'true']).status === 0
  const testWhereMountable = canMount() ? test : test.skip
  const skipped = canMount() ? '' : ' (skipped: no mount namespaces here)'

  testWhereMountable(`are all that a host needs: rpmbuild without a word about us obeys${skipped}`, () => {
    const text = 'Name: x\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%description\nx\n%files\n'
    const build = (name: string, program: string) =>
      rpmbuild(join(folder, name), text, {
        load: [],
        prefix: ['unshare', ...mounting],
        defines: { _rpmlint_ts_scripts: join(root, 'usr/lib/rpm'), _rpmlint_ts: program },
      })
    // Node.js need not be where the packages expect it on this machine.
    const program = fakeProgram(join(folder, 'installed'), `exec ${process.execPath} ${root}/usr/bin/rpmlint-ts "$@"`)
    const clean = build('host', program)
    expect(clean.log).toContain('x-1-1.noarch.rpm  from x-1-1.src.rpm: clean')
    expect(clean.status).toBe(0)
    expect(build('host-rejected', fakeProgram(join(folder, 'rejecting'), 'exit 1')).status).toBe(1)
  })

  test('hold licences, manual page, completions, and the parts for other tools', () => {
    const licences = join(
      root,
      'usr/share/licenses',
      readdirSync(join(root, 'usr/share/licenses')).find(name => /^rpmlint-ts-\d/.test(name)) ?? '',
    )
    expect(readFileSync(join(licences, 'LICENSE'), 'utf8')).toContain('MIT License')
    expect(readFileSync(join(licences, 'LICENSE.liblzma'), 'utf8')).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
    expect(readFileSync(join(licences, 'THIRD-PARTY.txt'), 'utf8')).toContain('node-liblzma')
    expect(readdirSync(join(root, 'usr/share/man/man1')).join()).toMatch(/^rpmlint-ts\.1(\.\w+)?$/)
    expect(installed('usr/share/bash-completion/completions/rpmlint-ts')).toContain('complete -F _rpmlint_ts rpmlint-ts')
    expect(installed('usr/share/fish/vendor_completions.d/rpmlint-ts.fish')).toContain('complete -c rpmlint-ts')
    expect(installed('usr/share/zsh/site-functions/_rpmlint-ts')).toContain('#compdef rpmlint-ts')
    expect(installed('etc/xdg/rpmlint/rpmlint-ts.toml')).toContain('RpmlintTsCheck')
    expect(lstatSync(join(root, 'usr/lib/build/checks/60-check-rpmlint-ts')).mode & 0o777).toBe(0o755)
    const python = `usr/lib/${sitePackages()}/site-packages`
    for (const file of ['rpmlint/checks/RpmlintTsCheck.py', 'rpmlint/descriptions/RpmlintTsCheck.toml', 'mockbuild/plugins/rpmlint_ts.py'])
      expect(installed(`${python}/${file}`)).not.toBe('')
  })

  test('need the Node.js that we need, by a version that has no epoch', () => {
    const main = packagesBelow(join(folder, 'RPMS')).find(file => file.includes(`/rpmlint-ts-${manifest.version}`)) ?? ''
    const requires = execFileSync('rpm', ['-qp', '--nosignature', '--requires', main], { encoding: 'utf8' })
    expect(requires).toContain(`nodejs(engine) >= ${manifest.engines.node.replace('>=', '')}\n`)
  })

  test('are clean by our own measure', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [CLI, 'check', '--fail-on', 'info', join(folder, 'RPMS'), join(folder, 'SRPMS')],
      {
        encoding: 'utf8',
      },
    )
    expect(stdout).toContain('7 packages, 0 ELF objects: 0 errors, 0 warnings, 0 info')
    expect(status).toBe(0)
  })

  describeWithTools(['rpmlint'], 'by rpmlint’s', () => {
    test('have no error that is ours to fix', () => {
      const args = [join(folder, 'RPMS'), join(folder, 'SRPMS'), SPEC]
      const { stdout } = spawnSync('rpmlint', args, { encoding: 'utf8', env: { ...process.env, XDG_CONFIG_DIRS: '/nowhere' } })
      expect(stdout).toContain('7 packages and 1 specfiles checked')
      const errors = [...stdout.matchAll(/^\S+ E: (\S+).*$/gm)].filter(([, id = '']) => !(id in LEFT))
      expect(errors.map(([line]) => line)).toEqual([])
    }, 60_000)
  })
})
