/** Which definition glibc's loader binds a reference to if an unversioned definition comes before the genuine library. */
import { describe, expect, test } from '@jest/globals'
import { app, lib, LOADER, start, undefinedSymbol, type StatedFile } from '../support/process.js'
import type { BuiltObject, BuiltSymbol } from '../support/elf-builder.js'

const V = 'OPENSSL_3.0.0'
const NODES = { 1: 'off', 2: 'OFF_1', 3: 'OFF_2' }
const GENUINE = lib([{ name: 'f', versym: 2 }], { nodes: { 1: 'crypto', 2: V } })
const GLOB_DAT = 6
const COPY = 5
const DTPMOD64 = 16
const EXECUTABLE = 2

/** Calls f, by the version that it was linked against. */
const versioned = (isStrict = false): BuiltObject => ({
  needed: ['crypto'],
  requirements: { 2: { file: 'crypto', name: V, isStrict } },
  symbols: [{ name: 'f', isDefined: false, versym: 2 }],
  calls: ['f'],
})
const UNVERSIONED: BuiltObject = { needed: ['crypto'], symbols: [undefinedSymbol('f')], calls: ['f'] }

/** Bindings of the references of `user`, with `offender` before the genuine library. */
function answers(offender: StatedFile, user: BuiltObject, genuine: StatedFile = GENUINE): readonly string[] {
  return start({ ...LOADER, '/bin/app': app(['off', 'user']), '/lib64/off': offender, '/lib64/user': user, '/lib64/crypto': genuine })
    .answers
}

function takes(offender: StatedFile): { versioned: boolean; unversioned: boolean } {
  const isTaken = (user: BuiltObject): boolean => answers(offender, user)[0]?.includes(': off') === true
  return { versioned: isTaken(versioned()), unversioned: isTaken(UNVERSIONED) }
}

describe('an unversioned definition that comes first', () => {
  const all = { versioned: true, unversioned: true }
  const none = { versioned: false, unversioned: false }
  const some = { versioned: false, unversioned: true }
  test.each<[string, Partial<BuiltSymbol>, BuiltObject, typeof all]>([
    ['without versions', {}, {}, all],
    ['with a base version only there for what it needs', { versym: 1 }, { requirements: { 2: { file: 'ld.so', name: 'GLIBC_2' } } }, all],
    ['with a base version among nodes', { versym: 1 }, { nodes: NODES }, all],
    ['with a local version', { versym: 0 }, { nodes: NODES }, all],
    ['with a hidden base version', { versym: 0x8001 }, { nodes: NODES }, some],
    ['with its first node', { versym: 2 }, { nodes: NODES }, some],
    ['with its first node, hidden', { versym: 0x8002 }, { nodes: NODES }, some],
    ['with a later node', { versym: 3 }, { nodes: NODES }, some],
    ['with a later node, hidden', { versym: 0x8003 }, { nodes: NODES }, none],
    ['with OpenSSL’s node', { versym: 2 }, { nodes: { 1: 'off', 2: V } }, all],
    ['with OpenSSL’s node, hidden', { versym: 0x8002 }, { nodes: { 1: 'off', 2: V } }, all],
    ['with a needed node of that name', { versym: 4 }, { nodes: NODES, requirements: { 4: { file: 'ld.so', name: V } } }, all],
    ['weak', { binding: 2 }, {}, all],
    ['unique', { binding: 10, type: 1 }, {}, all],
    ['protected', { visibility: 3 }, {}, all],
    ['hidden, yet in the hash table', { visibility: 2 }, {}, none],
    ['local, yet in the hash table', { binding: 0 }, {}, none],
    ['data', { type: 1 }, {}, all],
    ['an indirect function', { type: 10 }, {}, all],
    ['a section', { type: 3 }, {}, none],
    ['without a value', { value: 0 }, {}, none],
    ['absolute, of value 0', { value: 0, section: 0xfff1 }, {}, all],
    ['without a hash table', {}, { hash: 'none' }, none],
    ['with the System V hash table', {}, { hash: 'sysv' }, all],
    ['undefined', { isDefined: false }, { hash: 'sysv' }, none],
    ['undefined, with a value: calls pass it by', { isDefined: false, value: 0x10000 }, { hash: 'sysv' }, none],
  ])('%s satisfies the right references', (_title, symbol, object, expected) =>
    expect(takes(lib([{ name: 'f', ...symbol }], object))).toEqual(expected),
  )

  test('satisfies no strict reference with a base version, but does without versions', () => {
    expect(answers(lib([{ name: 'f', versym: 1 }], { nodes: NODES }), versioned(true))).toEqual([`user call f@${V}: crypto@${V}`])
    expect(answers(lib(['f']), versioned(true))).toEqual([`user call f@${V}: off`])
  })

  test('satisfies weak and address references alike', () => {
    const user = { symbols: [{ name: 'f', isDefined: false, binding: 2 }], relocations: [{ symbol: 'f', type: GLOB_DAT }] }
    expect(answers(lib(['f']), user)).toEqual(['user address f: off'])
  })
})

describe('an unversioned reference', () => {
  const from = (symbols: readonly BuiltSymbol[]): readonly string[] =>
    start({ ...LOADER, '/bin/app': app(['a'], ['f']), '/lib64/a': lib(symbols, { nodes: { 1: 'a', 2: 'A', 3: 'B', 4: 'C' } }) }).answers

  test('binds to the first node even if it is hidden', () => {
    expect(
      from([
        { name: 'f', versym: 0x8002 },
        { name: 'f', versym: 3 },
      ]),
    ).toEqual(['app call f: a@A'])
  })

  test('binds to a single default version, and to none if there are two', () => {
    expect(
      from([
        { name: 'f', versym: 0x8003 },
        { name: 'f', versym: 4 },
      ]),
    ).toEqual(['app call f: a@C'])
    expect(
      from([
        { name: 'f', versym: 3 },
        { name: 'f', versym: 4 },
      ]),
    ).toEqual(['app call f: ?'])
  })

  test('does not bind to a hidden later version', () => expect(from([{ name: 'f', versym: 0x8003 }])).toEqual(['app call f: ?']))
})

describe('a reference without a definition', () => {
  const files = (object: BuiltObject): Record<string, StatedFile> => ({ ...LOADER, '/bin/app': { interpreter: '/lib64/ld.so', ...object } })
  const weak = { symbols: [{ name: 'f', isDefined: false, binding: 2 }], relocations: [{ symbol: 'f', type: GLOB_DAT }] }
  const strong = { symbols: [undefinedSymbol('f')], relocations: [{ symbol: 'f', type: GLOB_DAT }] }
  const call = { symbols: [undefinedSymbol('f')], calls: ['f'] }

  test('remains undefined if it is weak', () => {
    expect(start(files(weak))).toMatchObject({ answers: ['app address f: -'], failures: [] })
  })

  test('fails at start-up, except for calls, which fail on first use', () => {
    expect(start(files(strong))).toMatchObject({ answers: ['app address f: ?'], failures: ['/bin/app: undefined symbol: f'] })
    expect(start(files(call))).toMatchObject({ answers: ['app call f: ?'], failures: [] })
  })

  test('fails at start-up for calls, too, without lazy binding', () => {
    expect(start(files(call), { bindsNow: true }).failures).toHaveLength(1)
    expect(start(files({ ...call, dynamic: { 30: 8 } })).failures).toHaveLength(1)
  })
})

describe('the program', () => {
  const data = (name: string): BuiltSymbol => ({ name, type: 1 })

  test('has a copy of a library’s data, to which all references then bind', () => {
    const files = {
      ...LOADER,
      '/bin/app': { ...app(['a']), type: EXECUTABLE, symbols: [data('tab')], relocations: [{ symbol: 'tab', type: COPY }] },
      '/lib64/a': { symbols: [data('tab')], relocations: [{ symbol: 'tab', type: GLOB_DAT }] },
    }
    expect(start(files).answers).toEqual(['app copy tab: a', 'a data tab: app of a'])
  })

  test('has a canonical PLT entry for a function: addresses bind to the program, calls to the library', () => {
    const user = { symbols: [undefinedSymbol('f')], calls: ['f'], relocations: [{ symbol: 'f', type: GLOB_DAT }] }
    const files = {
      ...LOADER,
      '/bin/app': app(['a', 'user'], [], {
        type: EXECUTABLE,
        hash: 'sysv',
        symbols: [{ name: 'f', isDefined: false, value: 0x10000 }],
        calls: ['f'],
      }),
      '/lib64/a': lib(['f']),
      '/lib64/user': user,
    }
    expect(start(files).answers).toEqual(['app call f: a', 'user address f: app of a', 'user call f: a'])
  })
})

describe('a library’s own symbol', () => {
  const own = (symbol: Partial<BuiltSymbol>, object: BuiltObject = {}): readonly string[] =>
    answers(lib(['f']), { symbols: [{ name: 'f', ...symbol }], relocations: [{ symbol: 'f', type: GLOB_DAT }], ...object })

  test('is preempted by an earlier definition', () => expect(own({})).toEqual(['user address f: off']))
  test('is not preempted if it is protected', () => expect(own({ visibility: 3 })).toEqual(['user address f: user']))
  test('is not preempted with DT_SYMBOLIC', () => {
    expect(own({}, { dynamic: { 16: 0 } })).toEqual(['user address f: user'])
    expect(own({}, { dynamic: { 30: 2 } })).toEqual(['user address f: user'])
  })
  test.each([
    ['hidden', { visibility: 2 }],
    ['internal', { visibility: 1 }],
    ['local', { binding: 0 }],
  ])('is resolved at link time if it is %s: there is no reference', (_title, symbol) => expect(own(symbol)).toEqual([]))
})

describe('special definitions', () => {
  test('a unique one is used by all references once one binds to it, DT_SYMBOLIC or not', () => {
    const unique = { symbols: [{ name: 'u', type: 1, binding: 10 }], relocations: [{ symbol: 'u', type: GLOB_DAT }] }
    const files = { ...LOADER, '/bin/app': app(['a', 'b']), '/lib64/a': unique, '/lib64/b': { ...unique, dynamic: { 16: 0 } } }
    // b is relocated first and binds to its own.
    expect(start(files).answers).toEqual(['a data u: b', 'b data u: b'])
  })

  test('a later strong one takes precedence over an earlier weak one only with LD_DYNAMIC_WEAK', () => {
    const files = { ...LOADER, '/bin/app': app(['a', 'b'], ['f']), '/lib64/a': lib([{ name: 'f', binding: 2 }]), '/lib64/b': lib(['f']) }
    expect(start(files).answers).toEqual(['app call f: a'])
    expect(start(files, { prefersStrong: true }).answers).toEqual(['app call f: b'])
  })

  test('with LD_DYNAMIC_WEAK a strong one in the global scope takes precedence over a weak one that DT_SYMBOLIC puts first', () => {
    const symbolic = (binding: number): StatedFile => ({
      symbols: [{ name: 'f', binding }],
      relocations: [{ symbol: 'f', type: GLOB_DAT }],
      dynamic: { 16: 0 },
    })
    const answerOf = (binding: number, other: StatedFile): readonly string[] =>
      start({ ...LOADER, '/bin/app': app(['a', 'b']), '/lib64/a': symbolic(binding), '/lib64/b': other }, { prefersStrong: true }).answers
    expect(answerOf(2, lib(['f']))).toEqual(['a address f: b'])
    expect(answerOf(2, lib([{ name: 'f', binding: 2 }]))).toEqual(['a address f: a'])
    expect(answerOf(1, lib(['f']))).toEqual(['a address f: a'])
  })

  test('thread-local data may have the value 0, and has no canonical PLT entry', () => {
    const user = { symbols: [{ name: 't', isDefined: false, type: 6 }], relocations: [{ symbol: 't', type: DTPMOD64 }] }
    const files = { ...LOADER, '/bin/app': app(['a', 'user']), '/lib64/a': lib([{ name: 't', type: 6, value: 0 }]), '/lib64/user': user }
    expect(start(files).answers).toEqual(['user data t: a'])
  })
})

test('ld.so fails for a library without versions that must define one, when it binds the call', () => {
  const files = { ...LOADER, '/bin/app': app(['user']), '/lib64/user': versioned(), '/lib64/crypto': lib(['f']) }
  expect(start(files, { bindsNow: true }).failures).toEqual([expect.stringContaining('check_match')])
  expect(start(files).failures).toEqual([])
})
