/** Errors of relocation, in the order in which ld.so meets them. */
import { describe, expect, test } from '@jest/globals'
import { LOADER, app, lib, start, undefinedSymbol, type StatedFile } from '../support/process.js'
import type { BuiltObject } from '../support/elf-builder.js'

const GLOB_DAT = 6

/** A library with an address that nobody defines. */
function lacking(name: string, object: BuiltObject = {}): BuiltObject {
  return lib([undefinedSymbol(name)], { relocations: [{ symbol: name, type: GLOB_DAT }], ...object })
}

function failures(files: Readonly<Record<string, StatedFile>>, environment = {}): readonly string[] {
  return start({ ...LOADER, ...files }, environment).failures
}

test('of several undefined symbols the first is that of the last dependency', () => {
  const files = {
    '/bin/app': app(['a', 'c'], ['own']),
    '/lib64/a': lacking('x', { needed: ['b'] }),
    '/lib64/b': lacking('y'),
    '/lib64/c': lacking('z'),
  }
  expect(failures(files, { bindsNow: true })).toEqual([
    '/lib64/b: undefined symbol: y',
    '/lib64/c: undefined symbol: z',
    '/lib64/a: undefined symbol: x',
    '/bin/app: undefined symbol: own',
  ])
})

test('missing versions come in the order of loading, before undefined symbols', () => {
  const needing = (name: string, needed: readonly string[]): BuiltObject =>
    lib([{ name: 'u', isDefined: false, versym: 2 }], {
      needed: ['v', ...needed],
      requirements: { 2: { file: 'v', name } },
      relocations: [{ symbol: 'u', type: GLOB_DAT }],
    })
  const files = {
    '/bin/app': app(['a']),
    '/lib64/a': needing('V_2', ['b']),
    '/lib64/b': needing('V_3', []),
    '/lib64/v': lib([{ name: 'u', versym: 2 }], { nodes: { 1: 'v', 2: 'V_1' } }),
  }
  expect(failures(files)).toEqual([
    "/lib64/v: version `V_2' not found (required by /lib64/a)",
    "/lib64/v: version `V_3' not found (required by /lib64/b)",
    '/lib64/b: undefined symbol: u, version V_3',
    '/lib64/a: undefined symbol: u, version V_2',
  ])
})

test('R_*_NONE among the calls is an error only where they are bound lazily', () => {
  const files = { '/bin/app': app(['a'], ['f'], { callType: 0 }), '/lib64/a': lib(['f']) }
  expect(failures(files)).toEqual(['/bin/app: unexpected PLT reloc type 0x00'])
  expect(failures(files, { bindsNow: true })).toEqual([])
  expect(failures({ ...files, '/bin/app': app(['a'], ['f'], { callType: 0, dynamic: { 24: 0 } }) })).toEqual([])
})

test('an unknown relocation type ends the start after the references before it', () => {
  const a = lib(['x', 'y'].map(undefinedSymbol), {
    relocations: [
      { symbol: 'x', type: GLOB_DAT },
      { symbol: 'y', type: 0x402 },
    ],
  })
  expect(failures({ '/bin/app': app(['a']), '/lib64/a': a })).toEqual([
    '/lib64/a: undefined symbol: x',
    '/lib64/a: unexpected reloc type 0x00000402',
    '/lib64/a: undefined symbol: y',
  ])
})

test('musl does not know indirect functions of an object’s own, nor addresses of 32 bits', () => {
  const LDSO = '/lib/ld-musl-x86_64.so.1'
  const IRELATIVE = 37
  const a = lib(
    ['f', undefinedSymbol('x')].map(symbol => (typeof symbol === 'string' ? { name: symbol } : symbol)),
    {
      relocations: [{ symbol: 'x', type: GLOB_DAT }, { type: 10 }],
      calls: ['f'],
      callType: IRELATIVE,
    },
  )
  const files = { [LDSO]: lib(), '/bin/app': app(['a'], [], { interpreter: LDSO }), '/lib/a': a }
  expect(failures(files)).toEqual([
    'Error relocating /lib/a: unsupported relocation type 37',
    'Error relocating /lib/a: x: symbol not found',
    'Error relocating /lib/a: unsupported relocation type 10',
  ])
})

test('musl relocates in load order, the program last, and calls before the rest', () => {
  const LDSO = '/lib/ld-musl-x86_64.so.1'
  const a = lib(['x', 'call'].map(undefinedSymbol), { relocations: [{ symbol: 'x', type: GLOB_DAT }], calls: ['call'] })
  const files = { [LDSO]: lib(), '/bin/app': app(['a', 'b'], ['own'], { interpreter: LDSO }), '/lib/a': a, '/lib/b': lacking('z') }
  expect(failures(files)).toEqual([
    'Error relocating /lib/a: call: symbol not found',
    'Error relocating /lib/a: x: symbol not found',
    'Error relocating /lib/b: z: symbol not found',
    'Error relocating /bin/app: own: symbol not found',
  ])
})

describe('a program that accesses protected symbols past their library', () => {
  const COPY = 5
  const NEEDED = 0xb0008000
  const PROTECTED = 3
  const pltEntry = { name: 'f', isDefined: false, value: 0x1234 }
  const copying = app(['a'], [], { symbols: [{ name: 'data', type: 1 }], relocations: [{ symbol: 'data', type: COPY }] })
  const calling = app(['a'], ['f'], { symbols: [pltEntry] })
  const library = (object: BuiltObject = {}, visibility = PROTECTED): BuiltObject =>
    lib(
      ['data', 'f'].map(name => ({ name, visibility })),
      object,
    )
  const result = (program: BuiltObject, a: BuiltObject, bindsNow = true, files: Readonly<Record<string, StatedFile>> = {}): object => {
    const { failures: found, warnings } = start({ ...LOADER, ...files, '/bin/app': program, '/lib64/a': a }, { bindsNow })
    return { failures: found, warnings }
  }
  const copyWarning = "copy relocation against non-copyable protected symbol `data' in `/lib64/a'"
  const callWarning = "direct reference to protected function `f' in `/lib64/a' may break pointer equality"

  test('starts with a warning', () => {
    expect(result(copying, library())).toEqual({ failures: [], warnings: [copyWarning] })
    expect(result(calling, library())).toEqual({ failures: [], warnings: [callWarning] })
    expect(result(calling, library(), false)).toEqual({ failures: [], warnings: [] })
    expect(result(copying, library({}, 0))).toEqual({ failures: [], warnings: [] })
    expect(result(app(['a'], ['f']), library())).toEqual({ failures: [], warnings: [] })
  })

  test('does not start where the library is marked', () => {
    const why = 'error due to GNU_PROPERTY_1_NEEDED_INDIRECT_EXTERN_ACCESS'
    const marked = library({ properties: { [NEEDED]: 1 } })
    expect(result(copying, marked)).toEqual({ failures: [`data: /lib64/a: ${why}`], warnings: [copyWarning] })
    expect(result(calling, marked)).toEqual({ failures: [`f: /lib64/a: ${why}`], warnings: [callWarning] })
    expect(result(calling, marked, false)).toEqual({ failures: [], warnings: [] })
  })

  test('starts without a word before glibc 2.35', () => {
    const libc = { '/lib64/libc.so.6': lib([{ name: 'x', versym: 2 }], { nodes: { 1: 'libc.so.6', 2: 'GLIBC_2.34' } }) }
    expect(result(copying, library({ properties: { [NEEDED]: 1 } }), true, libc)).toEqual({ failures: [], warnings: [] })
  })
})

describe('a library that requires a level of x86-64', () => {
  const ISA = 0xc0008002
  const files = { ...LOADER, '/bin/app': app(['a']), '/lib64/a': lib([], { properties: { [ISA]: 1 | 2 | 4 } }) }
  const failure = '/lib64/a: CPU ISA level is lower than required (x86-64-v3)'

  test('is refused on a lesser processor', () => {
    expect(start(files, { hwcaps: ['x86-64-v2'] }).failures).toEqual([failure])
    expect(start(files, { hwcaps: ['x86-64-v3', 'x86-64-v2'] })).toMatchObject({ failures: [], warnings: [] })
  })

  test('is only reported where nothing is known of the processor', () => {
    expect(start(files)).toMatchObject({ failures: [], warnings: ['/lib64/a: requires a processor with x86-64-v3'] })
  })

  test('is accepted before glibc 2.33', () => {
    const libc = { '/lib64/libc.so.6': lib([{ name: 'x', versym: 2 }], { nodes: { 1: 'libc.so.6', 2: 'GLIBC_2.32' } }) }
    expect(start({ ...files, ...libc }, { hwcaps: ['x86-64-v2'] }).failures).toEqual([])
  })
})

describe('an indirect function of an object that is relocated later', () => {
  const IFUNC = 10
  const indirect = lib([{ name: 'f', type: IFUNC }])
  const warning = "Relink `/lib64/a' with `/lib64/b' for IFUNC symbol `f'"

  test('is a warning, unless its library is among the dependencies', () => {
    const files = { ...LOADER, '/bin/app': app(['b', 'a']), '/lib64/a': lacking('f'), '/lib64/b': indirect }
    expect(start(files)).toMatchObject({ failures: [], warnings: [warning] })
    expect(start({ ...files, '/bin/app': app(['a', 'b']) }).warnings).toEqual([])
    expect(start({ ...files, '/lib64/a': lacking('f', { needed: ['b'] }) }).warnings).toEqual([])
    expect(start({ ...files, '/lib64/b': lib(['f']) }).warnings).toEqual([])
  })

  test('is an error if the program has it', () => {
    const files = { ...LOADER, '/bin/app': app(['a'], [], { symbols: [{ name: 'f', type: IFUNC }] }), '/lib64/a': lacking('f') }
    expect(start(files).failures).toEqual([
      expect.stringContaining("IFUNC symbol 'f' referenced in '/lib64/a' is defined in the executable"),
    ])
  })

  test('is no matter for a call that is bound lazily, nor on other machines', () => {
    const calling = lib([undefinedSymbol('f')], { calls: ['f'] })
    const files = { ...LOADER, '/bin/app': app(['b', 'a']), '/lib64/a': calling, '/lib64/b': indirect }
    expect(start(files).warnings).toEqual([])
    expect(start(files, { bindsNow: true }).warnings).toEqual([warning])
    const on = (object: BuiltObject): BuiltObject => ({ ...object, machine: 183, callType: 1026 })
    const aarch64 = { '/bin/app': on(app(['b', 'a'])), '/lib64/a': on(calling), '/lib64/b': on(indirect) }
    expect(start({ ...LOADER, ...aarch64 }, { bindsNow: true }).warnings).toEqual([])
  })
})
