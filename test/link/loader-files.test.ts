/** The loader's own files: ld.so.cache, ld.so.conf; and paths inside a root. */
import { describe, expect, test } from '@jest/globals'
import { MalformedError } from '../../lib/errors/check-error.js'
import { decodeLoaderCache } from '../../lib/link/loader-cache.js'
import { configuredDirectories } from '../../lib/link/loader-config.js'
import { resolvePath, type TreeEntry } from '../../lib/link/resolve-path.js'
import { expandTokens } from '../../lib/link/string-tokens.js'
import { buildCache } from '../support/cache-builder.js'
import { app, lib, LOADER, start } from '../support/process.js'

const X86_64 = 0x0303
const ENTRIES = [
  { name: 'a', path: '/v3/a', flags: X86_64, hwcap: 'x86-64-v3', hardware: 0n },
  { name: 'a', path: '/usr/lib64/a', flags: X86_64, hwcap: null, hardware: 0n },
  { name: 'a', path: '/usr/lib/a', flags: 0x0003, hwcap: null, hardware: 0n },
]

describe('ld.so.cache', () => {
  for (const endianness of ['little', 'big'] as const) {
    test(`is read in ${endianness}-endian form, alone and behind the old table`, () => {
      expect(decodeLoaderCache(buildCache(ENTRIES, { endianness }), endianness)).toEqual(ENTRIES)
      expect(decodeLoaderCache(buildCache(ENTRIES, { endianness, hasOldTable: true }), endianness)).toEqual(ENTRIES)
    })
  }

  test('is ignored for a machine of the other byte order, and so is a text file', () => {
    expect(decodeLoaderCache(buildCache(ENTRIES, { endianness: 'little' }), 'big')).toEqual([])
    expect(decodeLoaderCache(Buffer.from('no cache'.padEnd(100)), 'little')).toEqual([])
  })

  test('is ignored if the file is too short for its header, or the old table has another magic', () => {
    const [plain, old] = [false, true].map(hasOldTable => buildCache(ENTRIES, { endianness: 'little', hasOldTable }))
    for (let length = 0; length < 48; length++) {
      expect(decodeLoaderCache(plain!.subarray(0, length), 'little')).toEqual([])
      expect(decodeLoaderCache(old!.subarray(0, length), 'little')).toEqual([])
    }
    expect(decodeLoaderCache(Buffer.from('short'), 'little')).toEqual([])
    old!.write('ld.so-1.7.1')
    expect(decodeLoaderCache(old!, 'little')).toEqual([])
  })

  test('is refused if it is truncated inside its entries', () => {
    expect(() => decodeLoaderCache(buildCache(ENTRIES, { endianness: 'little' }).subarray(0, 60), 'little')).toThrow(MalformedError)
  })

  test('has no entry for a glibc-hwcaps directory without a name', () => {
    const cache = buildCache(ENTRIES, { endianness: 'little' })
    cache.writeUInt32LE(0, 32) // extension_offset
    expect(decodeLoaderCache(cache, 'little')).toEqual(ENTRIES.slice(1))
  })

  test('takes precedence over directories, by the processor and the program’s machine', () => {
    const files = {
      ...LOADER,
      '/etc/ld.so.cache': buildCache(ENTRIES, { endianness: 'little' }),
      '/bin/app': app(['a']),
      '/v3/a': lib(),
      '/usr/lib64/a': lib(),
      '/lib64/a': lib(),
    }
    expect(start(files).scope[1]).toBe('/usr/lib64/a')
    expect(start(files, { hwcaps: ['x86-64-v4', 'x86-64-v3'] }).scope[1]).toBe('/v3/a')
    expect(start({ ...files, '/etc/ld.so.cache': Buffer.alloc(60) }).scope[1]).toBe('a')
  })

  test('may be outdated: a missing file is searched for in the directories', () => {
    const files = {
      ...LOADER,
      '/etc/ld.so.cache': buildCache(ENTRIES, { endianness: 'little' }),
      '/bin/app': app(['a']),
      '/lib64/a': lib(),
    }
    expect(start(files).scope[1]).toBe('a')
  })
})

describe('ld.so.conf', () => {
  const directories = (files: Readonly<Record<string, string>>): string[] =>
    configuredDirectories('/etc/ld.so.conf', {
      read: path => files[path] ?? null,
      list: path =>
        Object.keys(files)
          .flatMap(name => (name.startsWith(`${path}/`) ? [name.slice(path.length + 1)] : []))
          .sort(),
    })

  test('lists one directory per line, each once, without comments and trailing slashes', () => {
    expect(directories({ '/etc/ld.so.conf': '/b/ # first\n\n  /a\n/b\nhwcap 1 x\nrelative\n/c=libc5\n' })).toEqual(['/b', '/a', '/c'])
  })

  test('includes files by pattern, sorted, relative to itself, and none twice', () => {
    const files = {
      '/etc/ld.so.conf': 'include ld.so.conf.d/*.conf\n/last\n',
      '/etc/ld.so.conf.d/b.conf': '/b\ninclude /etc/ld.so.conf\n',
      '/etc/ld.so.conf.d/a.conf': '/a\n',
      '/etc/ld.so.conf.d/.hidden.conf': '/hidden\n',
      '/etc/ld.so.conf.d/c.other': '/other\n',
    }
    expect(directories(files)).toEqual(['/a', '/b', '/last'])
  })

  test('lists nothing if it is missing', () => expect(directories({})).toEqual([]))
})

describe('expandTokens', () => {
  const tokens = { ORIGIN: '/o', LIB: 'lib64', PLATFORM: null }
  test.each([
    ['$ORIGIN/../$LIB', '/o/../lib64'],
    ['${LIB}x$LIB', 'lib64xlib64'],
    ['$LIBS $ORIGIN_ ${LIB', '$LIBS $ORIGIN_ ${LIB'],
    ['$PLATFORM', null],
  ])('expands %s to %s', (text, expected) => expect(expandTokens(text, tokens)).toBe(expected))
})

describe('resolvePath', () => {
  const tree: Readonly<Record<string, TreeEntry>> = {
    '/usr': { kind: 'directory' },
    '/usr/lib': { kind: 'directory' },
    '/usr/lib/a': { kind: 'file' },
    '/lib': { kind: 'link', target: 'usr/lib' },
    '/abs': { kind: 'link', target: '/usr/lib/../lib' },
    '/out': { kind: 'link', target: '../../../usr/lib' },
    '/loop': { kind: 'link', target: 'loop' },
  }
  test.each([
    ['/usr/lib/a', '/usr/lib/a'],
    ['//lib/./a', '/usr/lib/a'],
    ['/abs/a', '/usr/lib/a'],
    ['/out/a', '/usr/lib/a'],
    ['/../usr/lib/..', '/usr'],
    ['/lib/..', '/usr'],
    ['/', '/'],
    ['/usr/lib/a/b', null],
    ['/usr/none/../lib', null],
    ['/loop', null],
  ])('resolves %s to %s', (path, expected) => expect(resolvePath(path, each => tree[each] ?? null)).toBe(expected))
})

describe('a loader from before glibc 2.37', () => {
  const libc = (release: number) => ({
    '/lib64/libc.so.6': { ...lib(), soname: 'libc.so.6', nodes: { 1: 'libc.so.6', 2: `GLIBC_2.${release}` } },
  })
  const files = { ...LOADER, '/bin/app': app(['a']), '/lib64/a': lib(), '/lib64/x86_64/a': lib(), '/lib64/tls/a': lib() }

  test('searches subdirectories named after the processor first, newer ones do not', () => {
    expect(start({ ...files, ...libc(36) }).scope[1]).toBe('tls/a')
    expect(start({ ...files, ...libc(38) }).scope[1]).toBe('a')
    expect(start(files).scope[1]).toBe('a')
    expect(start({ ...files, ...libc(36) }).assumptions).toContain('legacy hwcaps subdirectories (before glibc 2.37): tls, x86_64')
  })

  test('uses cache entries with bits of its processor', () => {
    const entry = { name: 'a', flags: X86_64, hwcap: null }
    const cache = [
      { ...entry, path: '/lib64/haswell/a', hardware: 1n << 50n },
      { ...entry, path: '/lib64/x86_64/a', hardware: 1n << 1n },
      { ...entry, path: '/lib64/a', hardware: 0n },
    ]
    const cached = { ...files, '/lib64/haswell/a': lib(), '/etc/ld.so.cache': buildCache(cache, { endianness: 'little' }) }
    expect(start({ ...cached, ...libc(36) }).scope[1]).toBe('x86_64/a')
    expect(start({ ...cached, ...libc(36) }, { hwcaps: ['haswell'] }).scope[1]).toBe('haswell/a')
    expect(start({ ...cached, ...libc(38) }).scope[1]).toBe('a')
  })
})
