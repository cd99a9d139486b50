/** Which objects glibc's loader loads, from where, and in which order; cases measured with the loader, without a compiler. */
import { describe, expect, test } from '@jest/globals'
import { app, lib, LOADER, start } from '../support/process.js'
import { buildElf } from '../support/elf-builder.js'

const RPATH = 15
const RUNPATH = 29
const AUXILIARY = 0x7ffffffd
const FILTER = 0x7fffffff
const FLAGS_1 = 0x6ffffffb

describe('the load order', () => {
  test('is breadth first: siblings come before grandchildren', () => {
    const files = { ...LOADER, '/bin/app': app(['a', 'b']), '/lib64/a': lib([], { needed: ['c'] }), '/lib64/b': lib(), '/lib64/c': lib() }
    expect(start(files).scope).toEqual(['app', 'a', 'b', 'c'])
  })

  test('has each object once, at its first position, in a diamond and in a cycle', () => {
    const files = {
      ...LOADER,
      '/bin/app': app(['b', 'a']),
      '/lib64/a': lib([], { needed: ['d', 'b'] }),
      '/lib64/b': lib([], { needed: ['d', 'a'] }),
      '/lib64/d': lib([], { needed: ['a'] }),
    }
    expect(start(files).scope).toEqual(['app', 'b', 'a', 'd'])
  })

  test('has preloads after the program, and their dependencies after the program’s', () => {
    const files = { ...LOADER, '/bin/app': app(['a']), '/lib64/a': lib(), '/lib64/pre': lib([], { needed: ['dep'] }), '/lib64/dep': lib() }
    expect(start(files, { preload: ['pre'] }).scope).toEqual(['app', 'pre', 'a', 'dep'])
    expect(start({ ...files, '/etc/ld.so.preload': Buffer.from('# all\n/lib64/pre\n') }).scope).toEqual(['app', 'pre', 'a', 'dep'])
  })

  test('has the loader where it is needed, even if it is preloaded', () => {
    const files = { ...LOADER, '/bin/app': app(['a']), '/lib64/a': lib([], { needed: ['ld.so'] }), '/lib64/b': lib() }
    for (const preload of ['ld.so', '/lib64/ld.so'])
      expect(start(files, { preload: [preload, 'b'] }).scope).toEqual(['app', 'b', 'a', 'ld.so'])
  })

  test('continues without a missing preload', () => {
    const { scope, failures, warnings } = start({ ...LOADER, '/bin/app': app([]) }, { preload: ['gone'] })
    expect({ scope, failures, warnings: warnings.length }).toEqual({ scope: ['app'], failures: [], warnings: 1 })
  })

  test('has a filtee right before its filter, and before the filter’s dependencies', () => {
    const filter = (tag: number): Record<string, object> => ({
      ...LOADER,
      '/bin/app': app(['x', 'f', 'y']),
      '/lib64/x': lib(),
      '/lib64/y': lib(),
      '/lib64/f': lib([], { needed: ['z'], named: { [tag]: 'real' } }),
      '/lib64/real': lib([], { needed: ['w'] }),
      '/lib64/z': lib(),
      '/lib64/w': lib(),
    })
    for (const tag of [FILTER, AUXILIARY]) expect(start(filter(tag)).scope).toEqual(['app', 'x', 'real', 'f', 'y', 'z', 'w'])
  })

  test('moves a filtee that would come later, and leaves one that comes earlier', () => {
    const files = {
      ...LOADER,
      '/lib64/f': lib([], { named: { [FILTER]: 'real' } }),
      '/lib64/real': lib(),
      '/lib64/x': lib(),
    }
    expect(start({ ...files, '/bin/app': app(['f', 'x', 'real']) }).scope).toEqual(['app', 'real', 'f', 'x'])
    expect(start({ ...files, '/bin/app': app(['real', 'x', 'f']) }).scope).toEqual(['app', 'real', 'x', 'f'])
  })

  test('fails for libraries that are filters for each other, on which ld.so crashes, and accepts a filter for itself', () => {
    const filter = (name: string): object => lib([], { named: { [AUXILIARY]: name } })
    const files = { ...LOADER, '/bin/app': app(['f']), '/lib64/f': filter('g'), '/lib64/g': filter('h'), '/lib64/h': filter('f') }
    const circle = ['/lib64/h: is a filter for /lib64/f, which is a filter for it in turn (ld.so crashes on such a cycle)']
    expect(start(files)).toMatchObject({ failures: circle, scope: ['app', 'h', 'g', 'f'] })
    expect(start({ ...files, '/lib64/f': filter('f') })).toMatchObject({ failures: [], scope: ['app', 'f'] })
  })

  test('fails for a missing filtee of a filter, but not of an auxiliary object', () => {
    const files = (tag: number): Record<string, object> => ({
      ...LOADER,
      '/bin/app': app(['f']),
      '/lib64/f': lib([], { named: { [tag]: 'gone' } }),
    })
    expect(start(files(AUXILIARY)).failures).toEqual([])
    expect(start(files(FILTER)).failures).toEqual(['gone: cannot open shared object file: No such file or directory (needed by /lib64/f)'])
  })

  test('has the loader where it is needed, under its own path', () => {
    expect(start({ ...LOADER, '/bin/app': app(['a', 'ld.so']), '/lib64/a': lib() }).scope).toEqual(['app', 'a', 'ld.so'])
    expect(start({ ...LOADER, '/bin/app': app(['a']), '/lib64/a': lib() }).scope).toEqual(['app', 'a'])
  })
})

describe('a needed name', () => {
  test('is that of a loaded object with this soname, whatever its file name', () => {
    const files = {
      ...LOADER,
      '/bin/app': app(['a-1.2', 'user']),
      '/lib64/a-1.2': lib([], { soname: 'a.so.1' }),
      '/lib64/user': lib([], { needed: ['a.so.1'] }),
      '/lib64/a.so.1': lib(),
    }
    expect(start(files).scope).toEqual(['app', 'a-1.2', 'user'])
  })

  test('may lead by a link to a file that is loaded under another name', () => {
    const files = {
      ...LOADER,
      '/bin/app': app(['a.10', 'a.1']),
      '/lib64/a.10': { link: 'a' },
      '/lib64/a.1': { link: 'a' },
      '/lib64/a': lib(),
    }
    expect(start(files).scope).toEqual(['app', 'a.10'])
  })

  test('with a slash is a path, in which $ORIGIN is expanded', () => {
    const files = { ...LOADER, '/bin/app': app(['$ORIGIN/../opt/a', '/lib64/b']), '/opt/a': lib(), '/lib64/a': lib(), '/lib64/b': lib() }
    expect(start(files).scope).toEqual(['app', '../opt/a', 'b'])
  })
})

describe('the search', () => {
  const copies = (...directories: readonly string[]): Record<string, object> =>
    Object.fromEntries(directories.map(directory => [`${directory}/a`, lib()]))
  const found = (files: Record<string, object>, environment = {}): string | undefined =>
    start({ ...LOADER, ...files }, environment).scope.find(path => path.endsWith('/a') || path === 'a')

  test('uses RPATH, LD_LIBRARY_PATH, RUNPATH, ld.so.conf, and the system’s directories', () => {
    const all = copies('/rpath', '/env', '/runpath', '/conf', '/lib64', '/usr/lib64')
    const conf = { '/etc/ld.so.conf': Buffer.from('/conf\n'), '/conf/liba.so': lib([], { soname: 'a' }) }
    const withRpath = { ...all, ...conf, '/bin/app': app(['a'], [], { named: { [RPATH]: '/rpath' } }) }
    const withRunpath = { ...all, ...conf, '/bin/app': app(['a'], [], { named: { [RUNPATH]: '/runpath' } }) }
    const bare = { ...all, '/bin/app': app(['a']) }
    expect(found(withRpath, { libraryPath: '/env' })).toBe('/rpath/a')
    expect(found(withRunpath, { libraryPath: '/env' })).toBe('/env/a')
    expect(found(withRunpath)).toBe('/runpath/a')
    expect(found({ ...bare, ...conf })).toBe('/conf/a')
    expect(found(bare)).toBe('a')
  })

  test('uses the RPATH of the object’s loaders, but only its own RUNPATH', () => {
    const files = (tag: number): Record<string, object> => ({
      ...copies('/sub'),
      '/bin/app': app(['b'], [], { named: { [tag]: '/sub:/mid' } }),
      '/mid/b': lib([], { needed: ['a'] }),
    })
    expect(found(files(RPATH))).toBe('/sub/a')
    expect(found(files(RUNPATH))).toBeUndefined()
  })

  test('uses the RPATH of a library for its indirect dependencies', () => {
    const files = {
      ...copies('/sub'),
      '/bin/app': app(['b']),
      '/lib64/b': lib([], { needed: ['c'], named: { [RPATH]: '/sub' } }),
      '/lib64/c': lib([], { needed: ['a'] }),
    }
    expect(found(files)).toBe('/sub/a')
  })

  test('ignores every RPATH for an object with a RUNPATH', () => {
    const files = {
      ...copies('/sub'),
      '/bin/app': app(['b'], [], { named: { [RPATH]: '/sub:/mid' } }),
      '/mid/b': lib([], { needed: ['a'], named: { [RUNPATH]: '/nowhere' } }),
    }
    expect(found(files)).toBeUndefined()
  })

  test('expands $ORIGIN, $LIB and $PLATFORM, with and without braces, from the program’s real place', () => {
    const files = (path: string): Record<string, object> => ({
      ...copies('/opt/x/lib64', '/opt/x/x86_64', '/lib64'),
      '/bin/app': { link: '/opt/x/bin/app' },
      '/opt/x/bin/app': app(['a'], [], { named: { [RUNPATH]: path } }),
    })
    expect(found(files('$ORIGIN/../$LIB'))).toBe('/opt/x/bin/../lib64/a')
    expect(found(files('${ORIGIN}/../${PLATFORM}'))).toBe('/opt/x/bin/../x86_64/a')
    expect(found(files('$ORIGINAL/../$LIB:$LIBRARY'))).toBe('a')
  })

  test('searches glibc-hwcaps first if the processor supports them, best first', () => {
    const directories = ['/lib64', '/lib64/glibc-hwcaps/x86-64-v2', '/lib64/glibc-hwcaps/x86-64-v3']
    const files = { ...copies(...directories), '/bin/app': app(['a']) }
    expect(found(files, { hwcaps: ['x86-64-v2', 'x86-64-v3'] })).toBe('glibc-hwcaps/x86-64-v3/a')
    expect(found(files, { hwcaps: ['x86-64-v2', 'z13'] })).toBe('glibc-hwcaps/x86-64-v2/a')
    expect(found(files)).toBe('a')
  })

  test('leaves a list of directories at links in a circle, or through a file, and goes on with the next list', () => {
    const files = (link: string): Record<string, object> => ({
      ...copies('/good', '/lib64'),
      '/bin/app': app(['a'], [], { named: { [RUNPATH]: '/bad:/good' } }),
      '/bad/a': { link },
      '/bad/file': lib(),
    })
    expect(found(files('/bad/a'))).toBe('a')
    expect(found(files('/bad/file/a'))).toBe('a')
    expect(found(files('/gone'))).toBe('/good/a')
  })

  test('passes by a directory that is a circle of links, or a file', () => {
    const files = (bad: object): Record<string, object> => ({
      ...copies('/good', '/lib64'),
      '/bin/app': app(['a'], [], { named: { [RUNPATH]: '/bad:/good' } }),
      '/bad': bad,
    })
    expect(found(files({ link: '/bad' }))).toBe('/good/a')
    expect(found(files(lib()))).toBe('/good/a')
  })

  test('states the system’s error for a path', () => {
    const files = { ...LOADER, '/bin/app': app(['/bad/a', '/file/a', '/gone/a']), '/bad/a': { link: 'a' }, '/file': lib() }
    expect(start(files).failures).toEqual([
      '/bad/a: cannot open shared object file: Error 40 (too many levels of symbolic links) (needed by /bin/app)',
      '/file/a: cannot open shared object file: Error 20 (not a directory) (needed by /bin/app)',
      '/gone/a: cannot open shared object file: No such file or directory (needed by /bin/app)',
    ])
  })

  test('skips the system’s directories for DF_1_NODEFLIB', () => {
    expect(found({ ...copies('/lib64'), '/bin/app': app(['a'], [], { dynamic: { [FLAGS_1]: 0x800 } }) })).toBeUndefined()
  })

  test('recognises the directories of Debian by the contents of the root', () => {
    const files = { ...copies('/usr/lib/x86_64-linux-gnu', '/usr/lib64'), '/bin/app': app(['a']) }
    expect(found({ ...files, '/usr/lib/x86_64-linux-gnu/libc.so.6': lib() })).toBe('/usr/lib/x86_64-linux-gnu/a')
    expect(found({ ...copies('/usr/lib/x86_64-linux-gnu'), '/bin/app': app(['a']) })).toBe('/usr/lib/x86_64-linux-gnu/a')
  })

  test('does not assume Debian because of one package with its directories', () => {
    const files = { ...copies('/usr/lib/x86_64-linux-gnu', '/usr/lib64'), '/bin/app': app(['a']) }
    expect(found(files)).toBe('/usr/lib64/a')
    expect(found({ ...files, '/usr/lib64/libc.so.6': lib() })).toBe('/usr/lib64/a')
    expect(found({ ...copies('/usr/lib/x86_64-linux-gnu'), '/bin/app': app(['a']), '/lib64/libc.so.6': lib() })).toBeUndefined()
  })

  test.each([
    ['another class', { elfClass: 32, machine: 3 }],
    ['another machine', { machine: 183 }],
  ] as const)('skips a file of %s', (_title, object) => {
    const files = { ...copies('/good'), '/bad/a': object, '/bin/app': app(['a'], [], { named: { [RUNPATH]: '/bad:/good' } }) }
    expect(found(files)).toBe('/good/a')
  })

  test.each([
    ['another machine', {}, { machine: 183 }, 'cannot open shared object file: No such file or directory'],
    ['another class', {}, { elfClass: 32, machine: 3 }, 'wrong ELF class: ELFCLASS32'],
    ['another class, for a program of 32 bits', { elfClass: 32, machine: 3 }, {}, 'wrong ELF class: ELFCLASS64'],
    [
      'another machine, for a program of 32 bits',
      { elfClass: 32, machine: 3 },
      { elfClass: 32, machine: 40 },
      'cannot open shared object file: No such file or directory',
    ],
  ] as const)('fails if the only file is of %s', (_title, program, library, why) => {
    expect(start({ ...LOADER, '/lib/a': library, '/lib64/a': library, '/bin/app': app(['a'], [], program) }).failures).toEqual([
      `a: ${why} (needed by /bin/app)`,
    ])
  })

  test.each([
    ['a text', Buffer.from('INPUT(-lcrypto)'.padEnd(100)), 'invalid ELF header'],
    ['an empty file', Buffer.alloc(0), 'file too short'],
    ['another byte order', buildElf({ endianness: 'big' }), 'ELF file data encoding not little-endian'],
    ['a relocatable file', buildElf({ type: 1 }), 'only ET_DYN and ET_EXEC can be loaded'],
    ['a program', buildElf({ type: 2 }), 'cannot dynamically load executable'],
    [
      'a position-independent program',
      buildElf({ dynamic: { [FLAGS_1]: 0x08000000 } }),
      'cannot dynamically load position-independent executable',
    ],
  ])('ends at %s', (_title, bytes, why) => {
    const files = { ...LOADER, ...copies('/good'), '/bad/a': bytes, '/bin/app': app(['a'], [], { named: { [RUNPATH]: '/bad:/good' } }) }
    expect(start(files as never).failures).toEqual([`/bad/a: ${why} (needed by /bin/app)`])
  })
})

describe('start-up', () => {
  const needing = (name: string, isWeak = false): object =>
    lib([], { needed: ['a'], requirements: { 2: { file: 'a', name, isWeak } }, symbols: [{ name: 'x', isDefined: false, versym: 2 }] })
  const versioned = lib([{ name: 'x', versym: 2 }], { nodes: { 1: 'a', 2: 'A_1' } })

  test('fails for a version that a library does not define, unless the requirement is weak', () => {
    const files = (need: object): Record<string, object> => ({ ...LOADER, '/bin/app': app(['u']), '/lib64/u': need, '/lib64/a': versioned })
    expect(start(files(needing('A_1')) as never).failures).toEqual([])
    expect(start(files(needing('A_2')) as never).failures).toEqual(["/lib64/a: version `A_2' not found (required by /lib64/u)"])
    expect(start(files(needing('A_2', true)) as never)).toMatchObject({ failures: [], warnings: [expect.stringContaining('weak version')] })
  })

  test('fails for a version of a library that is not loaded, unless a library is missing as well', () => {
    const cut = (needed: readonly string[]): object => ({ ...needing('A_1'), needed, calls: [] })
    const files = { ...LOADER, '/bin/app': app(['u']), '/lib64/a': versioned }
    expect(start({ ...files, '/lib64/u': cut([]) }).failures).toEqual([
      "/lib64/u: requires A_1 of a, which is not loaded (assertion failure in ld.so's _dl_check_map_versions)",
    ])
    expect(start({ ...files, '/lib64/u': cut(['gone']) }).failures).toEqual([expect.stringMatching(/^gone: cannot open/)])
    expect(start({ ...files, '/bin/app': app(['u', 'a']), '/lib64/u': cut([]) }).failures).toEqual([])
  })

  test('warns about a library without versions', () => {
    const files = { ...LOADER, '/bin/app': app(['u']), '/lib64/u': needing('A_1'), '/lib64/a': lib() }
    expect(start(files as never)).toMatchObject({
      failures: [],
      warnings: ['/lib64/a: no version information available (required by /lib64/u)'],
    })
  })

  test('fails for packed relocations without GLIBC_ABI_DT_RELR, if versions of libc are required', () => {
    const RELR = 36
    const RELRENT = 37
    const packed = (file: string, name: string): object =>
      lib([], {
        needed: [file],
        requirements: { 2: { file, name } },
        symbols: [{ name: 'x', isDefined: false, versym: 2 }],
        dynamic: { [RELR]: 0x10000, [RELRENT]: 8 },
      })
    const library = (names: readonly string[]): object =>
      lib([{ name: 'x', versym: 2 }], { nodes: Object.fromEntries(['base', ...names].map((name, index) => [index + 1, name])) })
    const failures = (file: string, name: string, latest = 'GLIBC_2.36'): readonly string[] =>
      start({ ...LOADER, '/bin/app': app(['u']), '/lib64/u': packed(file, name), [`/lib64/${file}`]: library([name, latest]) }).failures
    expect(failures('libc.so.6', 'GLIBC_2.5')).toEqual(['/lib64/u: DT_RELR without GLIBC_ABI_DT_RELR dependency'])
    expect(failures('libc.so.6', 'GLIBC_ABI_DT_RELR')).toEqual([])
    expect(failures('libc.so.6', 'GLIBC_2.5', 'GLIBC_2.35')).toEqual([])
    expect(failures('libz.so.1', 'ZLIB_1')).toEqual([])
  })

  test('is skipped for a static program, which is its own scope', () => {
    expect(start({ '/bin/app': { type: 2 } })).toMatchObject({
      scope: ['app'],
      failures: [],
      assumptions: ['statically linked: no dynamic loader is involved'],
    })
  })

  test('fails without the program’s interpreter', () => {
    expect(start({ '/bin/app': app([]) }).failures).toEqual(['/lib64/ld.so: the program interpreter does not exist'])
  })
})
