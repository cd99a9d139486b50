/** Plugins that a program opens which exports OpenSSL's symbols itself: nodejs/node#24964. */
import { describe, expect, test } from '@jest/globals'
import type { PackageFacts } from '../../lib/facts/model.js'
import { packageOf } from '../../lib/testing.js'
import type { StatedLink } from '../support/linked.js'
import { at, crypto, found, LIB, program } from '../support/mail-packages.js'

const HOST = '/usr/bin/node'
const host = (link: StatedLink = {}, path = HOST): PackageFacts =>
  packageOf({ name: 'host', objects: [program(path, { defines: ['CRYPTO_lock', 'napi_call'], ...link })] })
const ADDON = '/usr/lib/node_modules/x/x.node'
const addon = (link: StatedLink, path = ADDON): PackageFacts => packageOf({ name: 'addon', objects: [at(path, link)] })
const linked: StatedLink = { needed: ['libcrypto.so.10'], calls: ['CRYPTO_lock@libcrypto.so.10=libcrypto.so.10', 'EVP_sha1'] }

const kinds = (checked: readonly PackageFacts[], context: readonly PackageFacts[]): string[] =>
  found(checked, context).map(
    ({ of, interposition: { kind, concerns, start, symbols } }) => `${of} ${kind} ${concerns} ${start.host?.path} ${symbols.join()}`,
  )

describe('a plugin with a dependency of its own', () => {
  test('binds to a program that exports the symbol, version or not', () => {
    expect(found([addon(linked)], [host(), crypto])).toMatchObject([
      {
        of: ADDON,
        interposition: {
          kind: 'hijacked',
          concerns: 'referrer',
          start: { root: { path: ADDON }, isPlugin: true, host: { path: HOST, package: 'host-1-1.x86_64' } },
          referrer: { path: ADDON },
          provider: { path: HOST },
          intended: { path: `${LIB}/libcrypto.so.10` },
          symbols: ['CRYPTO_lock'],
        },
      },
    ])
  })

  test('is reported for the program if that is checked', () =>
    expect(kinds([host()], [addon(linked), crypto])).toEqual([`${HOST} hijacked provider ${HOST} CRYPTO_lock`]))

  test('is safe with a program that exports other symbols', () => {
    expect(kinds([addon(linked)], [host({ defines: ['napi_call'] }), crypto])).toEqual([])
    expect(kinds([addon({ ...linked, calls: ['EVP_sha1'] })], [host(), crypto])).toEqual([])
  })

  test('is safe with a program that needs the genuine library too, and exports nothing', () =>
    expect(kinds([addon(linked)], [host({ defines: ['EVP_sha1'], needed: ['libcrypto.so.10'] }), crypto])).not.toContain('CRYPTO_lock'))
})

describe('a plugin without such a dependency', () => {
  test('counts on the program', () =>
    expect(kinds([addon({ calls: ['CRYPTO_lock'] })], [host(), crypto])).toEqual([`${ADDON} unlinked referrer ${HOST} CRYPTO_lock`]))

  test('is no concern of the program', () => expect(kinds([host()], [addon({ calls: ['CRYPTO_lock'] }), crypto])).toEqual([]))
})

describe('only plugins that the program may load', () => {
  const bound = (path: string, link: StatedLink, hostPath = HOST): number =>
    kinds([addon({ ...linked, ...link }, path)], [host({}, hostPath), crypto]).length

  test('are all that are not of another host', () => {
    expect(bound('/usr/lib/x/plugin.so', {})).toBe(1)
    expect(bound('/usr/lib/python3/x.so', { defines: ['PyInit_x'] })).toBe(0)
    expect(bound('/usr/lib/python3/x.so', { defines: ['PyInit_x'] }, '/usr/bin/python3.11')).toBe(1)
    expect(bound('/usr/lib64/security/pam_x.so', { defines: ['pam_sm_authenticate'] })).toBe(1)
  })

  test('are not those in a directory of other programs', () => {
    expect(bound('/usr/lib64/dovecot/libssl_iostream_openssl.so', {})).toBe(0)
    expect(bound('/usr/lib64/dovecot/libssl_iostream_openssl.so', {}, '/usr/libexec/dovecot/imap-login')).toBe(1)
    expect(bound('/usr/lib64/dovecot', {})).toBe(1)
  })

  test('are not ordinary libraries, unless they import what the program exports', () => {
    expect(bound(`${LIB}/libx.so.1`, { soname: 'libx.so.1' })).toBe(0)
    const object = at(`${LIB}/libx.so.1`, { soname: 'libx.so.1', ...linked })
    const imports = [{ name: 'napi_call', version: null, from: null, binding: 'GLOBAL' }]
    expect(kinds([packageOf({ name: 'addon', objects: [{ ...object, imports }] })], [host(), crypto])).toHaveLength(1)
  })

  test('are not libraries that a program loads at its start', () => {
    const app = program('/usr/bin/app', { needed: ['x.so'] })
    const library = at(`${LIB}/x.so`, { soname: 'x.so', ...linked })
    expect(kinds([packageOf({ name: 'addon', objects: [library, app] })], [host(), crypto])).toEqual([])
  })
})

test('libraries that the plugin brings bind to the program as well', () => {
  const calling = packageOf({
    name: 'openssl-libs',
    objects: [
      at(`${LIB}/libcrypto.so.10`, {
        soname: 'libcrypto.so.10',
        defines: ['CRYPTO_lock@@libcrypto.so.10', 'EVP_sha1@@libcrypto.so.10'],
        calls: ['CRYPTO_lock@libcrypto.so.10'],
      }),
    ],
  })
  const referrers = (needed: readonly string[]): string[] =>
    found([addon({ ...linked, calls: ['EVP_sha1'] })], [host({ needed }), calling]).map(({ interposition }) => interposition.referrer.path)
  expect(referrers([])).toEqual([`${LIB}/libcrypto.so.10`])
  // Loaded with the program, it is bound already: a case of its own, without the plugin.
  expect(referrers(['libcrypto.so.10'])).toEqual([])
})
