/**
 * Random packages, installed into a root: which libraries ld.so takes there after ldconfig, and which `bindings` expects, from the packages alone and from
 * packages over a root.
 *
 * `INSTALL_SEED=1 INSTALLATIONS=200` tries others or more.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from '@jest/globals'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { archive } from '../support/cpio-builder.js'
import { command } from '../support/command.js'
import { Chance } from '../support/link/chance.js'
import { buildPackage, string, type TestFile } from '../support/rpm-builder.js'
import { describeWithTools, isX86Linux, scratchFolder } from '../support/tools.js'
import { LOADER_CONFIGURATION } from './incidents/incident.js'
import { startInRoot } from './incidents/loader-in-root.js'

const first = Number(process.env['INSTALL_SEED'] ?? 1)
const seeds = Array.from({ length: Number(process.env['INSTALLATIONS'] ?? 16) }, (_, index) => first + index)
const SYMBOLS = ['EVP_sha1', 'BIO_new', 'myc_open']
const LOADER = '/lib64/ld-linux-x86-64.so.2'
const LIBRARY_C = '/lib64/libc.so.6'
const PROGRAM = '/usr/bin/mailer'
const folder = scratchFolder('installations')
const part = (name: string): string => join(folder, 'parts', name)

/** A client library without and with OpenSSL's symbols, libcrypto and a copy of it, and programs in the two orders of linking, with and without RUNPATH. */
function compileParts(): void {
  mkdirSync(join(folder, 'parts'))
  const compile = (name: string, source: string, ...words: readonly string[]): void => {
    writeFileSync(part('x.c'), source)
    execFileSync('gcc', ['-O1', '-fPIC', '-fno-builtin', '-w', part('x.c'), '-o', part(name), ...words])
  }
  const defining = (...names: readonly string[]): string => names.map(name => `int ${name}(void) { return 1; }`).join(' ')
  writeFileSync(part('v.map'), 'OPENSSL_3.0.0 { global: *; };\n')
  const crypto = ['-shared', '-Wl,-soname,libcrypto.so.3', `-Wl,--version-script=${part('v.map')}`]
  compile('crypto', defining('EVP_sha1', 'BIO_new'), ...crypto)
  compile('copy', `${defining('EVP_sha1', 'BIO_new')} int copy;`, ...crypto)
  compile('good', defining('myc_open'), '-shared', '-Wl,-soname,libmyc.so.18')
  compile('bad', defining('myc_open', 'EVP_sha1'), '-shared', '-Wl,-soname,libmyc.so.18')
  const main = `${SYMBOLS.map(name => `int ${name}(void);`).join(' ')} int main(void) { return ${SYMBOLS.map(name => `${name}()`).join(' + ')}; }`
  for (const [order, libraries] of [
    ['first', ['good', 'crypto']],
    ['last', ['crypto', 'good']],
  ] as const)
    for (const runpath of ['', '/opt/a', '/usr/../opt/b', '/opt/link'])
      compile(
        `mailer ${order} ${runpath.replaceAll('/', '_')}`,
        main,
        '-Wl,--no-as-needed',
        ...libraries.map(part),
        ...(runpath === '' ? [] : [`-Wl,-rpath,${runpath}`]),
      )
}

interface Plan {
  readonly name: string
  /** Parts by path. */
  readonly parts?: Readonly<Record<string, string>>
  readonly texts?: Readonly<Record<string, string>>
  readonly links?: Readonly<Record<string, string>>
}

const DIRECTORIES = ['/usr/lib64', '/usr/lib', '/opt/a', '/opt/b', '/usr/lib64/myc', '/usr/lib64/glibc-hwcaps/x86-64-v2']
const LIBRARIES: readonly (readonly [part: string, name: string])[] = [
  ['good', 'libmyc.so.18'],
  ['bad', 'libmyc.so.18'],
  ['good', 'libmyc.so.18.9'],
  ['bad', 'libmyc.so.18.10'],
  ['good', 'libmyc.so.18.10.1'],
  ['bad', 'libmyc-old.so'],
  ['copy', 'libcrypto.so.3'],
  ['copy', 'libcrypto.so.3.0.9'],
]
const LINES = ['/opt/a', '/opt/b/ # own', '/usr/lib64/myc', '/opt/link', 'include ../extra/*.list', 'include /etc/e*/?.list']
const RUNPATHS = ['', '_opt_a', '_usr_.._opt_b', '_opt_link']

function planOf(chance: Chance): Plan[] {
  const plans: Plan[] = [
    { name: 'mailer', parts: { [PROGRAM]: `mailer ${chance.pick(['first', 'last'])} ${chance.pick(RUNPATHS)}` } },
    { name: 'openssl-libs', parts: { [`/usr/lib64/libcrypto.so.3${chance.pick(['', '.0.1'])}`]: 'crypto' } },
    {
      name: 'myc',
      parts: { '/usr/lib64/libmyc.so.18.1': 'good' },
      ...(chance.happens(1 / 2) ? { links: { '/usr/lib64/libmyc.so.18': 'libmyc.so.18.1' } } : {}),
    },
    {
      name: 'conf',
      texts: { '/etc/ld.so.conf.d/m.conf': `${chance.pick(LINES)}\n${chance.pick(LINES)}\n`, '/etc/extra/x.list': '/opt/b\n' },
    },
  ]
  if (chance.happens(1 / 3)) plans.push({ name: 'link', links: { '/opt/link': chance.pick(['a', '/opt/b', 'none']) } })
  if (chance.happens(1 / 3))
    plans.push({ name: 'more-conf', texts: { '/opt/more.conf': '/opt/a\n' }, links: { '/etc/ld.so.conf.d/a.conf': '../../opt/more.conf' } })
  for (let count = chance.between(1, 4); count > 0; count--) {
    const [library, name] = chance.pick(LIBRARIES)
    const directory = chance.pick(DIRECTORIES)
    const isLinked = chance.happens(1 / 4) && name !== 'libmyc.so.18'
    plans.push({
      name: `p${count}`,
      parts: { [`${directory}/${name}`]: library },
      ...(isLinked ? { links: { [`${directory}/libmyc.so.18`]: name } } : {}),
    })
  }
  if (chance.happens(1 / 6)) plans.push({ name: 'preload', texts: { '/etc/ld.so.preload': '/opt/a/libmyc.so.18\n' } })
  return withoutConflicts(plans)
}

/** The first package of a path has it. */
function withoutConflicts(plans: readonly Plan[]): Plan[] {
  const seen = new Set<string>()
  const free = (files: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(files).filter(([path]) => !seen.has(path) && seen.add(path)))
  return plans.map(({ name, parts, texts, links }) => ({ name, parts: free(parts), texts: free(texts), links: free(links) }))
}

function base(root: string): void {
  const library = execFileSync('gcc', ['-print-file-name=libc.so.6'], { encoding: 'utf8' }).trim()
  copyFileSync(LOADER, placeIn(root, LOADER))
  copyFileSync(library, placeIn(root, LIBRARY_C))
  writeFileSync(placeIn(root, '/etc/ld.so.conf'), LOADER_CONFIGURATION)
  mkdirSync(join(root, 'usr/bin'), { recursive: true })
}

function placeIn(root: string, path: string): string {
  const place = join(root, path)
  mkdirSync(dirname(place), { recursive: true })
  return place
}

function install({ parts = {}, texts = {}, links = {} }: Plan, root: string): void {
  for (const [path, name] of Object.entries(parts)) copyFileSync(part(name), placeIn(root, path))
  for (const [path, content] of Object.entries(texts)) writeFileSync(placeIn(root, path), content)
  for (const [path, target] of Object.entries(links))
    if (lstatSync(placeIn(root, path), { throwIfNoEntry: false }) === undefined) symlinkSync(target, placeIn(root, path))
}

function packageFile({ name, parts = {}, texts = {}, links = {} }: Plan, read: (part: string) => Buffer, place: string): string {
  const files: TestFile[] = [
    ...Object.entries(parts).map(([path, each]) => ({ path, content: read(each).toString('latin1'), mode: 0o100755 })),
    ...Object.entries(texts).map(([path, content]) => ({ path, content })),
    ...Object.entries(links).map(([path, linkTarget]) => ({ path, linkTarget, mode: 0o120777 })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1))
  const members = files.map((file, index) => ({
    name: `.${file.path}`,
    data: file.linkTarget ?? file.content ?? '',
    mode: file.mode ?? 0o100644,
    inode: index + 1,
  }))
  const path = join(place, `${name}.rpm`)
  writeFileSync(
    path,
    buildPackage({ files, payload: gzipSync(archive(...members), { level: 1 }), tags: { [RPMTAG.NAME.number]: string(name) } }),
  )
  return path
}

interface Answer {
  readonly programs: readonly {
    readonly error: string | null
    readonly bindings: readonly { readonly referrer: string; readonly symbol: string; readonly provider: string | null }[]
  }[]
}

async function expected(packages: readonly string[], ...options: readonly string[]): Promise<readonly string[] | 'refused'> {
  const words = ['--format', 'json', '--bind-now', '--symbols', '*', '--hwcaps', 'auto', ...packages.flatMap(file => ['--rpm', file])]
  const { out, err } = await command(['bindings', ...words, ...options, PROGRAM], { cwd: '/' })
  if (out === '') throw new Error(err)
  const { programs } = JSON.parse(out) as Answer
  if (programs.some(({ error }) => error !== null)) return 'refused'
  const bindings = programs.flatMap(program => program.bindings)
  const ours = bindings.filter(({ symbol, provider }) => SYMBOLS.includes(symbol) && provider !== null)
  return [...new Set(ours.map(({ referrer, symbol, provider }) => `${normalize(referrer)} ${symbol} ${normalize(provider ?? '')}`))].sort()
}

const isRoot = process.getuid?.() === 0
describeWithTools(
  isX86Linux ? ['gcc', 'ldconfig', 'chroot', ...(isRoot ? [] : ['rights of root'])] : ['x86-64 Linux'],
  'random packages',
  () => {
    beforeAll(compileParts)

    test.each(seeds)('installed by seed %i serve a program as ld.so says', async seed => {
      const place = join(folder, String(seed))
      const [empty, root] = [join(place, 'empty'), join(place, 'root')]
      const plans = planOf(new Chance(seed))
      base(empty)
      execFileSync('ldconfig', ['-r', empty], { stdio: 'ignore' })
      cpSync(empty, root, { recursive: true, verbatimSymlinks: true })
      for (const plan of plans) install(plan, root)
      execFileSync('ldconfig', ['-r', root], { stdio: 'ignore' })
      const { binds: bound, message } = startInRoot(root, { program: PROGRAM, binds: [] }, symbol => SYMBOLS.includes(symbol))
      const binds = /error while loading|symbol lookup error/.test(message) ? 'refused' : bound
      const packages = plans.map(plan => packageFile(plan, name => readFileSync(part(name)), place))
      const loader = packageFile(
        { name: 'glibc', parts: { [LOADER]: LOADER, [LIBRARY_C]: LIBRARY_C } },
        path => readFileSync(join(empty, path)),
        place,
      )
      const configuration = packageFile({ name: 'setup', texts: { '/etc/ld.so.conf': LOADER_CONFIGURATION } }, () => Buffer.alloc(0), place)
      expect(existsSync(join(empty, 'etc/ld.so.cache'))).toBe(true)
      expect({ seed, over: await expected(packages, '--root', empty) }).toEqual({ seed, over: binds })
      expect({ seed, alone: await expected([...packages, loader, configuration]) }).toEqual({ seed, alone: binds })
    })
  },
)
