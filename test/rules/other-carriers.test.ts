import { describe, expect, test } from '@jest/globals'
import { findingsOf, library, packageOf, program, archive } from '../../lib/testing.js'
import fromArchive from '../../rules/crypto-export-from-archive.js'
import fromProgram from '../../rules/crypto-export-from-program.js'

describe('crypto-export-from-program', () => {
  const found = (object: ReturnType<typeof library>) => findingsOf(fromProgram, packageOf({ objects: [object] }))

  test('warns about a program that exports OpenSSL’s symbols, under any version', () => {
    expect(found(program({ exports: ['SSL_new', 'BIO_new@@V_1'] }))[0]).toMatchObject({
      severity: 'warning',
      symbols: ['BIO_new', 'SSL_new'],
    })
  })
  test('suggests a script of what it exports besides', () => {
    expect(found(program({ exports: ['SSL_new', 'main'] }))[0]?.remedy).toContain('- -Wl,--version-script=FILE: { local: *; };')
    const [finding] = found(program({ exports: ['SSL_new', 'main', 'host_api'] }))
    expect(finding?.remedy).toContain('- -rdynamic -Wl,--version-script=FILE, its own symbols: { global: host_api; local: *; };')
    expect(finding?.data['versionScript']).toBe('{ global: host_api; local: *; };')
  })

  test('names libraries that would miss the symbols, in its package and in others', () => {
    const server = program({ exports: ['SSL_new'], needed: ['libvod.so.1'] })
    const vod = library({ path: '/usr/lib64/libvod.so.1', soname: 'libvod.so.1', imports: ['SSL_new'] })
    const remedyOf = (...objects: readonly ReturnType<typeof library>[]): string =>
      findingsOf(fromProgram, packageOf({ objects: [server] }), { beside: [packageOf({ name: 'vod', objects })] })[0]?.remedy ?? ''
    expect(remedyOf(vod)).toMatch(
      /^First link \/usr\/lib64\/libvod\.so\.1 with -lssl -lcrypto: it takes symbols of OpenSSL from this program\./,
    )
    expect(remedyOf({ ...vod, needed: ['libssl.so.3'] })).not.toContain('First link')
    expect(remedyOf(vod, library({ path: '/usr/lib/plugin.so', soname: null, imports: ['SSL_new'] }))).toContain(
      'First link /usr/lib64/libvod.so.1 and 1 more with -lssl -lcrypto: they take symbols',
    )
    expect(findingsOf(fromProgram, packageOf({ objects: [server, vod] }))[0]?.remedy).toContain('First link /usr/lib64/libvod.so.1')
  })

  test('is silent for a program that exports other symbols', () =>
    expect(found(program({ exports: ['main', 'node_module_register'] }))).toEqual([]))
  test('is silent for a library', () => expect(found(library({ exports: ['SSL_new'] }))).toEqual([]))
  test('reports two generic symbols as an info', () =>
    expect(found(program({ exports: ['MD5_Init', 'MD5_Final'] }))[0]?.severity).toBe('info'))
})

describe('crypto-export-from-archive', () => {
  const found = (names: string[], name = 'x') => findingsOf(fromArchive, packageOf({ name, archives: [archive(names)] }))

  test('warns about an archive whose members define OpenSSL’s symbols, listing each once', () =>
    expect(found(['BIO_new', 'BIO_new', 'x_init'])[0]).toMatchObject({
      severity: 'warning',
      file: '/usr/lib64/libx.a',
      symbols: ['BIO_new'],
    }))
  test('is silent for other symbols', () => expect(found(['x_init'])).toEqual([]))
  test('is silent in OpenSSL’s own package', () => expect(found(['BIO_new'], 'openssl-static')).toEqual([]))
  test('reports one generic symbol as an info', () => expect(found(['MD5_Init'])[0]?.severity).toBe('info'))

  test('warns about internal symbols, where nothing but these remains of a copy', () => {
    expect(found(['OPENSSL_ia32_cpuid', 'sha1_block_data_order', 'x_init'])).toMatchObject([
      {
        severity: 'warning',
        symbols: ['OPENSSL_ia32_cpuid', 'sha1_block_data_order'],
        message: expect.stringContaining('defines 2 internal OpenSSL symbols'),
      },
    ])
    expect(found(['OPENSSL_ia32_cpuid', 'BIO_new'])).toMatchObject([{ symbols: ['BIO_new'] }])
    expect(found(['sha1_block_data_order', 'ossl_ctype_check'])).toEqual([])
    expect(found(['OPENSSL_ia32_cpuid'], 'openssl-static')).toEqual([])
  })
})
