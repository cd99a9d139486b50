/** musl's rules where they differ from glibc's. */
import { describe, expect, test } from '@jest/globals'
import { app, lib, start, undefinedSymbol, type StatedFile } from '../support/process.js'
import { buildElf, type BuiltObject } from '../support/elf-builder.js'

const LDSO = '/lib/ld-musl-x86_64.so.1'
const LIBC: Record<string, StatedFile> = { [LDSO]: lib(['__libc_start_main', { name: 'stdin', type: 1 }, 'write'], { soname: 'libc.so' }) }
const RUNPATH = 29

function program(needed: readonly string[], calls: readonly string[] = [], object: BuiltObject = {}): BuiltObject {
  return app(needed, calls, { interpreter: LDSO, ...object })
}

describe('the lookup', () => {
  const takes = (symbol: object, object: BuiltObject = {}): readonly string[] =>
    start({ ...LIBC, '/bin/app': program(['off', 'b'], ['f']), '/lib/off': lib([{ name: 'f', ...symbol }], object), '/lib/b': lib(['f']) })
      .answers
  const nodes = { 1: 'off', 2: 'A', 3: 'B' }

  test.each([
    ['a foreign default node', { versym: 3 }, { nodes }, '/lib/off@B'],
    ['hidden visibility, which is not looked at', { visibility: 2 }, {}, '/lib/off'],
    ['a hidden node', { versym: 0x8002 }, { nodes }, '/lib/b'],
    ['an indirect function, which musl does not know', { type: 10 }, {}, '/lib/b'],
    ['the value 0', { value: 0, section: 0xfff1 }, {}, '/lib/b'],
    ['a local symbol', { binding: 0 }, {}, '/lib/b'],
  ])('decides on %s', (_title, symbol, object, provider) => expect(takes(symbol, object)).toEqual([`app call f: ${provider}`]))

  test('compares no versions: a versioned reference binds to any definition of the name', () => {
    const user = { requirements: { 2: { file: 'b', name: 'V' } }, symbols: [{ name: 'f', isDefined: false, versym: 2 }], calls: ['f'] }
    expect(start({ ...LIBC, '/bin/app': program(['b', 'user']), '/lib/b': lib(['f']), '/lib/user': user }).answers).toEqual([
      '/lib/user call f@V: /lib/b',
    ])
  })

  test('fails for every undefined symbol: all are bound at start-up', () => {
    expect(start({ ...LIBC, '/bin/app': program([], ['gone']) }).failures).toEqual(['Error relocating /bin/app: gone: symbol not found'])
  })

  test('leads from a canonical PLT entry to the library that has the function', () => {
    const pltEntry = { name: 'f', isDefined: false, value: 0x1234 }
    const files = {
      ...LIBC,
      '/bin/app': program(['user', 'a'], [], { type: 2, hash: 'sysv', symbols: [pltEntry], calls: ['f'] }),
      '/lib/user': { symbols: [undefinedSymbol('f')], relocations: [{ symbol: 'f', type: 6 }] },
      '/lib/a': lib(['f']),
    }
    expect(start(files).answers).toEqual(['app call f: /lib/a', '/lib/user address f: app of /lib/a'])
  })

  test('skips the program for its copy relocations', () => {
    const files = {
      ...LIBC,
      '/bin/app': program(['a'], [], { type: 2, symbols: [{ name: 'tab', type: 1 }], relocations: [{ symbol: 'tab', type: 5 }] }),
      '/lib/a': lib([{ name: 'tab', type: 1 }]),
    }
    expect(start(files).answers).toEqual(['app copy tab: /lib/a'])
  })
})

describe('the load order', () => {
  test('has the C library, by any of its names, where it is first needed', () => {
    const files = {
      ...LIBC,
      '/bin/app': program(['a', 'libc.so', 'b']),
      '/lib/a': lib([], { needed: ['libpthread.so.0'] }),
      '/lib/b': lib(),
    }
    expect(start(files).scope).toEqual(['app', '/lib/a', LDSO, '/lib/b'])
  })

  test('treats another C library as the running one', () => {
    const files = { ...LIBC, '/bin/app': program(['libother.so']), '/lib/libother.so': { link: 'ld-musl-x86_64.so.1' } }
    expect(start(files).scope).toEqual(['app', LDSO])
  })

  test('ignores sonames', () => {
    const files = { ...LIBC, '/bin/app': program(['a-1', 'a']), '/lib/a-1': lib([], { soname: 'a' }), '/lib/a': lib() }
    expect(start(files).scope).toEqual(['app', '/lib/a-1', '/lib/a'])
  })
})

describe('the search', () => {
  const found = (files: Record<string, StatedFile>, environment = {}): string | undefined =>
    start({ ...LIBC, ...files }, environment).scope[1]

  test('uses LD_LIBRARY_PATH, RUNPATH or RPATH of the whole chain, and the system’s list', () => {
    const files: Record<string, StatedFile> = {
      '/bin/app': program(['b'], [], { named: { [RUNPATH]: '$ORIGIN/../run' } }),
      '/run/b': lib([], { needed: ['a'] }),
      '/run/a': lib(),
      '/env/b': lib(),
      '/usr/local/lib/a': lib(),
    }
    expect(start({ ...LIBC, ...files }).scope).toEqual(['app', '../run/b', '../run/a'])
    expect(found(files, { libraryPath: '/env' })).toBe('/env/b')
  })

  test('uses no RUNPATH of the program for a preloaded library, nor for what that needs', () => {
    const files: Record<string, StatedFile> = {
      ...LIBC,
      '/bin/app': program(['a'], [], { named: { [RUNPATH]: '/run' } }),
      '/run/a': lib(),
      '/run/b': lib(),
      '/run/pre': lib([], { needed: ['b'] }),
      '/own/pre': lib([], { needed: ['b'], named: { [RUNPATH]: '/own' } }),
      '/own/b': lib(),
    }
    expect(start(files, { preload: ['pre'] })).toMatchObject({
      scope: ['app', '/run/a'],
      failures: [],
      warnings: ['Error loading shared library pre: No such file or directory: cannot be preloaded, ignored'],
    })
    expect(start(files, { preload: ['pre'], libraryPath: '/own' }).scope).toEqual(['app', '/own/pre', '/run/a', '/own/b'])
    expect(start(files, { preload: ['/run/pre'] })).toMatchObject({
      scope: ['app', '/run/pre', '/run/a'],
      failures: ['Error loading shared library b: No such file or directory (needed by /run/pre)'],
    })
    expect(start(files, { preload: ['/own/pre'] }).scope).toEqual(['app', '/own/pre', '/run/a', '/own/b'])
  })

  test('drops a path with another token than $ORIGIN', () => {
    const files = { '/bin/app': program(['a'], [], { named: { [RUNPATH]: '$LIB:/run' } }), '/run/a': lib(), '/usr/lib/a': lib() }
    expect(found(files)).toBe('/usr/lib/a')
  })

  test('reads the system’s list from /etc', () => {
    const files = { '/bin/app': program(['a']), '/lib/a': lib(), '/opt/a': lib(), '/etc/ld-musl-x86_64.path': Buffer.from('/opt\n/lib\n') }
    expect(found(files)).toBe('/opt/a')
  })

  test('ends at links in a circle', () => {
    const files = { ...LIBC, '/bin/app': program(['a']), '/lib/a': { link: 'a' }, '/usr/lib/a': lib() }
    expect(start(files)).toMatchObject({ scope: ['app'], failures: [expect.stringContaining('Symbolic link loop')] })
  })

  test('accepts a library of any OS ABI', () => {
    const bytes = buildElf(lib())
    bytes[7] = 9
    expect(found({ '/bin/app': program(['a']), '/lib/a': bytes })).toBe('/lib/a')
  })

  test('ends at the first file of the name, whatever it is', () => {
    const files = { ...LIBC, '/bin/app': program(['a']), '/lib/a': Buffer.from('text'), '/usr/lib/a': lib() }
    expect(start(files)).toMatchObject({
      scope: ['app'],
      failures: [expect.stringContaining('/lib/a is not a library that this program can load')],
    })
  })
})

test('glibc’s rules apply if requested, even with musl’s interpreter', () => {
  const files = { ...LIBC, '/bin/app': program(['a'], ['f']), '/lib/a': lib([{ name: 'f', visibility: 2 }]) }
  expect(start(files, { libc: 'glibc' }).answers).toEqual(['app call f: ?'])
  expect(start({ ...files, '/lib/u': { symbols: [undefinedSymbol('f')] } }).answers).toEqual(['app call f: /lib/a'])
})
