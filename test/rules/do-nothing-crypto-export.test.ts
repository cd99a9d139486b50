import { describe, expect, test } from '@jest/globals'
import { findingsOf, library, packageOf, program } from '../../lib/testing.js'
import rule from '../../rules/do-nothing-crypto-export.js'

const found = (object: ReturnType<typeof library>, name = 'x') => findingsOf(rule, packageOf({ name, objects: [object] }))
const stub = { name: 'CRYPTO_lock', stub: 'only returns' } as const

describe('do-nothing-crypto-export', () => {
  test('rejects a stub and reports what it does', () =>
    expect(found(library({ exports: [stub, 'BIO_new'] }))[0]).toMatchObject({
      severity: 'error',
      symbols: ['CRYPTO_lock'],
      data: { does: { CRYPTO_lock: 'only returns' } },
    }))

  test('is silent for code that does something', () => expect(found(library({ exports: ['CRYPTO_lock'] }))).toEqual([]))

  test('is silent for a stub of the genuine library', () =>
    expect(found(library({ exports: [{ name: 'ERR_remove_state', stub: 'only returns', isKnownNoOp: true }] }))).toEqual([]))

  test('is silent inside the genuine library', () =>
    expect(found(library({ soname: 'libcrypto.so.10', exports: [stub] }), 'openssl-libs')).toEqual([]))

  test('checks programs too', () => expect(found(program({ exports: [stub] }))).toHaveLength(1))

  test('checks a stub under any version that a reference can reach', () => {
    expect(found(library({ exports: [{ ...stub, version: 'V_1', reach: 'unversioned' }] }))).toHaveLength(1)
    expect(found(library({ exports: [{ ...stub, version: 'OPENSSL_3.0.0', isOwnNode: true, reach: 'own-version' }] }))).toHaveLength(1)
    expect(found(library({ exports: [{ ...stub, version: 'V_2', reach: 'own-version' }] }))).toEqual([])
  })

  test('reports one generic symbol as an info', () =>
    expect(found(library({ exports: [{ name: 'str_dup', stub: 'returns zero' }] }))[0]?.severity).toBe('info'))
})
