import { describe, expect, test } from '@jest/globals'
import { findingsOf, library, packageOf, type StatedPackage } from '../../lib/testing.js'
import bundled from '../../rules/bundled-openssl.js'
import claimed from '../../rules/claimed-openssl-soname.js'

const copy = { soname: 'libcrypto.so.1.1', exports: ['BIO_new@@OPENSSL_1_1_0'] }
const providing = (name: string) => [{ name, flags: 0, version: '' }]

describe('claimed-openssl-soname', () => {
  const found = (facts: StatedPackage) => findingsOf(claimed, packageOf(facts))

  test('rejects a public libcrypto.so.N of a package that is not OpenSSL', () =>
    expect(found({ objects: [library({ ...copy, path: '/usr/lib64/libcrypto.so.1.1' })] })[0]).toMatchObject({
      severity: 'error',
      file: '/usr/lib64/libcrypto.so.1.1',
      data: { soname: 'libcrypto.so.1.1' },
    }))
  test('is silent for a private directory', () =>
    expect(found({ objects: [library({ ...copy, path: '/opt/x/lib/libcrypto.so.1.1' })] })).toEqual([]))
  test('rejects a private copy that the package provides to others', () =>
    expect(
      found({
        objects: [library({ ...copy, path: '/opt/x/lib/libcrypto.so.1.1' })],
        provides: providing('libcrypto.so.1.1(OPENSSL_1_1_0)(64bit)'),
      })[0]?.file,
    ).toBe('/opt/x/lib/libcrypto.so.1.1'))
  test('rejects a Provides without a library behind it', () =>
    expect(found({ provides: providing('libssl.so.3()(64bit)') })[0]).toMatchObject({ file: null, data: { soname: ['libssl.so.3'] } }))
  test('rejects a public link by that name', () =>
    expect(found({ symlinks: [{ path: '/usr/lib64/libssl.so.10', target: 'libx.so.1' }] })[0]?.file).toBe('/usr/lib64/libssl.so.10'))
  test('is silent for OpenSSL’s packages under any of their names', () => {
    for (const name of [
      'openssl-libs',
      'libopenssl1_1',
      'lib64openssl1.1',
      'libssl3',
      'libcrypto3',
      'compat-openssl11',
      'libopenssl3-32bit',
    ]) {
      expect(
        found({
          name,
          objects: [library({ ...copy, path: '/usr/lib64/libcrypto.so.1.1' })],
          provides: providing('libcrypto.so.1.1()(64bit)'),
        }),
      ).toEqual([])
    }
  })
  test('is silent for similar sonames', () =>
    expect(
      found({
        provides: [...providing('libssl3.so()(64bit)'), ...providing('libcryptopp.so.8')],
        objects: [library({ soname: 'libgcrypt.so.20' })],
      }),
    ).toEqual([]))
  test('is silent for a standalone file, whose package is unknown', () => {
    const object = library({ ...copy, path: '/usr/lib64/libcrypto.so.1.1' })
    expect(findingsOf(claimed, { ...packageOf({ objects: [object] }), identity: null })).toEqual([])
  })
  test('is silent for a source package, which installs nothing', () => {
    const provenance = { isSource: true, sourceRpm: null, isNosrc: false, isNosrcDerived: false, missingSources: [] }
    expect(found({ provenance, provides: providing('libssl.so.3()(64bit)') })).toEqual([])
  })
})

describe('bundled-openssl', () => {
  const found = (facts: StatedPackage) => findingsOf(bundled, packageOf(facts))
  const version = { family: 'openssl', implementation: 'OpenSSL', version: '1.1.1l', isSourcePath: false }
  const source = (implementation: string) => ({ family: 'openssl', implementation, version: null, isSourcePath: true })

  test('reports a static copy and its version', () =>
    expect(found({ objects: [library({ traces: [version] })] })[0]).toMatchObject({
      severity: 'info',
      data: { implementation: ['OpenSSL'], versions: ['1.1.1l'] },
    }))
  test('is silent for a program of the system’s OpenSSL that carries the text of its headers', () => {
    expect(found({ objects: [library({ traces: [version], needed: ['libcrypto.so.3'] })] })).toEqual([])
    expect(found({ objects: [library({ traces: [version], imports: ['CRYPTO_lock'] })] })).toEqual([])
  })
  test('accepts two source paths as proof even then, but not one', () => {
    expect(found({ objects: [library({ traces: [source('OpenSSL'), source('OpenSSL')], needed: ['libcrypto.so.3'] })] })).toHaveLength(1)
    expect(found({ objects: [library({ traces: [source('OpenSSL')] })] })).toEqual([])
  })
  test('reports an unmodified copy beside the system’s', () =>
    expect(found({ objects: [library({ ...copy, path: '/opt/x/lib/libcrypto.so.1.1' })] })[0]).toMatchObject({ severity: 'info' }))
  test('is silent in OpenSSL’s own package', () => {
    expect(found({ name: 'openssl-libs', objects: [library({ ...copy, traces: [version] })] })).toEqual([])
    expect(found({ name: 'openssl-libs', objects: [library({ traces: [version] })] })).toEqual([])
  })
})
