import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { decodeElfImage } from '../../lib/elf/image.js'
import { tracesOf } from '../../lib/facts/traces.js'
import { buildElf } from '../support/elf-builder.js'

const catalogue = new Catalogue()

/** Traces of a library whose only segment contains the strings: its soname serves as read-only data. */
function traces(...strings: readonly string[]): (string | null)[][] {
  const bytes = buildElf({ soname: strings.join('\0') })
  return tracesOf(bytes, decodeElfImage(bytes), catalogue).map(({ implementation, version, isSourcePath, isCode }) => [
    implementation,
    isSourcePath ? 'source' : isCode ? (version ?? 'code') : version,
  ])
}

const sorted = (rows: readonly unknown[]): string[] => rows.map(row => JSON.stringify(row)).sort()

describe('tracesOf', () => {
  test.each([
    ['OpenSSL 3.0.22 25 Aug 2026', [['OpenSSL', '3.0.22']]],
    ['OpenSSL 1.0.2k-fips  26 Jan 2017', [['OpenSSL', '1.0.2k-fips']]],
    ['OpenSSL 3.0.10+quic 1 Aug 2023', [['OpenSSL', '3.0.10+quic']]],
    ['SSLv3 part of OpenSSL 0.9.8zh 3 Dec 2015', [['OpenSSL', '0.9.8zh']]],
    ['AWS-LC 5.9.0', [['AWS-LC', '5.9.0']]],
    ['LibreSSL 3.8.2', [['LibreSSL', '3.8.2']]],
    ['SSLeay yaSSL compatibility', [['yaSSL', 'code']]],
    [
      '../third_party/boringssl/src/crypto/bn/bn.c',
      [
        ['BoringSSL', 'source'],
        ['OpenSSL', 'source'],
      ],
    ],
    ['external/boringssl+/crypto/fipsmodule/bn/../../mem_internal.h', [['BoringSSL', 'source']]],
    ['out/boringssl/crypto/asn1/a_int.cc', [['BoringSSL', 'source']]],
    ['setct-PANData', [['OpenSSL', 'code']]],
    ['part of OpenSSL 1.0.2s  28 May 2019', [['OpenSSL', '1.0.2s']]],
    [
      'crypto/evp/evp_enc.c\0ssl/s3_lib.c\0ssl/statem/statem_clnt.c',
      [
        ['OpenSSL', 'source'],
        ['OpenSSL', 'source'],
        ['OpenSSL', 'source'],
      ],
    ],
    ['crypto/evp/evp_enc.c\0crypto/evp/evp_enc.c', [['OpenSSL', 'source']]],
  ])('recognises %j', (text, expected) => expect(sorted(traces(text))).toEqual(sorted(expected)))

  test.each([
    'OpenSSL 1.1.0',
    'OpenSSL 3.0.10+qShould',
    'needs OpenSSL 3.0 or later',
    'crypto/mine/file.c',
    'ssl/server.c',
    'BoringSSLx',
    'boringssl/include/openssl/bn.h',
    'crypto/evp/evp.cpp',
    'setct-PANDataX',
    'Tongsuo',
  ])('does not recognise %j as a copy', text => expect(traces(text)).toEqual([]))

  test('keeps that a version is in code, in whatever order the text of the headers comes', () => {
    const isCode = (...strings: readonly string[]): boolean[] => {
      const bytes = buildElf({ soname: strings.join('\0') })
      return tracesOf(bytes, decodeElfImage(bytes), catalogue).map(trace => trace.isCode)
    }
    expect(isCode('MD5 part of OpenSSL 1.0.2s  28 May 2019', 'OpenSSL 1.0.2s  28 May 2019')).toEqual([true])
    expect(isCode('OpenSSL 1.0.2s  28 May 2019', 'MD5 part of OpenSSL 1.0.2s  28 May 2019')).toEqual([true])
    expect(isCode('OpenSSL 1.0.2s  28 May 2019')).toEqual([false])
  })

  test('reports each version once, however often it occurs', () => {
    const text = Array.from({ length: 500 }, () => 'part of OpenSSL 1.0.2s  28 May 2019').join('\0')
    expect(traces(text, 'OpenSSL 1.0.2s  28 May 2019')).toEqual([['OpenSSL', '1.0.2s']])
  })
})
