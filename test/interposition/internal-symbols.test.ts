/** Interpositions of a guarded library's internal symbols, which static copies leak. */
import { describe, expect, test } from '@jest/globals'
import type { PackageFacts } from '../../lib/facts/model.js'
import { packageOf } from '../../lib/testing.js'
import { at, found, LIB, program } from '../support/mail-packages.js'
import type { StatedLink } from '../support/linked.js'

const CPUID = 'OPENSSL_ia32_cpuid'
const both = (symbols: readonly string[]): StatedLink => ({ defines: symbols, calls: symbols })

/** A libcrypto that exports its internal symbols and calls them through the loader. */
const crypto = (symbols: readonly string[]): PackageFacts =>
  packageOf({ name: 'openssl-libs', objects: [at(`${LIB}/libcrypto.so.10`, { soname: 'libcrypto.so.10', ...both(symbols) })] })
const copy = (name: string, symbols: readonly string[]): PackageFacts =>
  packageOf({ name, objects: [at(`${LIB}/lib${name}.so.1`, { soname: `lib${name}.so.1`, ...both(symbols) })] })
const daemon = (...needed: readonly string[]): PackageFacts =>
  packageOf({ name: 'daemon', objects: [program('/usr/bin/daemon', { needed })] })

const bound = (checked: PackageFacts, others: readonly PackageFacts[]) =>
  found([checked], others).map(({ interposition: { kind, referrer, provider, symbols } }) => [kind, referrer.path, provider.path, symbols])

describe('an internal symbol', () => {
  test('of libcrypto is hijacked by a copy before it, a generic one too', () => {
    const symbols = [CPUID, 'sha1_block_data_order']
    expect(bound(copy('mod', symbols), [daemon('libmod.so.1', 'libcrypto.so.10'), crypto(symbols)])).toEqual([
      ['hijacked', '/usr/lib64/libcrypto.so.10', '/usr/lib64/libmod.so.1', symbols],
    ])
  })

  test('of libcrypto is hijacked by the program', () => {
    const cargo = packageOf({ name: 'cargo', objects: [program('/usr/bin/cargo', { needed: ['libcrypto.so.10'], defines: [CPUID] })] })
    expect(bound(cargo, [crypto([CPUID])])).toEqual([['hijacked', '/usr/lib64/libcrypto.so.10', '/usr/bin/cargo', [CPUID]]])
  })

  test('of a copy behind libcrypto binds there', () =>
    expect(bound(copy('mod', [CPUID]), [daemon('libcrypto.so.10', 'libmod.so.1'), crypto([CPUID])])).toEqual([
      ['reversed', '/usr/lib64/libmod.so.1', '/usr/lib64/libcrypto.so.10', [CPUID]],
    ]))

  test('of a copy binds to another copy, though no real library exports it', () => {
    const symbols = ['ossl_ctype_check', 'ossl_rand_ctx_new']
    expect(bound(copy('b', symbols), [daemon('liba.so.1', 'libb.so.1'), copy('a', symbols)])).toEqual([
      ['reversed', '/usr/lib64/libb.so.1', '/usr/lib64/liba.so.1', symbols],
    ])
  })

  test('of a generic name is none of our business between two other libraries', () =>
    expect(bound(copy('b', ['tls_free']), [daemon('liba.so.1', 'libb.so.1'), copy('a', ['tls_free'])])).toEqual([]))

  test('is not expected of a libcrypto that is not among the packages', () =>
    expect(bound(copy('mod', [CPUID]), [daemon('libcrypto.so.10', 'libmod.so.1')])).toEqual([]))
})
