/** What fixes the library of 2012 and what does not: each attempt built by gcc, packaged by rpmbuild, started by ld.so and checked together. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import type { PackageFacts } from '../../lib/facts/model.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { interpositionsAmong } from '../../lib/interposition/installable-sets.js'
import { factsWithLinks } from '../support/engine.js'
import { listed, withIds } from '../support/installed.js'
import { rpmbuild } from '../support/rpmbuild.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const folder = scratchFolder('fixes')

const SOURCES = {
  'crypto.c': 'int CRYPTO_num_locks(void) { return 41; }\nint CRYPTO_mem_ctrl(int m) { return m; }\n',
  'ssl.c': 'int CRYPTO_num_locks(void);\nint SSL_do(void) { return CRYPTO_num_locks(); }\n',
  'smtp.c':
    'int SSL_do(void), CRYPTO_mem_ctrl(int), mysql_info(void);\n' +
    'int main(void) { mysql_info(); return !(SSL_do() == 41 && CRYPTO_mem_ctrl(7) == 7); }\n',
  'mysql.c': 'int CRYPTO_mem_ctrl(int);\nint mysql_info(void) { return CRYPTO_mem_ctrl(3); }\n',
  'stubs.c': 'int CRYPTO_num_locks(void) { return 0; }\nint CRYPTO_mem_ctrl(int m) { return 0; }\n',
  'stubs-weak.c':
    '__attribute__((weak)) int CRYPTO_num_locks(void) { return 0; }\n__attribute__((weak)) int CRYPTO_mem_ctrl(int m) { return 0; }\n',
  'local.map': '{ global: mysql_*; local: *; };',
  'node-local.map': 'MYSQL_16 { global: mysql_*; local: *; };',
  'node.map': 'MYSQL_16 { global: mysql_*; };',
  'same.map': 'libcrypto.so.10 { global: *; };',
  list: '{ mysql_*; };',
  renames: 'CRYPTO_num_locks ya_num_locks\nCRYPTO_mem_ctrl ya_mem_ctrl\n',
} as const

const LINK = 'gcc -w -O1 -fPIC -shared -Wl,-soname,libmysqlclient.so.16 -o libmysqlclient.so.16'

/** The two sides: a libcrypto without versions, and one with. The program needs the client library first. */
const GENUINE = { plain: '', versioned: '-Wl,--default-symver' } as const

interface Try {
  readonly title: string
  /** Ends in a libmysqlclient.so.16. */
  readonly script: string
  readonly genuine?: keyof typeof GENUINE
  readonly helps: boolean
}

const TRIES: readonly Try[] = [
  { title: 'nothing', script: `${LINK} mysql.c stubs.c`, helps: false },
  { title: 'a version script with local: *', script: `${LINK} mysql.c stubs.c -Wl,--version-script=local.map`, helps: true },
  { title: 'a node with local: *', script: `${LINK} mysql.c stubs.c -Wl,--version-script=node-local.map`, helps: true },
  { title: 'a node without local: *', script: `${LINK} mysql.c stubs.c -Wl,--version-script=node.map`, helps: false },
  {
    title: '--exclude-libs over an archive',
    script: `gcc -w -fPIC -c stubs.c && ar rcs libya.a stubs.o && ${LINK} mysql.c libya.a -Wl,--exclude-libs,ALL`,
    helps: true,
  },
  {
    title: '--exclude-libs over object files',
    script: `gcc -w -fPIC -c stubs.c && ${LINK} mysql.c stubs.o -Wl,--exclude-libs,ALL`,
    helps: false,
  },
  {
    title: 'hidden visibility of the copy',
    script: `gcc -w -fPIC -fvisibility=hidden -c stubs.c && ${LINK} mysql.c stubs.o`,
    helps: true,
  },
  {
    title: 'protected visibility of the copy',
    script: `gcc -w -fPIC -fvisibility=protected -c stubs.c && ${LINK} mysql.c stubs.o`,
    helps: false,
  },
  {
    title: 'other names on both sides',
    script: `gcc -w -fPIC -c mysql.c stubs.c && for o in mysql stubs; do objcopy --redefine-syms=renames $o.o; done && ${LINK} mysql.o stubs.o`,
    helps: true,
  },
  { title: 'versions of libcrypto', script: `${LINK} mysql.c stubs.c`, genuine: 'versioned', helps: false },
  { title: 'versions of both', script: `${LINK} mysql.c stubs.c -Wl,--default-symver`, genuine: 'versioned', helps: true },
  { title: 'versions of the copy', script: `${LINK} mysql.c stubs.c -Wl,--default-symver`, helps: false },
  { title: 'libcrypto’s own version', script: `${LINK} mysql.c stubs.c -Wl,--version-script=same.map`, genuine: 'versioned', helps: false },
  { title: '-Bsymbolic', script: `${LINK} mysql.c stubs.c -Wl,-Bsymbolic`, helps: false },
  { title: 'strip', script: `${LINK} mysql.c stubs.c && strip libmysqlclient.so.16`, helps: false },
  { title: 'weak symbols', script: `${LINK} mysql.c stubs-weak.c`, helps: false },
  { title: 'a dynamic list', script: `${LINK} mysql.c stubs.c -Wl,--dynamic-list=list`, helps: false },
  { title: 'the system’s libcrypto instead of the copy', script: `${LINK} mysql.c GENUINE/libcrypto.so.10`, helps: true },
]

describeWithTools(['gcc', 'rpmbuild', 'rpm', 'cpio', '/lib64/ld-linux-x86-64.so.2'], 'a mailer beside a client library', () => {
  const victims = new Map<string, readonly string[]>()

  beforeAll(() => {
    for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(folder, name), text)
    for (const [name, flags] of Object.entries(GENUINE)) victims.set(name, victimPackages(name, flags))
  }, 60_000)

  test.each(TRIES)(
    '$title: does it help? $helps',
    async ({ title, script, genuine = 'plain', helps }) => {
      sh(script.replace('GENUINE', genuine))
      const client = packageOf('mysql-libs', title, { '/usr/lib64/libmysqlclient.so.16': 'libmysqlclient.so.16' })
      const packages = [client, ...victims.get(genuine)!]
      const { status, bound } = started(rootOf(title, packages))
      expect(status === 0).toBe(helps)
      expect(await hijackedNames(packages)).toEqual(bound)
      expect(bound).toEqual(helps ? [] : ['CRYPTO_mem_ctrl', 'CRYPTO_num_locks'])
    },
    60_000,
  )
})

function sh(script: string): void {
  execFileSync('sh', ['-ec', script], { cwd: folder })
}

/** The references get their versions from libcrypto; of the client library the program knows mysql_info alone. */
function victimPackages(name: string, flags: string): string[] {
  sh(`mkdir -p ${name}
    gcc -w -O1 -fPIC -shared -Wl,-soname,libcrypto.so.10 ${flags} -o ${name}/libcrypto.so.10 crypto.c
    gcc -w -O1 -fPIC -shared -Wl,-soname,libssl.so.10 -o ${name}/libssl.so.10 ssl.c ${name}/libcrypto.so.10
    echo 'int mysql_info(void) { return 0; }' >empty.c
    gcc -w -fPIC -shared -Wl,-soname,libmysqlclient.so.16 -o ${name}/libempty.so empty.c
    gcc -w -O1 -o ${name}/smtp smtp.c -Wl,--no-as-needed ${name}/libempty.so ${name}/libssl.so.10 ${name}/libcrypto.so.10`)
  const libraries = ['libcrypto.so.10', 'libssl.so.10'].map(library => [`/usr/lib64/${library}`, `${name}/${library}`])
  return [
    packageOf('openssl-libs', `openssl ${name}`, Object.fromEntries(libraries)),
    packageOf('mailer', `mailer ${name}`, { '/usr/libexec/smtp': `${name}/smtp` }),
  ]
}

/** Returns the path of the package; `files` are what is installed where. */
function packageOf(name: string, build: string, files: Readonly<Record<string, string>>): string {
  const top = join(folder, build.replace(/\W+/g, '-'))
  mkdirSync(top)
  const installs = Object.entries(files).map(([path, from]) => `install -D ${join(folder, from)} %{buildroot}${path}`)
  const spec = `Name: ${name}
Version: 1
Release: 1
Summary: x
License: MIT
AutoReqProv: no
%global debug_package %{nil}
%global __os_install_post %{nil}
%description
x
%install
${installs.join('\n')}
%files
${Object.keys(files).join('\n')}
`
  const { log, packages } = rpmbuild(top, spec, { load: [], args: ['--target', 'x86_64'] })
  if (packages.length !== 1) throw new Error(log)
  return packages[0]!
}

function rootOf(title: string, packages: readonly string[]): string {
  const root = join(folder, `root-${title.replace(/\W+/g, '-')}`)
  mkdirSync(root)
  for (const path of packages) execFileSync('cpio', ['-id', '--quiet'], { cwd: root, input: execFileSync('rpm2cpio', [path]) })
  return root
}

/** The result, and the OpenSSL symbols that the mailer and libssl bind to the client library. */
function started(root: string): { status: number | null; bound: readonly string[] } {
  const start = (env: Readonly<Record<string, string>>) =>
    spawnSync('/lib64/ld-linux-x86-64.so.2', ['--library-path', 'usr/lib64', 'usr/libexec/smtp'], { cwd: root, env, encoding: 'utf8' })
  const { stderr } = start({ LD_BIND_NOW: '1', LD_DEBUG: 'bindings' })
  const lines = stderr.matchAll(/binding file \S*\/(?:smtp|libssl\S*) \[0\] to \S*libmysqlclient\S* \[0\]: normal symbol `(CRYPTO_\w+)'/g)
  return { status: start({}).status, bound: [...new Set([...lines].map(([, name = '']) => name))].sort() }
}

async function hijackedNames(packages: readonly string[]): Promise<string[]> {
  const facts: PackageFacts[] = await Promise.all(packages.map(factsWithLinks))
  const [checked, ...context] = withIds(facts)
  const found = listed(interpositionsAmong([checked!], context, new Catalogue(), DEFAULT_SETTINGS.genuine))
  const names = found.flatMap(({ interposition: { kind, symbols } }) => (kind === 'hijacked' ? symbols : []))
  return [...new Set(names)].sort()
}
