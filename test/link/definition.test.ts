/** The truth table of glibc's loader: which references a definition satisfies if it comes first in the scope. */
import { describe, expect, test } from '@jest/globals'
import { decodeElfImage } from '../../lib/elf/image.js'
import { reachOf, type Reach } from '../../lib/link/definition.js'
import { buildElf, type BuiltObject, type BuiltSymbol } from '../support/elf-builder.js'

const NODES = { 1: 'libx.so.1', 2: 'X_1', 3: 'X_2' }

function reach(symbol: Partial<BuiltSymbol>, object: BuiltObject = {}): Reach {
  const { dynamic } = decodeElfImage(buildElf({ ...object, symbols: [{ name: 'CRYPTO_lock', ...symbol }] }))
  if (dynamic === null) throw new Error('no dynamic part')
  return reachOf(dynamic, 1, 'CRYPTO_lock')
}

describe('reachOf', () => {
  test.each<[string, Partial<BuiltSymbol>, BuiltObject, Reach]>([
    ['no version table', {}, {}, 'all'],
    [
      'base version, the table only there for what it needs',
      { versym: 1 },
      { requirements: { 2: { file: 'libc.so.6', name: 'GLIBC_2.2.5' } } },
      'all',
    ],
    ['base version in a library with nodes (the trap)', { versym: 1 }, { nodes: NODES }, 'all'],
    ['local version, yet in dynsym', { versym: 0 }, { nodes: NODES }, 'all'],
    ['hidden base version', { versym: 0x8001 }, { nodes: NODES }, 'unversioned'],
    ['first node, default', { versym: 2 }, { nodes: NODES }, 'unversioned'],
    ['first node, hidden', { versym: 0x8002 }, { nodes: NODES }, 'unversioned'],
    ['later node, default', { versym: 3 }, { nodes: NODES }, 'unversioned'],
    ['later node, hidden', { versym: 0x8003 }, { nodes: NODES }, 'own-version'],
    ['weak', { binding: 2 }, {}, 'all'],
    ['unique', { binding: 10, type: 1 }, {}, 'all'],
    ['protected', { visibility: 3 }, {}, 'all'],
    ['hidden visibility, yet in the hash table', { visibility: 2 }, {}, 'none'],
    ['internal visibility', { visibility: 1 }, {}, 'none'],
    ['local binding', { binding: 0 }, {}, 'none'],
    ['data', { type: 1 }, {}, 'all'],
    ['indirect function', { type: 10 }, {}, 'all'],
    ['no type', { type: 0 }, {}, 'all'],
    ['section symbol', { type: 3 }, {}, 'none'],
    ['unknown type', { type: 7 }, {}, 'none'],
    ['undefined', { isDefined: false }, { hash: 'sysv' }, 'none'],
    ['value 0', { value: 0 }, {}, 'none'],
    ['value 0, thread-local', { value: 0, type: 6 }, {}, 'all'],
    ['value 0, absolute', { value: 0, section: 0xfff1 }, {}, 'all'],
    ['only the System V hash table', {}, { hash: 'sysv' }, 'all'],
    ['no hash table', {}, { hash: 'none' }, 'none'],
  ])('%s', (_title, symbol, object, expected) => expect(reach(symbol, object)).toBe(expected))

  test('a symbol that the hash table does not lead to is never found', () => {
    const file = buildElf({ symbols: [{ name: 'CRYPTO_lock' }] })
    file.write('CRYPTO_lokk', file.indexOf('CRYPTO_lock'), 'latin1') // the hash is still that of the old name
    const { dynamic } = decodeElfImage(file)
    expect(dynamic === null ? null : reachOf(dynamic, 1, 'CRYPTO_lokk')).toBe('none')
  })
})

/** Misleading files; in each case ld.so was observed to bind the symbol. */
describe('reachOf, for misleading files', () => {
  const lock = { name: 'CRYPTO_lock' }
  const reachIn = (file: Buffer, symbol = 1): Reach => {
    const { dynamic } = decodeElfImage(file)
    if (dynamic === null) throw new Error('no dynamic part')
    return reachOf(dynamic, symbol, 'CRYPTO_lock')
  }

  test('about nchain, which the loader never reads', () => {
    const file = buildElf({ hash: 'sysv', symbols: [{ name: 'x' }, lock] })
    const at = file.indexOf(Buffer.from([1, 0, 0, 0, 3, 0, 0, 0]))
    file[at + 4] = 1
    expect(reachIn(file, 2)).toBe('all')
  })

  test('with a DT_VERSYM that no definition or requirement backs', () => expect(reach({ versym: 0x8003 })).toBe('all'))

  test('about DT_VERDEFNUM: the chain counts', () => {
    const file = buildElf({ symbols: [{ ...lock, versym: 3 }], nodes: NODES, dynamic: { 0x6ffffffd: 1 } })
    expect(decodeElfImage(file).dynamic?.versions.versionOf(1)?.name).toBe('X_2')
  })

  test('with an undefined index, which satisfies the same references as the base version', () => {
    expect(reach({ versym: 9 }, { nodes: NODES })).toBe('all')
    expect(reach({ versym: 0x8009 }, { nodes: NODES })).toBe('none')
  })

  test('about the size of PT_DYNAMIC: the section ends at DT_NULL', () => {
    const file = buildElf({ symbols: [lock] })
    file.writeBigUInt64LE(0n, 64 + 56 + 40) // p_memsz
    expect(reachIn(file)).toBe('all')
  })

  test('with an undefined symbol that has a value', () => {
    expect(reach({ isDefined: false, value: 0x10000 }, { hash: 'sysv' })).toBe('all')
  })

  test('with a bloom shift that differs between processors', () => {
    const file = buildElf({ symbols: [lock] })
    const at = file.indexOf(Buffer.from([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 6, 0, 0, 0]))
    file[at + 12] = 70
    expect(reachIn(file)).toBe('all')
  })
})
