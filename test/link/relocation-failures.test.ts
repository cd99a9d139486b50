/** Errors of relocation, in the order in which ld.so meets them. */
import { expect, test } from '@jest/globals'
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
