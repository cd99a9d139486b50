import { describe, expect, test } from '@jest/globals'
import { findingsOf, library, packageOf, type StatedPackage } from '../../lib/testing.js'
import bundled from '../../rules/bundled-openssl.js'
import claimed from '../../rules/claimed-openssl-soname.js'
import privateSoname from '../../rules/private-openssl-soname.js'

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
  test('rejects a public link to a private copy by its soname, which is not private then', () => {
    const link = { path: '/usr/lib64/libcrypto.so.1.1', target: '/opt/x/lib/libcrypto.so.1.1' }
    const linked = { objects: [library({ ...copy, path: link.target })], symlinks: [link] }
    expect(found(linked).map(({ file }) => file)).toEqual([link.path])
    expect(findingsOf(privateSoname, packageOf(linked))).toEqual([])
    const elsewhere = { ...linked, symlinks: [{ ...link, path: '/opt/y/libcrypto.so.1.1' }] }
    expect(findingsOf(privateSoname, packageOf(elsewhere))).toHaveLength(1)
  })
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
  const trace = { family: 'openssl', implementation: 'OpenSSL', version: null, isSourcePath: false, isCode: false, isShared: false }
  const version = { ...trace, version: '1.1.1l' }
  const table = { ...trace, isCode: true, isShared: true }
  const source = { ...trace, isSourcePath: true, isShared: true }
  const copies = (...traces: readonly (typeof version | typeof source)[]) => found({ objects: [library({ traces })] })[0]?.data['copies']

  test('reports a static copy and its version', () =>
    expect(found({ objects: [library({ traces: [version, table] })] })[0]).toMatchObject({
      severity: 'info',
      message: 'contains a copy of OpenSSL 1.1.1l',
      data: { implementation: ['OpenSSL'], versions: ['1.1.1l'] },
    }))

  test.each([
    ['the text of a version, which the compiler puts into clients', [version]],
    ['a word, as in a list of backends', [{ ...trace, implementation: 'BoringSSL' }]],
    ['both', [version, { ...trace, implementation: 'BoringSSL' }]],
    ['one path of a source file', [version, source]],
  ])('is silent for %s', (_, traces) => expect(found({ objects: [library({ traces })] })).toEqual([]))

  test('accepts code, tables and two source paths as proof, even beside the system’s library', () => {
    for (const traces of [[table], [{ ...version, isCode: true }], [source, source]])
      expect(found({ objects: [library({ traces, needed: ['libcrypto.so.3'] })] })).toHaveLength(1)
  })

  test('names the implementation: of those with a version, else of those mentioned, else the library', () => {
    const boring = { ...trace, implementation: 'BoringSSL' }
    expect(copies(table)).toEqual(['OpenSSL (version unknown)'])
    expect(copies(table, boring)).toEqual(['BoringSSL (version unknown)'])
    expect(copies(table, boring, version)).toEqual(['OpenSSL 1.1.1l'])
    expect(copies(source, source, boring, { ...trace, implementation: 'AWS-LC', version: '5.9.0' })).toEqual(['AWS-LC 5.9.0'])
  })

  test('dates a copy by the internal symbols that it exports', () => {
    const exports = ['ossl_rand_ctx_new', 'ossl_prov_is_running', 'ossl_ctype_check']
    expect(found({ objects: [library({ exports })] })).toMatchObject([
      { message: 'contains a copy of OpenSSL 3.1 or later', data: { versions: [] } },
    ])
    expect(found({ objects: [library({ exports: [...exports, 'OPENSSL_ia32_cpuid'], traces: [version] })] })).toMatchObject([
      { message: 'contains a copy of OpenSSL 1.1.1l, built with assembler', data: { versions: ['1.1.1l'], assembler: true } },
    ])
    expect(found({ objects: [library({ exports: exports.slice(1) })] })).toEqual([])
  })

  test('reports an unmodified copy beside the system’s', () =>
    expect(found({ objects: [library({ ...copy, path: '/opt/x/lib/libcrypto.so.1.1' })] })[0]).toMatchObject({ severity: 'info' }))
  test('is silent in OpenSSL’s own package', () => {
    expect(found({ name: 'openssl-libs', objects: [library({ ...copy, traces: [version, table] })] })).toEqual([])
    expect(found({ name: 'openssl-libs', objects: [library({ traces: [version, table] })] })).toEqual([])
  })
})
