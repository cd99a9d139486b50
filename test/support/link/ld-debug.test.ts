import { describe, expect, test } from '@jest/globals'
import { parseLoaderOutput } from './ld-debug.js'

const RUN = `     26831:\t
     26831:\tbinding file linux-vdso.so.1 [0] to linux-vdso.so.1 [0]: normal symbol \`__vdso_time' [LINUX_2.6]
     26831:\tInitial object scopes
     26831:\tobject=./app [0]
     26831:\t scope 0: ./app /t/libu.so /lib/libc.so.6 /lib64/ld-linux-x86-64.so.2
     26831:\t
     26831:\tobject=linux-vdso.so.1 [0]
     26831:\t scope 0: ./app /t/libu.so /lib/libc.so.6 /lib64/ld-linux-x86-64.so.2
     26831:\t scope 1: linux-vdso.so.1
     26831:\tbinding file /t/libu.so [0] to /lib/libc.so.6 [0]: normal symbol \`printf' [GLIBC_2.2.5]
     26831:\tbinding file /t/libu.so [0] to ./app [0]: normal symbol \`CRYPTO_lock'
     26831:\tbinding file /t/with space.so [0] to /t/libu.so [0]: protected symbol \`x'
`

describe('a run with LD_DEBUG=bindings,scopes', () => {
  const report = parseLoaderOutput('output of the program\n', RUN)

  test('reports the scope of the program, and no other object’s', () =>
    expect(report.scope).toEqual(['./app', '/t/libu.so', '/lib/libc.so.6', '/lib64/ld-linux-x86-64.so.2']))

  test('reports bindings with and without versions, and leaves the vdso out', () =>
    expect(report.bindings).toEqual([
      { referrer: '/t/libu.so', symbol: 'printf', version: 'GLIBC_2.2.5', provider: '/lib/libc.so.6' },
      { referrer: '/t/libu.so', symbol: 'CRYPTO_lock', version: null, provider: './app' },
      { referrer: '/t/with space.so', symbol: 'x', version: null, provider: '/t/libu.so' },
    ]))

  test('that went well reports neither undefined symbols nor refusals', () =>
    expect([report.undefinedSymbols, report.notFound, report.refusals]).toEqual([[], [], []]))
})

describe('a trace', () => {
  const report = parseLoaderOutput(
    '\tlinux-vdso.so.1 (0x00007f0bf11dd000)\n' +
      '\tlibu.so => /t/libu.so (0x00007f0bf11d0000)\n' +
      '\tlibgone.so => not found\n' +
      '\t/lib64/ld-linux-x86-64.so.2 (0x00007f0bf11df000)\n',
    '     20150:\t/t/libu.so: error: symbol lookup error: undefined symbol: CRYPTO_lock (continued)\n' +
      'undefined symbol: CRYPTO_lock\t(/t/libu.so)\n' +
      'undefined symbol: EVP_x, version OPENSSL_9\t(/t/libu.so)\n',
  )

  test('reports the files in the order of the list, and what was not found', () => {
    expect(report.scope).toEqual(['/t/libu.so', '/lib64/ld-linux-x86-64.so.2'])
    expect(report.notFound).toEqual(['libgone.so'])
  })

  test('reports each undefined symbol once, though the loader prints it twice', () =>
    expect(report.undefinedSymbols).toEqual([
      { referrer: '/t/libu.so', symbol: 'CRYPTO_lock', version: null },
      { referrer: '/t/libu.so', symbol: 'EVP_x', version: 'OPENSSL_9' },
    ]))

  test('of a static program is empty', () => expect(parseLoaderOutput('\tstatically linked\n', '').scope).toEqual([]))
})

describe('a refusal', () => {
  test.each([
    'app: error while loading shared libraries: libgone.so.1: cannot open shared object file: No such file or directory',
    "app: /t/libcrypto.so.3: version `OPENSSL_9' not found (required by /t/libssl.so.3)",
    'app: symbol lookup error: /t/libssl.so.3: undefined symbol: CRYPTO_lock, version OPENSSL_9',
    "Inconsistency detected by ld.so: dl-lookup.c: 107: check_match: Assertion `version->filename == NULL' failed!",
  ])('is reported in the loader’s words: %s', line => expect(parseLoaderOutput('', `${line}\n`).refusals).toEqual([line]))

  test.each([
    'app: /t/libcrypto.so.3: no version information available (required by /t/libssl.so.3)',
    "app: Relink `/t/a.so' with `/t/b.so' for IFUNC symbol `f'",
  ])('is not what starts all the same: %s', line => expect(parseLoaderOutput('', `${line}\n`).refusals).toEqual([]))
})
