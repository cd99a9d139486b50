import { describe, expect, test } from '@jest/globals'
import { findingsOf, library, packageOf, type StatedObject } from '../../lib/testing.js'
import unversionedExport from '../../rules/unversioned-crypto-export.js'
import unversionedOpenssl from '../../rules/unversioned-openssl.js'

describe('the fix for exported symbols', () => {
  const remedy = (facts: StatedObject): string | undefined =>
    findingsOf(unversionedExport, packageOf({ name: 'x', objects: [library({ exports: ['CRYPTO_lock'], ...facts })] }))[0]?.remedy

  test('hides them', () => expect(remedy({ soname: 'libclient.so.1' })).toContain('hide its symbols'))

  test('does not hide what a copy of the whole library is for: it needs a soname and nodes of its own', () => {
    for (const soname of ['libcrypto.so.1.0.0', 'libssl.so.3']) {
      expect(remedy({ soname })).toContain('a soname and version nodes of its own')
      expect(remedy({ soname })).not.toContain('hide')
    }
  })
})

describe('the fix for a genuine library without versions', () => {
  const remedy = (...implementations: readonly string[]): string | undefined => {
    const traces = implementations.map(implementation => ({
      family: 'openssl',
      implementation,
      version: null,
      isSourcePath: false,
      isCode: true,
      isShared: false,
    }))
    const object = library({ soname: 'libcrypto.so.46', path: '/usr/lib64/libcrypto.so.46', exports: ['CRYPTO_lock'], traces })
    return findingsOf(unversionedOpenssl, packageOf({ name: 'openssl-libs', objects: [object] }))[0]?.remedy
  }

  test('is a newer release of OpenSSL', () => {
    expect(remedy()).toContain('Build OpenSSL 1.1.0 or later')
    expect(remedy('OpenSSL', 'LibreSSL')).toContain('Build OpenSSL 1.1.0 or later')
  })

  test('is a version script for another implementation', () => {
    expect(remedy('LibreSSL')).toContain('version script')
    expect(remedy('LibreSSL')).not.toContain('Build OpenSSL')
  })
})
