import { describe, expect, test } from '@jest/globals'
import type { PackageFacts } from '../../lib/facts/model.js'
import { packageOf } from '../../lib/testing.js'
import { at, CLIENT_FIRST, CRYPTO_FIRST, client, crypto, found, LIB, mailer, program } from '../support/mail-packages.js'

/** The genuine library, whose function is called inside it too. */
const callingItself = at(`${LIB}/libcrypto.so.10`, {
  soname: 'libcrypto.so.10',
  defines: ['CRYPTO_lock@@libcrypto.so.10'],
  calls: ['CRYPTO_lock@libcrypto.so.10'],
})

describe('a reference is hijacked', () => {
  test('if an unversioned definition comes before the genuine one', () =>
    expect(found([client()], [mailer(CLIENT_FIRST), crypto])).toEqual([
      {
        of: '/usr/lib64/libclient.so.1',
        interposition: {
          kind: 'hijacked',
          concerns: 'provider',
          start: {
            root: { path: '/usr/libexec/smtp', package: 'mailer-1-1.x86_64' },
            isPlugin: false,
            processor: null,
            order: ['/usr/libexec/smtp', '/usr/lib64/libclient.so.1', '/usr/lib64/libcrypto.so.10'],
          },
          referrer: { path: '/usr/libexec/smtp', package: 'mailer-1-1.x86_64' },
          provider: { path: '/usr/lib64/libclient.so.1', package: 'client-1-1.x86_64' },
          intended: { path: '/usr/lib64/libcrypto.so.10', package: 'openssl-libs-1-1.x86_64' },
          symbols: ['CRYPTO_lock'],
        },
      },
    ]))

  test('in libraries that only need each other, of which one is started', () => {
    const pair = (name: string, other: string, link: object = {}) =>
      at(`${LIB}/lib${name}.so`, { soname: `lib${name}.so`, needed: [`lib${other}.so`, 'libcrypto.so.10'], ...link })
    const copy = pair('a', 'b', { defines: ['CRYPTO_lock'] })
    const user = pair('b', 'a', { calls: ['CRYPTO_lock@libcrypto.so.10'] })
    const plugins = packageOf({ name: 'plugins', objects: [copy, user] })
    expect(found([plugins], [crypto])).toMatchObject([
      { of: `${LIB}/liba.so`, interposition: { start: { isPlugin: true }, referrer: { path: `${LIB}/libb.so` } } },
    ])
  })

  test('in a library as well as in the program, including the genuine library', () => {
    const ssl = packageOf({
      name: 'openssl-libs',
      objects: [
        callingItself,
        at(`${LIB}/libssl.so.10`, { soname: 'libssl.so.10', needed: ['libcrypto.so.10'], calls: ['CRYPTO_lock@libcrypto.so.10'] }),
      ],
    })
    const referrers = found([client()], [mailer(['libclient.so.1', 'libssl.so.10'], []), ssl]).map(
      ({ interposition }) => interposition.referrer.path,
    )
    expect(referrers.sort()).toEqual(['/usr/lib64/libcrypto.so.10', '/usr/lib64/libssl.so.10'])
  })

  test('by the program itself, which comes first in every lookup', () => {
    const node = packageOf({
      name: 'node',
      objects: [program('/usr/bin/node', { needed: ['libaddon.so.1', 'libcrypto.so.10'], defines: ['CRYPTO_lock'] })],
    })
    const addon = packageOf({
      name: 'addon',
      objects: [at(`${LIB}/libaddon.so.1`, { soname: 'libaddon.so.1', calls: ['CRYPTO_lock@libcrypto.so.10'] })],
    })
    expect(found([node], [addon, crypto])).toMatchObject([
      { of: '/usr/bin/node', interposition: { referrer: { path: '/usr/lib64/libaddon.so.1' }, provider: { path: '/usr/bin/node' } } },
    ])
  })

  test.each([
    ['libcrypto comes first', client(), CRYPTO_FIRST],
    ['the library hides the name', client({ defines: ['client_open'] }), CLIENT_FIRST],
    ['the library has it under a node of its own', client({ defines: ['client_open@@A', 'CRYPTO_lock@@CLIENT_1'] }), CLIENT_FIRST],
    ['the program does not need the library', client(), ['libcrypto.so.10']],
    ['no other library defines the symbol: it was meant for this one', client(), ['libclient.so.1']],
  ])('not where %s', (_why, library, needed) => expect(found([library], [mailer(needed), crypto])).toEqual([]))

  test('where an unversioned reference meets a foreign node', () =>
    expect(found([client({ defines: ['CRYPTO_lock@@CLIENT_1'] })], [mailer(CLIENT_FIRST, ['CRYPTO_lock']), crypto])).toHaveLength(1))
})

describe('a reference is not hijacked', () => {
  const vendor = at('/opt/vendor/lib/libvendortls.so.1', {
    soname: 'libvendortls.so.1',
    defines: ['CRYPTO_lock@@VENDOR_1', 'BIO_new@@VENDOR_1'],
  })
  const daemon = program('/opt/vendor/bin/daemon', {
    needed: ['libvendortls.so.1', 'libcrypto.so.10'],
    runpath: '/opt/vendor/lib',
    calls: ['CRYPTO_lock@VENDOR_1=libvendortls.so.1'],
  })

  test('by the private copy whose version it asks for', () =>
    expect(found([packageOf({ name: 'vendor', objects: [vendor, daemon] })], [crypto])).toEqual([]))

  test('by the private copy of a guarded soname that its object was linked with', () => {
    const copy = at('/opt/vendor/lib/libcrypto.so.1.0.0', { soname: 'libcrypto.so.1.0.0', defines: ['CRYPTO_lock'] })
    const app = program('/opt/vendor/bin/app', {
      needed: ['libcrypto.so.1.0.0', 'libcrypto.so.10'],
      runpath: '/opt/vendor/lib',
      calls: ['CRYPTO_lock'],
    })
    expect(found([packageOf({ name: 'vendor', objects: [copy, app] })], [crypto])).toEqual([])
  })

  test('by the substitute that its program was linked with; the system library beside it is', () => {
    const ldap = packageOf({
      name: 'openldap',
      objects: [
        at(`${LIB}/libldap.so.2`, {
          soname: 'libldap.so.2',
          needed: ['libcrypto.so.10'],
          calls: ['BIO_new@libcrypto.so.10=libcrypto.so.10'],
        }),
      ],
    })
    const linked = mailer(['libclient.so.1', 'libldap.so.2'], ['CRYPTO_lock'])
    const victims = found([client({ defines: ['CRYPTO_lock', 'BIO_new'] })], [linked, ldap, crypto])
    expect(victims.map(({ interposition: { referrer, symbols } }) => [referrer.path, symbols])).toEqual([
      [`${LIB}/libldap.so.2`, ['BIO_new']],
    ])
  })

  test('where two libraries share a generic name, and neither is guarded', () => {
    const hash = (name: string): PackageFacts =>
      packageOf({ name, objects: [at(`${LIB}/lib${name}.so.1`, { soname: `lib${name}.so.1`, defines: ['MD5_Init'] })] })
    const user = at(`${LIB}/libuser.so.1`, { soname: 'libuser.so.1', needed: ['libmd.so.1'], calls: ['MD5_Init'] })
    const app = mailer(['libother.so.1', 'libuser.so.1'], [])
    expect(found([hash('other')], [hash('md'), packageOf({ name: 'user', objects: [user] }), app])).toEqual([])
  })
})

describe('a reference is hijacked by another release of the genuine library', () => {
  const compat = packageOf({
    name: 'openssl098e',
    objects: [at(`${LIB}/libcrypto.so.6`, { soname: 'libcrypto.so.6', defines: ['CRYPTO_lock'] })],
  })

  test('that has no versions', () => {
    const app = mailer(['libcrypto.so.6', 'libcrypto.so.10'], ['CRYPTO_lock@libcrypto.so.10=libcrypto.so.10'])
    expect(found([compat], [app, crypto])).toMatchObject([
      { of: `${LIB}/libcrypto.so.6`, interposition: { kind: 'hijacked', intended: { path: `${LIB}/libcrypto.so.10` } } },
    ])
  })

  test('but not if it is what the object needs', () =>
    expect(found([compat], [mailer(['libcrypto.so.6', 'libcrypto.so.10'], ['CRYPTO_lock']), crypto])).toEqual([]))
})

describe('a reference to a symbol of its own', () => {
  test('is hijacked in the genuine library', () =>
    expect(found([client()], [mailer(CLIENT_FIRST, []), packageOf({ name: 'openssl-libs', objects: [callingItself] })])).toMatchObject([
      { interposition: { kind: 'hijacked', referrer: { path: `${LIB}/libcrypto.so.10` }, intended: { path: `${LIB}/libcrypto.so.10` } } },
    ]))
})

describe('without libcrypto', () => {
  test('its soname has its place in the load order', () =>
    expect(found([client()], [mailer(CLIENT_FIRST)])).toMatchObject([
      {
        interposition: {
          intended: { path: 'libcrypto.so.10', package: null },
          start: { order: ['/usr/libexec/smtp', '/usr/lib64/libclient.so.1', 'libcrypto.so.10'] },
        },
      },
    ]))

  test('it is assumed to define the symbols requested before', () => expect(found([client()], [mailer(CRYPTO_FIRST)])).toEqual([]))

  test('it has only its own symbols: SSL_new is libssl’s', () =>
    expect(found([client({ defines: ['SSL_new'] })], [mailer(CLIENT_FIRST, ['SSL_new'])])).toEqual([]))

  test('a library for another machine class does not replace it', () => {
    const other = packageOf({
      name: 'openssl-libs',
      arch: 'aarch64',
      objects: [at('/usr/lib/libcrypto.so.10', { soname: 'libcrypto.so.10', defines: ['CRYPTO_lock@@V'], machine: 183 })],
    })
    expect(found([client()], [mailer(CLIENT_FIRST), other])).toMatchObject([{ interposition: { intended: { path: 'libcrypto.so.10' } } }])
  })
})

describe('a library that no program loads', () => {
  const plugin = packageOf({
    name: 'plugin',
    objects: [at('/usr/lib64/mailer/dict.so', { needed: CLIENT_FIRST, calls: ['CRYPTO_lock@libcrypto.so.10'] })],
  })

  test('is started by itself, which is reported', () =>
    expect(found([client()], [plugin, crypto])).toMatchObject([
      { of: '/usr/lib64/libclient.so.1', interposition: { start: { isPlugin: true, root: { path: '/usr/lib64/mailer/dict.so' } } } },
    ]))

  test('is not a plugin if another one loads it', () => {
    const outer = packageOf({ name: 'outer', objects: [at('/usr/lib64/outer.so', { needed: ['dict.so'], runpath: '/usr/lib64/mailer' })] })
    expect(found([client()], [plugin, crypto, outer]).map(({ interposition }) => interposition.start.root.path)).toEqual([
      '/usr/lib64/outer.so',
    ])
  })
})

describe('self-references of a library are preempted', () => {
  const calling = client({ defines: ['CRYPTO_lock'], calls: ['CRYPTO_lock'] })

  test('where libcrypto comes first', () =>
    expect(found([calling], [mailer(CRYPTO_FIRST), crypto])).toMatchObject([
      {
        of: '/usr/lib64/libclient.so.1',
        interposition: {
          kind: 'reversed',
          concerns: 'referrer',
          provider: { path: '/usr/lib64/libcrypto.so.10' },
          intended: { path: '/usr/lib64/libclient.so.1' },
        },
      },
    ]))

  test('not where it comes first itself', () =>
    expect(found([calling], [mailer(CLIENT_FIRST), crypto]).map(({ interposition }) => interposition.kind)).toEqual(['hijacked']))
})

describe('an interposition is reported for', () => {
  test('the referrer, if the provider is not checked', () =>
    expect(found([mailer(CLIENT_FIRST)], [client(), crypto])).toMatchObject([
      { of: '/usr/libexec/smtp', interposition: { concerns: 'referrer' } },
    ]))

  test('the program, if neither is', () => {
    const ssl = packageOf({
      name: 'curl',
      objects: [at(`${LIB}/libcurl.so.4`, { soname: 'libcurl.so.4', needed: ['libcrypto.so.10'], calls: ['CRYPTO_lock@libcrypto.so.10'] })],
    })
    const checked = mailer(['libclient.so.1', 'libcurl.so.4'], [])
    expect(found([checked], [client(), ssl, crypto])).toMatchObject([{ of: '/usr/libexec/smtp', interposition: { concerns: 'root' } }])
  })

  test('no package, if none of the three is checked', () =>
    expect(found([packageOf({ name: 'bystander' })], [mailer(CLIENT_FIRST), client(), crypto])).toEqual([]))
})

describe('a library for some processors', () => {
  const LEVEL = `${LIB}/glibc-hwcaps/x86-64-v3`
  const withVariant = (plain: readonly string[], better: readonly string[]) =>
    packageOf({
      name: 'client',
      objects: [
        at(`${LIB}/libclient.so.1`, { soname: 'libclient.so.1', defines: plain }),
        at(`${LEVEL}/libclient.so.1`, { soname: 'libclient.so.1', defines: better }),
      ],
    })
  const foundWith = (plain: readonly string[], better: readonly string[]) =>
    found([withVariant(plain, better)], [mailer(CLIENT_FIRST), crypto]).map(({ of, interposition: { start } }) => ({
      of,
      processor: start.processor,
      isPlugin: start.isPlugin,
    }))

  test('interposes on those, which are named', () =>
    expect(foundWith(['client_open'], ['CRYPTO_lock'])).toEqual([
      { of: `${LEVEL}/libclient.so.1`, processor: 'x86-64-v3', isPlugin: false },
    ]))

  test('interposes on those through a link too', () => {
    const elsewhere = packageOf({
      name: 'client',
      objects: [at('/opt/client/libclient.so.1', { soname: 'libclient.so.1', defines: ['CRYPTO_lock'] })],
      symlinks: [{ path: LEVEL, target: '/opt/client' }],
    })
    const fixed = client({ defines: ['client_open'] })
    const processors = found([elsewhere], [fixed, mailer(CLIENT_FIRST), crypto]).map(({ interposition: { start } }) => start.processor)
    expect(processors).toEqual(['x86-64-v3'])
  })

  test('does not hide what happens on the others', () =>
    expect(foundWith(['CRYPTO_lock'], ['client_open'])).toEqual([{ of: `${LIB}/libclient.so.1`, processor: null, isPlugin: false }]))

  test('is not named for what a library does on all', () => {
    const other = packageOf({ name: 'other', objects: [at(`${LEVEL}/libother.so.1`, { soname: 'libother.so.1' })] })
    const processors = found([client()], [mailer(CLIENT_FIRST), crypto, other]).map(({ interposition: { start } }) => start.processor)
    expect(processors).toEqual([null])
  })
})
