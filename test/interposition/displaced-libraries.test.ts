import { describe, expect, test } from '@jest/globals'
import type { PackageFacts } from '../../lib/facts/model.js'
import { findingsOf, packageOf } from '../../lib/testing.js'
import rule from '../../rules/private-openssl-soname.js'
import { at, crypto, found, LIB, program } from '../support/mail-packages.js'

const SONAME = 'libcrypto.so.10'
const PRIVATE = '/opt/acme/lib'
const copyAt = (path: string, soname = SONAME) => at(path, { soname, defines: [`CRYPTO_lock@@${SONAME}`, `BIO_new@@${SONAME}`] })
const acme = (soname = SONAME, needed = [soname, 'libcurl.so.4']): PackageFacts =>
  packageOf({
    name: 'acme',
    objects: [
      copyAt(`${PRIVATE}/${soname}`, soname),
      program('/opt/acme/bin/acmed', { needed, runpath: PRIVATE, calls: [`BIO_new@${SONAME}=${soname}`] }),
    ],
  })
const curl = (runpath?: string): PackageFacts =>
  packageOf({
    name: 'libcurl',
    objects: [
      at(`${LIB}/libcurl.so.4`, {
        soname: 'libcurl.so.4',
        needed: [SONAME],
        calls: [`CRYPTO_lock@${SONAME}=${SONAME}`],
        ...(runpath === undefined ? {} : { runpath }),
      }),
    ],
  })
const displaced = (checked: readonly PackageFacts[], others: readonly PackageFacts[]) =>
  found(checked, others).filter(({ interposition }) => interposition.kind === 'displaced')

describe('a private copy that keeps its soname', () => {
  test('serves a library of another package in the same process', () =>
    expect(displaced([acme()], [curl(), crypto])).toMatchObject([
      {
        of: `${PRIVATE}/${SONAME}`,
        interposition: {
          referrer: { path: `${LIB}/libcurl.so.4`, package: 'libcurl-1-1.x86_64' },
          provider: { path: `${PRIVATE}/${SONAME}` },
          intended: { path: `${LIB}/${SONAME}`, package: 'openssl-libs-1-1.x86_64' },
          concerns: 'provider',
          symbols: ['CRYPTO_lock'],
          start: { order: ['/opt/acme/bin/acmed', `${PRIVATE}/${SONAME}`, `${LIB}/libcurl.so.4`] },
        },
      },
    ]))

  test('does so too where the system’s library is not given', () =>
    expect(displaced([acme()], [curl()])).toMatchObject([{ interposition: { intended: { path: `/lib64/${SONAME}` } } }]))

  test('is reported for the library that gets it, if that is checked', () =>
    expect(displaced([curl()], [acme(), crypto])).toMatchObject([{ of: `${LIB}/libcurl.so.4`, interposition: { concerns: 'referrer' } }]))

  test('serves nobody else if it comes after the library of the system, has another soname, or is what the library asks for', () => {
    const late = acme(SONAME, ['libcurl.so.4', SONAME])
    // Both needs of the program are met before libcurl's own, but a library in between is not.
    const between = packageOf({ name: 'between', objects: [at(`${LIB}/libb.so.1`, { soname: 'libb.so.1', needed: [SONAME] })] })
    expect(displaced([late], [curl(), crypto])).toHaveLength(1)
    expect(displaced([acme('libacmecrypto.so.10')], [curl(), crypto])).toEqual([])
    expect(displaced([acme()], [curl(PRIVATE), crypto])).toEqual([])
    expect(displaced([acme()], [between, crypto])).toEqual([])
  })

  test('does not displace itself for its own package, and the genuine library displaces nothing', () => {
    expect(displaced([acme(SONAME, [SONAME])], [crypto])).toEqual([])
    expect(
      displaced([curl()], [crypto, packageOf({ name: 'app', objects: [program('/usr/bin/app', { needed: [SONAME, 'libcurl.so.4'] })] })]),
    ).toEqual([])
  })
})

describe('private-openssl-soname', () => {
  const alone = (facts: PackageFacts, configured: readonly string[] = []) => findingsOf(rule, facts, { configured })

  test('warns of a copy by itself', () =>
    expect(alone(acme())).toMatchObject([{ file: `${PRIVATE}/${SONAME}`, severity: 'warning', message: expect.stringContaining(SONAME) }]))

  test('is an error with a victim', () => {
    const interpositions = new Map([
      [`${PRIVATE}/${SONAME}`, displaced([acme()], [curl(), crypto]).map(({ interposition }) => interposition)],
    ])
    expect(findingsOf(rule, acme(), { interpositions })).toMatchObject([
      {
        severity: 'error',
        symbols: ['CRYPTO_lock'],
        message: expect.stringMatching(
          /libcurl\.so\.4 in \/opt\/acme\/bin\/acmed \(acme-1-1\.x86_64\) would get this file as libcrypto\.so\.10 instead of \/usr\/lib64/,
        ),
      },
    ])
  })

  test('is silent for another soname, for OpenSSL’s own packages, and for a public copy', () => {
    expect(alone(acme('libacmecrypto.so.10'))).toEqual([])
    expect(alone(packageOf({ name: 'compat-openssl10', objects: [copyAt(`${PRIVATE}/${SONAME}`)] }))).toEqual([])
    expect(alone(packageOf({ name: 'acme', objects: [copyAt(`${LIB}/${SONAME}`)] }))).toEqual([])
    expect(alone(acme(), [PRIVATE])).toEqual([])
  })
})
