/**
 * Fixes that are printed, applied to offenders of real size: a library and programs with the whole static OpenSSL of the distribution (libssl-dev). Each result is
 * judged by ld.so, by readelf and by the command itself.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { command } from '../support/command.js'
import { describeWithTools, hasTool, scratchFolder } from '../support/tools.js'

const folder = scratchFolder('remedies')

const ARCHIVES = ['libssl.a', 'libcrypto.a'].map(name => `/usr/lib/x86_64-linux-gnu/${name}`)
const STATIC = ARCHIVES.join(' ')
const TOOLS = ['gcc', 'readelf', '/lib64/ld-linux-x86-64.so.2', ...(ARCHIVES.every(existsSync) ? [] : ['libssl-dev'])]

const SOURCES = {
  'own.c': `#include <openssl/ssl.h>
#include <openssl/evp.h>
int nassl_run(void) { EVP_MD_CTX *c = EVP_MD_CTX_new(); return EVP_DigestInit_ex(c, EVP_sha1(), 0) == 1 && SSL_CTX_new(TLS_method()) != 0; }
int nassl_other(void) { return 2; }
void *PyInit__nassl(void) { return nassl_run() ? (void *)"module" : 0; }
`,
  'plugin.c': '#include "own.c"\n',
  'user.c': `#include <openssl/ssl.h>
int nassl_run(void);
int main(void) { return !(nassl_run() && SSL_CTX_new(TLS_method()) != 0); }
`,
  'host.c': `#include <dlfcn.h>
#include <openssl/ssl.h>
int main(int c, char **v) { void *h = dlopen(v[1], RTLD_NOW); void *(*f)(void) = h ? (void *(*)(void))dlsym(h, v[2]) : 0; return !(f && f() && SSL_CTX_new(TLS_method())); }
`,
  // A library on the link line of a program with a copy: linked with libssl, and not.
  'curl.c': '#include <openssl/ssl.h>\nint curl_run(void) { return SSL_CTX_new(TLS_client_method()) != 0; }\n',
  // A program with a copy, an API for plugins, and a plugin that uses both.
  'program.c': `#include <dlfcn.h>
#include <openssl/ssl.h>
#ifndef curl_run
int curl_run(void);
#endif
int program_api(void) { return 7; }
int program_other(void) { return 8; }
int main(int c, char **v) {
  void *h = c > 1 ? dlopen(v[1], RTLD_NOW) : 0;
  int (*f)(void) = h ? (int (*)(void))dlsym(h, "go") : 0;
  return !(curl_run() && SSL_CTX_new(TLS_method()) && (c == 1 || (f && f() == 7)));
}
`,
  'bare.c': '#define curl_run() 1\n#include "program.c"\n',
  'addon.c': '#include <openssl/ssl.h>\nint program_api(void);\nint go(void) { return SSL_CTX_new(TLS_method()) ? program_api() : 0; }\n',
  'CMakeLists.txt': `cmake_minimum_required(VERSION 3.13)
project(nassl C)
add_library(nassl SHARED own.c)
set_target_properties(nassl PROPERTIES SOVERSION 1)
target_link_libraries(nassl ${STATIC})
target_link_options(nassl PRIVATE "LINKER:--version-script=\${CMAKE_CURRENT_SOURCE_DIR}/NAME.map")
`,
  'meson.build': `project('nassl', 'c')
shared_library('nassl', 'own.c', soversion: '1', link_args: ['-Wl,--version-script=' + meson.current_source_dir() / 'NAME.map', ${ARCHIVES.map(path => `'${path}'`).join(', ')}], link_depends: 'NAME.map')
`,
  'Makefile.am': `lib_LTLIBRARIES = libnassl.la
libnassl_la_SOURCES = own.c
libnassl_la_LIBADD = -l:libssl.a -l:libcrypto.a
libnassl_la_LDFLAGS = -version-info 1:0:0 -Wl,--version-script=$(srcdir)/NAME.map
`,
  'configure.ac':
    'AC_INIT([nassl], [1])\nAM_INIT_AUTOMAKE([foreign])\nAC_PROG_CC\nAM_PROG_AR\nLT_INIT([disable-static])\nAC_CONFIG_FILES([Makefile])\nAC_OUTPUT\n',
} as const

const LINK = `gcc -w -shared -fPIC own.c ${STATIC} -Wl,-soname,libnassl.so.1 -o libnassl.so.1`

describeWithTools(TOOLS, 'a library with the whole of OpenSSL', () => {
  let script = ''

  beforeAll(async () => {
    for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(folder, name), text)
    sh(LINK)
    // Linked when the library was harmless, so that its references carry OpenSSL's versions; the library comes first in the load order.
    sh(`mkdir harmless && echo 'int nassl_run(void) { return 1; }' | gcc -shared -fPIC -x c - -Wl,-soname,libnassl.so.1 -o harmless/libnassl.so.1
      gcc -w user.c -Wl,--no-as-needed harmless/libnassl.so.1 -lssl -lcrypto -o user
      gcc -w user.c ./libnassl.so.1 -Wl,--as-needed -lssl -lcrypto -o late-user
      gcc -w host.c -lssl -lcrypto -ldl -o host`)
    script = await scriptFor('libnassl.so.1', '--with', 'user')
    writeFileSync(join(folder, 'NAME.map'), script)
  }, 60_000)

  test('has its functions taken by libssl and libcrypto, and a report of one screen', async () => {
    expect(exportsOf('libnassl.so.1').length).toBeGreaterThan(5000)
    expect(boundTo('libnassl.so.1', './user').length).toBeGreaterThan(1000)
    const { status, out } = await check('libnassl.so.1')
    expect(status).toBe(1)
    expect(out.split('\n').length).toBeLessThanOrEqual(24)
  }, 30_000)

  test('gets a script of its own symbols, or of those that are used', async () => {
    expect(await scriptFor('libnassl.so.1')).toBe('{ global: PyInit__nassl; nassl_other; nassl_run; local: *; };')
    expect(script).toBe('{ global: nassl_run; local: *; };')
  })

  const ways: readonly (readonly [string, readonly string[], string])[] = [
    ['GNU ld', [], `${LINK} -Wl,--version-script=NAME.map`],
    ['gold', ['ld.gold'], `${LINK} -fuse-ld=gold -Wl,--version-script=NAME.map`],
    ['lld', ['ld.lld'], `${LINK} -fuse-ld=lld -Wl,--version-script=NAME.map`],
    ['CMake', ['cmake'], 'cmake -S . -B cmake && cmake --build cmake && cp cmake/libnassl.so.1 .'],
    ['Meson', ['meson', 'ninja'], 'meson setup meson && ninja -C meson && cp meson/libnassl.so.1 .'],
    ['Automake', ['automake', 'libtoolize'], 'autoreconf -i && ./configure && make && cp .libs/libnassl.so.1 .'],
    ['libtool', ['libtool'], libtool('-Wl,--version-script=NAME.map')],
    ['libtool’s own script', ['libtool'], libtool('-export-symbols-regex ^nassl_run')],
  ]
  for (const [way, tools] of ways.filter(([, needed]) => !needed.every(hasTool)))
    test.skip(`is harmless if ${way} is given the script (${tools.join(' or ')} is missing)`, () => undefined)

  test.each(ways.filter(([, tools]) => tools.every(hasTool)))(
    'is harmless if %s is given the script',
    async (_way, _tools, build) => {
      sh(`rm -f libnassl.so.1 && { ${build}; } >log 2>&1`)
      expect(exportsOf('libnassl.so.1')).toEqual(['nassl_run'])
      expect(run('./user').status).toBe(0)
      expect(boundTo('libnassl.so.1', './user')).toEqual(['nassl_run'])
      expect(await rulesIn('libnassl.so.1', '--with', 'user')).toEqual(['bundled-openssl'])
    },
    60_000,
  )

  test('is harmless with --exclude-libs, and linked with the system’s OpenSSL', async () => {
    for (const build of [`${LINK} -Wl,--exclude-libs,ALL`, LINK.replace(STATIC, '-lssl -lcrypto')]) {
      sh(build)
      expect(exportsOf('libnassl.so.1')).toEqual(['PyInit__nassl', 'nassl_other', 'nassl_run'])
      expect(run('./user').status).toBe(0)
      expect(boundTo('libnassl.so.1', './user')).toEqual(['nassl_run'])
    }
    expect(await rulesIn('libnassl.so.1')).toEqual([])
  }, 30_000)

  test('is not clean while its internals are exported', async () => {
    sh(
      `echo '{ global: *; local: ASN1_*; BIO_*; BN_*; CRYPTO_*; EC_*; EVP_*; PEM_*; RSA_*; SSL_*; X509*; };' >part.map && ${LINK} -Wl,--version-script=part.map`,
    )
    expect(await rulesIn('libnassl.so.1')).toContain('unversioned-crypto-export')
    const internals = exportsOf('libnassl.so.1').filter(name => /^ossl_[a-r]/.test(name))
    expect(internals.length).toBeGreaterThan(500)
    writeFileSync(join(folder, 'internals.map'), `{ global: nassl_*; ${internals.join('; ')}; local: *; };`)
    sh(`${LINK} -Wl,--version-script=internals.map`)
    expect(await rulesIn('libnassl.so.1')).toContain('leaked-openssl-internals')
  }, 30_000)

  test('keeps its nodes', async () => {
    const symvers = 'void old(void) {}\\n__asm__(".symver old,nassl_old@V_1");\\n'
    sh(`printf '#include "own.c"\\n${symvers}' >versioned.c
      echo 'V_1 { global: nassl_run; }; V_2 { global: nassl_other; } V_1;' >nodes.map`)
    const link = `${LINK.replace('own.c', 'versioned.c')} -Wl,--version-script=`
    sh(`${link}nodes.map
      mkdir nodes && echo 'int nassl_run(void) { return 1; }' | gcc -shared -fPIC -x c - -Wl,-soname,libnassl.so.1 -Wl,--version-script=nodes.map -o nodes/libnassl.so.1
      gcc -w user.c -Wl,--no-as-needed nodes/libnassl.so.1 -lssl -lcrypto -o versioned-user`)
    const suggested = await scriptFor('libnassl.so.1')
    expect(suggested).toBe('V_1 { global: PyInit__nassl; nassl_old; nassl_run; old; local: *; }; V_2 { global: nassl_other; };')
    writeFileSync(join(folder, 'kept.map'), suggested)
    sh(`${link}kept.map`)
    expect(run('./versioned-user').status).toBe(0)
    expect(boundTo('libnassl.so.1', './versioned-user')).toEqual(['nassl_run'])
    expect(await rulesIn('libnassl.so.1')).toEqual(['bundled-openssl'])
  }, 30_000)

  test('names programs that were linked with it, and count on it for OpenSSL: they cannot start any more', async () => {
    sh(LINK)
    expect((await check('libnassl.so.1', '--with', 'late-user')).out).toContain('fix: First link late-user with -lssl -lcrypto')
    expect((await check('libnassl.so.1', '--with', 'user')).out).not.toContain('First link')
    sh(`${LINK} -Wl,--version-script=NAME.map`)
    expect(run('./late-user').stderr).toContain('undefined symbol: ')
    sh('gcc -w user.c ./libnassl.so.1 -lssl -lcrypto -o late-user')
    expect(run('./late-user').status).toBe(0)
  }, 30_000)

  test('exports its entry point alone if it is a plugin', async () => {
    const link = `gcc -w -shared -fPIC plugin.c ${STATIC} -o _nassl.so`
    sh(link)
    writeFileSync(join(folder, 'entry.map'), await scriptFor('_nassl.so'))
    sh(`${link} -Wl,--version-script=entry.map`)
    expect(exportsOf('_nassl.so')).toEqual(['PyInit__nassl'])
    expect(run('./host', './_nassl.so', 'PyInit__nassl').status).toBe(0)
    expect(boundTo('_nassl.so', './host', './_nassl.so', 'PyInit__nassl')).toEqual([])
    expect(await rulesIn('_nassl.so')).toEqual(['bundled-openssl'])
  }, 30_000)

  test('exports assembler in spite of -fvisibility=hidden', async () => {
    sh(`printf '.globl OPENSSL_ia32_cpuid\\n.type OPENSSL_ia32_cpuid,@function\\nOPENSSL_ia32_cpuid: ret\\n' >asm.s
      echo 'int SHA1_Update(void) { return 1; } __attribute__((visibility("default"))) int my_f(void) { return SHA1_Update(); }' >c.c
      gcc -w -fPIC -fvisibility=hidden -shared c.c asm.s -o libasm.so`)
    expect(exportsOf('libasm.so')).toEqual(['OPENSSL_ia32_cpuid', 'my_f'])
    expect(await rulesIn('libasm.so')).toEqual(['leaked-openssl-internals'])
  })
})

describeWithTools(TOOLS, 'a program with the whole of OpenSSL', () => {
  const link = (library: string, flags: string, linker = 'bfd'): string =>
    `gcc -w program.c ./${library} ${STATIC} -ldl -fuse-ld=${linker} ${flags} -o program`
  const linkers = ['bfd', 'gold', 'lld'].filter(linker => hasTool(`ld.${linker}`))

  beforeAll(() => {
    for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(folder, name), text)
    sh(`gcc -w -shared -fPIC curl.c -lssl -lcrypto -Wl,-soname,libcurl.so.4 -o libcurl.so.4
      gcc -w -shared -fPIC curl.c -Wl,-soname,libunlinked.so.4 -o libunlinked.so.4
      gcc -w -shared -fPIC addon.c -lssl -lcrypto -o addon.so`)
  }, 30_000)

  test('is the provider of its libraries’ OpenSSL', async () => {
    sh(link('libcurl.so.4', ''))
    expect(exportsOf('program').length).toBeGreaterThan(4000)
    expect(boundTo('program', './program').length).toBeGreaterThan(1000)
    expect(await scriptFor('program')).toBe('{ local: *; };')
  }, 30_000)

  test('takes what its plugins and their libraries refer to, as we say', async () => {
    sh(`gcc -w -rdynamic bare.c ${STATIC} -ldl -o bare`)
    const system = ['libcrypto.so.3', 'libssl.so.3'].map(name => `/usr/lib/x86_64-linux-gnu/${name}`)
    const found = await reported('addon.so', ...system, '--with', 'bare')
    const bindings = found.filter(({ rule }) => rule === 'hijacked-crypto-binding').flatMap(({ data }) => data.bindings ?? [])
    expect(new Set(bindings.map(({ host }) => host))).toEqual(new Set(['/bare']))
    const symbols = [...new Set(bindings.flatMap(each => each.symbols))].sort()
    expect(symbols).toEqual(boundTo('bare', './bare', './addon.so').filter(name => name !== 'program_api'))
    expect(symbols.length).toBeGreaterThan(2000)
  }, 30_000)

  test.each(linkers)(
    'exports nothing with the script, linked by %s',
    async linker => {
      sh(`echo '{ local: *; };' >program.map && ${link('libcurl.so.4', '-Wl,--version-script=program.map', linker)}`)
      expect(exportsOf('program')).toEqual([])
      expect(run('./program').status).toBe(0)
      expect(boundTo('program', './program')).toEqual([])
      expect(await rulesIn('program', '--with', 'libcurl.so.4')).not.toContain('hijacked-crypto-binding')
    },
    30_000,
  )

  test.each(linkers)(
    'exports its API alone with the script for plugins, linked by %s',
    async linker => {
      sh(link('libcurl.so.4', '-rdynamic', linker))
      expect(boundTo('program', './program', './addon.so').length).toBeGreaterThan(1000)
      expect(await scriptFor('program')).toBe('{ global: program_api; program_other; local: *; };')
      const script = await scriptFor('program', '--with', 'addon.so', '--with', 'libcurl.so.4')
      expect(script).toBe('{ global: program_api; local: *; };')
      writeFileSync(join(folder, 'api.map'), script)
      for (const flags of ['-rdynamic', '-Wl,--dynamic-list=api.list']) {
        sh(`echo '{ program_api; };' >api.list && ${link('libcurl.so.4', `${flags} -Wl,--version-script=api.map`, linker)}`)
        expect(exportsOf('program')).toEqual(['program_api'])
        expect(run('./program', './addon.so').status).toBe(0)
        expect(boundTo('program', './program', './addon.so')).toEqual(['program_api'])
        expect(await rulesIn('program', '--with', 'addon.so', '--with', 'libcurl.so.4')).toEqual(['bundled-openssl'])
      }
    },
    60_000,
  )

  test.each(linkers)(
    'exports its API beside --exclude-libs too, and nothing that a script hides, linked by %s',
    linker => {
      sh(link('libcurl.so.4', '-rdynamic -Wl,--exclude-libs,ALL', linker))
      expect(exportsOf('program').filter(name => /^[A-Z]/.test(name))).toEqual([])
      expect(exportsOf('program')).toEqual(expect.arrayContaining(['program_api', 'program_other']))
      sh(
        `echo '{ program_api; };' >api.list && ${link('libcurl.so.4', '-Wl,--dynamic-list=api.list -Wl,--version-script=program.map', linker)}`,
      )
      expect(exportsOf('program')).toEqual([])
    },
    30_000,
  )

  test('cannot hide what a library on the link line takes: that has to be linked first', async () => {
    sh(link('libunlinked.so.4', ''))
    const { out } = await check('program', '--with', 'libunlinked.so.4')
    expect(out.replace(/\s+/g, ' ')).toMatch(/fix: First link \S*libunlinked\.so\.4 with -lssl -lcrypto/)
    const hidden = '-Wl,--version-script=program.map'
    expect(spawnSync('sh', ['-c', link('libunlinked.so.4', hidden)], { cwd: folder, encoding: 'utf8' }).stderr).toContain(
      'is referenced by DSO',
    )
    for (const linker of linkers.filter(each => each !== 'bfd')) {
      sh(link('libunlinked.so.4', hidden, linker))
      expect(run('./program').stderr).toContain('undefined symbol')
    }
    sh(`gcc -w -shared -fPIC curl.c -lssl -lcrypto -Wl,-soname,libunlinked.so.4 -o libunlinked.so.4 && ${link('libunlinked.so.4', hidden)}`)
    expect(run('./program').status).toBe(0)
    expect(boundTo('program', './program')).toEqual([])
  }, 30_000)
})

describeWithTools(TOOLS, 'an archive with the whole of OpenSSL', () => {
  const library =
    'echo "int nassl_run(void); int my_f(void) { return nassl_run(); }" >my.c && gcc -w -shared -fPIC my.c liball.a -o libmy.so'

  beforeAll(() => {
    for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(folder, name), text)
    sh(`gcc -w -fPIC -c own.c && ld -r -o all.o own.o --start-group ${STATIC} --end-group && ar rcs liball.a all.o`)
  }, 30_000)

  test('puts it into whatever is linked with it', async () => {
    sh('mkdir -p root/usr/lib && cp liball.a root/usr/lib')
    expect(await rulesIn('--root', 'root')).toEqual(['crypto-export-from-archive'])
    sh(library)
    expect(exportsOf('libmy.so').length).toBeGreaterThan(5000)
  }, 30_000)

  test('is harmless once its members are combined and localised', async () => {
    sh(`objcopy --keep-global-symbol=nassl_run all.o && rm liball.a && ar rcs liball.a all.o && ${library}`)
    expect(exportsOf('libmy.so')).toEqual(['my_f', 'nassl_run'])
    sh('cp liball.a root/usr/lib')
    expect(await rulesIn('--root', 'root')).toEqual([])
  }, 30_000)
})

describeWithTools(TOOLS, 'a library that links no OpenSSL', () => {
  test('cannot be linked with -z defs, and is bound to the system’s library with it', async () => {
    for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(folder, name), text)
    const link = 'gcc -w -shared -fPIC curl.c -o libalone.so'
    sh(link)
    expect(await rulesIn('libalone.so')).toEqual(['unlinked-crypto-import'])
    expect(spawnSync('sh', ['-c', `${link} -Wl,-z,defs`], { cwd: folder }).status).not.toBe(0)
    sh(`${link} -lssl -lcrypto -Wl,-z,defs`)
    expect(await rulesIn('libalone.so')).toEqual([])
  })
})

describe('two libraries with the whole of OpenSSL', () => {
  if (!TOOLS.every(hasTool) || !ARCHIVES.every(existsSync)) test.skip('need the static archives of libssl-dev', () => undefined)
  else
    test('do not meet in one process once both have their scripts', async () => {
      const build = (name: string, flags: string): void =>
        sh(`printf '#include "own.c"\\nint ${name}_run(void) { return nassl_run(); }\\n' >${name}.c
          gcc -w -Dnassl_run=${name}_inner -Dnassl_other=${name}_other -DPyInit__nassl=${name}_unused -shared -fPIC ${name}.c ${STATIC} ${flags} -Wl,-soname,lib${name}.so -o lib${name}.so`)
      for (const name of ['one', 'two']) build(name, '')
      sh(
        `echo 'int one_run(void), two_run(void); int main(void) { return !(one_run() && two_run()); }' >both.c && gcc both.c ./libone.so ./libtwo.so -o both`,
      )
      expect(boundTo('libone.so', './both').length).toBeGreaterThan(1000)
      for (const name of ['one', 'two']) {
        writeFileSync(join(folder, `${name}.map`), await scriptFor(`lib${name}.so`, '--with', 'both'))
        build(name, `-Wl,--version-script=${name}.map`)
      }
      expect(run('./both').status).toBe(0)
      expect(boundTo('libone.so', './both')).toEqual(['one_run'])
      expect(boundTo('libtwo.so', './both')).toEqual(['two_run'])
    }, 60_000)
})

function libtool(flags: string): string {
  const archives = ARCHIVES.map(path => `-Wl,${path}`).join(' ')
  return `libtool --tag=CC --mode=compile gcc -w -c own.c && libtool --tag=CC --mode=link gcc -o libnassl.la own.lo -rpath /usr/lib -version-info 1:0:0 ${archives} ${flags} && cp .libs/libnassl.so.1 .`
}

function sh(script: string): void {
  execFileSync('sh', ['-ec', script], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
}

function run(program: string, ...args: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(program, args, { cwd: folder, env: { LD_LIBRARY_PATH: folder, LD_BIND_NOW: '1' }, encoding: 'utf8' })
}

/** Symbols that other objects of the process bind to a file, as ld.so says. */
function boundTo(file: string, program: string, ...args: readonly string[]): string[] {
  const env = { LD_LIBRARY_PATH: folder, LD_BIND_NOW: '1', LD_DEBUG: 'bindings' }
  const { stderr } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 28 })
  const bindings = [...stderr.matchAll(/binding file (\S+) \[0\] to (\S+) \[0\]: normal symbol `([^']+)'/g)]
  const isFile = (path = ''): boolean => path.slice(path.lastIndexOf('/') + 1) === file
  return [...new Set(bindings.filter(([, from, to]) => isFile(to) && !isFile(from)).map(([, , , name = '']) => name))].sort()
}

/** Defined symbols, without versions and the symbols that denote them. */
function exportsOf(file: string): string[] {
  const table = execFileSync('readelf', ['-W', '--dyn-syms', join(folder, file)], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const rows = table.split('\n').map(line => line.trim().split(/\s+/))
  const defined = rows.filter(([, , , , binding, , section]) => binding !== undefined && binding !== 'LOCAL' && /^\d+$/.test(section ?? ''))
  return [...new Set(defined.map(row => (row[7] ?? '').replace(/@.*/, '')))].sort()
}

function check(...args: readonly string[]): ReturnType<typeof command> {
  return command(['check', '--no-config', ...args], { cwd: folder })
}

interface Reported {
  readonly rule: string
  readonly data: {
    readonly versionScript?: string
    readonly bindings?: readonly { readonly host?: string; readonly symbols: readonly string[] }[]
  }
}

async function reported(...args: readonly string[]): Promise<Reported[]> {
  const { out } = await check(...args, '--format', 'json')
  const { packages } = JSON.parse(out) as { packages: { findings: Reported[] }[] }
  return packages.flatMap(({ findings }) => findings)
}

async function rulesIn(...args: readonly string[]): Promise<string[]> {
  return [...new Set((await reported(...args)).map(({ rule }) => rule))]
}

async function scriptFor(...args: readonly string[]): Promise<string> {
  return (await reported(...args)).find(({ data }) => data.versionScript !== undefined)?.data.versionScript ?? ''
}
