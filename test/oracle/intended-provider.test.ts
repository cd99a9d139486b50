/**
 * Whose symbols a process gets, by ld.so, and whom `check --with` accuses: small processes of the shapes of public reports, built here, started with LD_DEBUG,
 * and checked as standalone files.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createEngine } from '../../lib/engine/engine.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

interface Shape {
  /** Shared libraries in the order of building: soname, source, libraries on the link line, version node of the exports. */
  readonly libraries: readonly {
    readonly soname: string
    readonly source: string
    readonly links?: readonly string[]
    readonly node?: string
  }[]
  readonly program: { readonly source: string; readonly links: readonly string[] }
  /** `REFERRER SYMBOL PROVIDER` of ld.so where the reference was made for another library, sorted. */
  readonly hijacked: readonly string[]
}

const defines = (...names: readonly string[]): string => names.map(name => `int ${name}(void) { return 1; }\n`).join('')
const calls = (own: string, ...names: readonly string[]): string =>
  `${names.map(name => `int ${name}(void);\n`).join('')}int ${own}(void) { return ${names.map(name => `${name}()`).join(' + ')}; }\n`
/** Functions that the library also refers to itself, through the loader. */
const leaks = (...names: readonly string[]): string =>
  `${defines(...names)}int (*leaked_${names.length}[])(void) = { ${names.join(', ')} };\n`
const OLD_CRYPTO = { soname: 'libcrypto.so.10', source: leaks('CRYPTO_lock', 'OPENSSL_ia32_cpuid'), node: 'OPENSSL_1.0.1' }
const CRYPTO = { soname: 'libcrypto.so.3', source: defines('CRYPTO_lock', 'EVP_sha1', 'BIO_new', 'EVP_md5'), node: 'OPENSSL_3.0.0' }

const SHAPES: Readonly<Record<string, Shape>> = {
  'a private copy under nodes of its own, required by its own program': {
    libraries: [
      { soname: 'libvendortls.so.1', source: defines('EVP_sha1', 'BIO_new'), node: 'VENDOR_1.0' },
      CRYPTO,
      { soname: 'libldap.so.2', source: calls('ldap_open', 'EVP_sha1'), links: ['libcrypto.so.3'] },
    ],
    program: { source: calls('main', 'EVP_sha1', 'BIO_new', 'ldap_open'), links: ['libvendortls.so.1', 'libldap.so.2'] },
    hijacked: [],
  },
  'two libraries of one process, each with its own symbols': {
    libraries: [
      { soname: 'libbad.so.1', source: defines('EVP_sha1', 'BIO_new', 'EVP_md5', 'bad') },
      CRYPTO,
      { soname: 'libone.so.1', source: calls('one', 'EVP_sha1'), links: ['libcrypto.so.3'] },
      { soname: 'libtwo.so.1', source: calls('two', 'BIO_new', 'EVP_md5'), links: ['libcrypto.so.3'] },
    ],
    program: { source: calls('main', 'bad', 'one', 'two'), links: ['libbad.so.1', 'libone.so.1', 'libtwo.so.1'] },
    hijacked: ['libone.so.1 EVP_sha1 libbad.so.1', 'libtwo.so.1 BIO_new libbad.so.1', 'libtwo.so.1 EVP_md5 libbad.so.1'],
  },
  'a program that was linked with a substitute, beside a library that was not': {
    libraries: [
      { soname: 'libclient.so.16', source: defines('CRYPTO_lock', 'BIO_new', 'client') },
      CRYPTO,
      { soname: 'libldap.so.2', source: calls('ldap_open', 'BIO_new'), links: ['libcrypto.so.3'] },
    ],
    program: { source: calls('main', 'CRYPTO_lock', 'client', 'ldap_open'), links: ['libclient.so.16', 'libldap.so.2'] },
    hijacked: ['libldap.so.2 BIO_new libclient.so.16'],
  },
  'an unversioned OpenSSL of another release, loaded first': {
    libraries: [
      { soname: 'libcrypto.so.6', source: defines('CRYPTO_lock', 'EVP_sha1', 'old') },
      CRYPTO,
      { soname: 'libldap.so.2', source: calls('ldap_open', 'EVP_sha1'), links: ['libcrypto.so.3'] },
    ],
    program: { source: calls('main', 'old', 'CRYPTO_lock', 'ldap_open'), links: ['libcrypto.so.6', 'libldap.so.2'] },
    hijacked: ['libldap.so.2 EVP_sha1 libcrypto.so.6'],
  },
  'assembler of a copy whose API is hidden, before a libcrypto that exports its own': {
    libraries: [{ soname: 'libmod.so.1', source: leaks('OPENSSL_ia32_cpuid', 'sha1_block_data_order') }, OLD_CRYPTO],
    program: { source: calls('main', 'CRYPTO_lock'), links: ['libmod.so.1', 'libcrypto.so.10'] },
    hijacked: ['libcrypto.so.10 OPENSSL_ia32_cpuid libmod.so.1'],
  },
  'the same copy behind that libcrypto': {
    libraries: [{ soname: 'libmod.so.1', source: leaks('OPENSSL_ia32_cpuid') }, OLD_CRYPTO],
    program: { source: calls('main', 'CRYPTO_lock'), links: ['libcrypto.so.10', 'libmod.so.1'] },
    hijacked: ['libmod.so.1 OPENSSL_ia32_cpuid libcrypto.so.10'],
  },
  'two copies that leak what no libcrypto exports': {
    libraries: [
      { soname: 'liba.so.1', source: leaks('ossl_rand_ctx_new', 'tls_free') },
      { soname: 'libb.so.1', source: leaks('ossl_rand_ctx_new', 'ossl_ctype_check', 'tls_free') },
    ],
    program: { source: 'int main(void) { return 0; }\n', links: ['liba.so.1', 'libb.so.1'] },
    hijacked: ['libb.so.1 ossl_rand_ctx_new liba.so.1'],
  },
}

describeWithTools(['gcc', '/lib64/ld-linux-x86-64.so.2'], 'a process of', () => {
  test.each(Object.entries(SHAPES))('%s', async (title, shape) => {
    const folder = built(title, shape)
    const ofLoader = bindingsOfLoader(folder)
    for (const expected of shape.hijacked) expect(ofLoader).toContain(expected)
    expect(await accusations(folder, shape)).toEqual(shape.hijacked)
  })
})

function built(title: string, { libraries, program }: Shape): string {
  const folder = scratchFolder('intended')
  mkdirSync(folder, { recursive: true })
  const gcc = (...words: readonly string[]): Buffer => execFileSync('gcc', ['-O1', '-fPIC', '-fno-builtin', ...words], { cwd: folder })
  for (const { soname, source, links = [], node } of libraries) {
    writeFileSync(join(folder, 'x.c'), source)
    writeFileSync(join(folder, 'x.map'), `${node ?? 'NONE'} { global: *; };\n`)
    const script = node === undefined ? [] : ['-Wl,--version-script=x.map']
    gcc('-shared', `-Wl,-soname,${soname}`, ...script, 'x.c', '-o', soname, ...links.map(link => `./${link}`))
  }
  writeFileSync(join(folder, 'main.c'), program.source)
  gcc('-Wl,--no-as-needed', '-Wl,-rpath-link,.', 'main.c', '-o', 'app', ...program.links.map(link => `./${link}`))
  expect(title).not.toBe('')
  return folder
}

/** `REFERRER SYMBOL PROVIDER` of every reference. */
function bindingsOfLoader(folder: string): string[] {
  const env = { LD_LIBRARY_PATH: folder, LD_DEBUG: 'bindings', LD_BIND_NOW: '1' }
  const { stderr } = spawnSync(join(folder, 'app'), { env, encoding: 'utf8' })
  const lines = [...stderr.matchAll(/binding file (\S+) \[0\] to (\S+) \[0\]: normal symbol `([^']+)'/g)]
  return lines.map(([, referrer = '', provider = '', symbol = '']) => `${basename(referrer)} ${symbol} ${basename(provider)}`)
}

/** The same of `hijacked-crypto-binding`. */
async function accusations(folder: string, { libraries }: Shape): Promise<string[]> {
  const files = [...libraries.map(({ soname }) => soname), 'app']
  const { report } = await createEngine({ directory: folder }).check(files, { with: [] })
  const findings = report.packages.flatMap(entry => (entry.outcome === 'checked' ? entry.findings : []))
  const bindings = findings
    .filter(({ rule }) => rule === 'hijacked-crypto-binding')
    .flatMap(
      ({ data }) =>
        data['bindings'] as readonly { readonly referrer: string; readonly provider: string; readonly symbols: readonly string[] }[],
    )
  const all = bindings.flatMap(({ referrer, provider, symbols }) =>
    symbols.map(symbol => `${basename(referrer)} ${symbol} ${basename(provider)}`),
  )
  return [...new Set(all)].sort()
}
