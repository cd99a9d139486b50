import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import type { ObjectFacts } from '../../lib/facts/model.js'
import type { Genuine } from '../../lib/catalogue/genuine.js'
import { isPublicPath } from '../../lib/facts/public-path.js'
import { objectSubject, packageSubject } from '../../lib/lint/subjects.js'
import { library, packageOf, type StatedObject } from '../../lib/testing.js'

const catalogue = new Catalogue()
const NO_ADDITIONS: Genuine = { packages: [], sonames: [] }

describe('a public path', () => {
  test.each([
    '/lib/libx.so.1',
    '/lib64/libx.so.1',
    '/usr/lib/libx.so.1',
    '/usr/lib64/libx.so.1',
    '/usr/libx32/libx.so.1',
    '/usr/lib32/libx.so.1',
    '/usr/lib/x86_64-linux-gnu/libx.so.1',
    '/lib/i386-linux-gnu/libx.so.1',
    '/usr/lib/arm-linux-gnueabihf/libx.so.1',
    '/usr/lib64/glibc-hwcaps/x86-64-v3/libx.so.1',
    '/usr/lib/x86_64-linux-gnu/glibc-hwcaps/x86-64-v2/libx.so.1',
  ])('%s is one', path => expect(isPublicPath(path)).toBe(true))

  test.each([
    '/usr/lib64/mysql/libx.so.1',
    '/usr/lib64/glibc-hwcaps/libx/sub/libx.so.1',
    '/opt/x/lib/libx.so.1',
    '/opt/usr/lib64/libx.so.1',
    '/usr/local/lib/libx.so.1',
    '/usr/lib/python3/libx.so.1',
    '/usr/lib64/../../tmp/libx.so.1',
    '/usr/lib64/',
    '/usr/libexec/libx.so.1',
    '/x.tar.gz!usr/lib64/libx.so.1',
    'usr/lib64/libx.so.1',
  ])('%s is not one', path => expect(isPublicPath(path)).toBe(false))
})

describe('an object is public', () => {
  const isPublic = (facts: StatedObject) => objectSubject(library(facts), packageSubject(packageOf(), catalogue, NO_ADDITIONS)).isPublic

  test('if any of its paths is in a public directory', () => {
    expect(isPublic({ path: '/usr/lib64/libx.so' })).toBe(true)
    expect(isPublic({ path: '/opt/libx.so', alsoAt: ['/usr/lib64/libx.so'] })).toBe(true)
    expect(isPublic({ path: '/opt/libx.so', alsoAt: ['/srv/libx.so'] })).toBe(false)
  })

  test('unless it is inside an archive', () => expect(isPublic({ path: '/usr/lib64/libx.so', isNested: true })).toBe(false))
})

describe('genuine', () => {
  const own = ['CRYPTO_lock@@OPENSSL_1.0.1', 'BIO_new@@OPENSSL_1.0.1']
  const libcrypto = (facts: StatedObject = {}): ObjectFacts => library({ soname: 'libcrypto.so.1.0.0', exports: own, ...facts })
  const genuineness = (object: ObjectFacts, name: string, genuine = NO_ADDITIONS) =>
    objectSubject(object, packageSubject(packageOf({ name }), catalogue, genuine)).genuine

  test('is the library in its own package, with versions or without', () => {
    expect(genuineness(libcrypto(), 'openssl-libs')).toBe('own-package')
    expect(genuineness(libcrypto({ exports: ['CRYPTO_lock'] }), 'openssl-libs')).toBe('own-package')
  })

  test('is an unmodified copy elsewhere, if all its guarded symbols have OpenSSL’s version nodes', () => {
    expect(genuineness(libcrypto(), 'vendor')).toBe('bundled')
    expect(genuineness(libcrypto({ exports: [...own, 'SSL_new'] }), 'vendor')).toBeNull()
    expect(genuineness(libcrypto({ exports: [...own, 'SSL_new@@VENDOR_1'] }), 'vendor')).toBeNull()
    expect(genuineness(libcrypto({ exports: [] }), 'vendor')).toBeNull()
  })

  test('is not a library with another soname, or none', () => {
    expect(genuineness(libcrypto({ soname: 'libmysqlclient.so.16' }), 'openssl-libs')).toBeNull()
    expect(genuineness(libcrypto({ soname: null }), 'openssl-libs')).toBeNull()
  })

  test('is not a library in an archive of OpenSSL’s own package, unless it is an unmodified copy', () => {
    expect(genuineness(libcrypto({ isNested: true, exports: ['CRYPTO_lock'] }), 'openssl-libs')).toBeNull()
    expect(genuineness(libcrypto({ isNested: true }), 'openssl-libs')).toBe('bundled')
  })

  test('may be configured', () => {
    const acme = libcrypto({ soname: 'libacmecrypto.so.2', exports: ['CRYPTO_lock'] })
    expect(genuineness(acme, 'acme', { packages: ['acme'], sonames: ['libacmecrypto.so.*'] })).toBe('own-package')
    expect(genuineness(acme, 'acme', { packages: ['acme'], sonames: [] })).toBeNull()
    expect(genuineness(acme, 'acme', { packages: [], sonames: ['libacmecrypto.so.*'] })).toBeNull()
  })

  test('is not a standalone file, which has no package', () => {
    const standalone = packageSubject({ ...packageOf(), identity: null }, catalogue, { packages: ['*'], sonames: [] })
    expect({ name: standalone.name, isOwn: standalone.isOwnPackage('openssl') }).toEqual({ name: null, isOwn: false })
  })
})
