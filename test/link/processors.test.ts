/** Where ld.so searches on better processors: of the program's machine only. */
import { describe, expect, test } from '@jest/globals'
import type { Host } from '../../lib/link/file-head.js'
import { HWCAP_NAMES, hwcapLevelsOf, processorsOf } from '../../lib/link/processors.js'
import { LOADER, app, lib, start, type StatedFile } from '../support/process.js'
import type { BuiltObject } from '../support/elf-builder.js'

const X86_64: Host = { machine: 62, elfClass: 64, endianness: 'little' }
const I386: Host = { machine: 3, elfClass: 32, endianness: 'little' }
const AARCH64: Host = { machine: 183, elfClass: 64, endianness: 'little' }
const PPC64LE: Host = { machine: 21, elfClass: 64, endianness: 'little' }
const S390X: Host = { machine: 22, elfClass: 64, endianness: 'big' }

test.each([
  ['x86-64', X86_64, ['x86-64-v4', 'x86-64-v3', 'x86-64-v2']],
  ['x32', { ...X86_64, elfClass: 32 } as const, ['x86-64-v4', 'x86-64-v3', 'x86-64-v2']],
  ['ppc64le', PPC64LE, ['power10', 'power9']],
  ['ppc64', { ...PPC64LE, endianness: 'big' } as const, []],
  ['s390x', S390X, ['z16', 'z15', 'z14', 'z13']],
  ['i386', I386, []],
  ['aarch64', AARCH64, []],
  ['riscv64', { ...X86_64, machine: 243 }, []],
])('the levels of %s', (_title, host, levels) => expect(hwcapLevelsOf(host)).toEqual(levels))

test('kinds of processors begin with the baseline and have known names', () => {
  for (const host of [X86_64, I386, AARCH64, PPC64LE, S390X]) {
    const { kinds, levels } = processorsOf(host)
    expect(kinds[0]).toEqual([])
    for (const kind of kinds) expect(kind.every(name => HWCAP_NAMES.includes(name))).toBe(true)
    expect(kinds.flat()).toEqual(expect.arrayContaining([...levels]))
  }
})

describe('the search', () => {
  const ALL = [...HWCAP_NAMES]
  const program = (host: Host, object: BuiltObject = {}): BuiltObject => ({ ...object, ...host, hash: 'gnu' })
  /** The first library that is found, below /l; the directories hold one each. */
  const found = (host: Host, directories: readonly string[], hwcaps: readonly string[], release = 36): string | undefined => {
    const libraries = Object.fromEntries(['', ...directories].map(directory => [`/l/${directory}a`, program(host, lib())]))
    const libc = program(host, lib([{ name: 'x', versym: 2 }], { nodes: { 1: 'libc.so.6', 2: `GLIBC_2.${release}` } }))
    const files: Record<string, StatedFile> = {
      ...LOADER,
      ...libraries,
      '/lib/libc.so.6': libc,
      '/lib64/libc.so.6': libc,
      '/bin/app': program(host, app(['a'], [], { named: { 29: '/l' } })),
    }
    return start(files, { hwcaps }).scope[1]?.replace(/^\/l\//, '')
  }

  test.each([
    ['i386', I386],
    ['aarch64', AARCH64],
  ])('of %s ignores the levels of x86-64', (_title, host) => {
    expect(found(host, ['glibc-hwcaps/x86-64-v2/'], ['x86-64-v2'])).toBe('a')
    expect(found(X86_64, ['glibc-hwcaps/x86-64-v2/'], ['x86-64-v2'])).toBe('glibc-hwcaps/x86-64-v2/a')
  })

  test.each([
    ['x86-64', X86_64, ['haswell/', 'x86_64/'], [], 'x86_64/a'],
    ['x86-64', X86_64, ['haswell/', 'x86_64/'], ['x86-64-v3', 'x86-64-v2'], 'x86_64/a'],
    ['x86-64', X86_64, ['haswell/', 'x86_64/'], ['haswell'], 'haswell/a'],
    ['x86-64', X86_64, ['haswell/', 'haswell/avx512_1/', 'avx512_1/', 'tls/'], ['haswell', 'avx512_1'], 'tls/a'],
    ['x86-64', X86_64, ['haswell/', 'haswell/avx512_1/', 'avx512_1/'], ['haswell', 'avx512_1'], 'haswell/avx512_1/a'],
    ['x86-64', X86_64, ['haswell/', 'glibc-hwcaps/x86-64-v3/'], ALL, 'glibc-hwcaps/x86-64-v3/a'],
    ['aarch64', AARCH64, ['atomics/', 'aarch64/'], [], 'aarch64/a'],
    ['aarch64', AARCH64, ['atomics/', 'aarch64/atomics/'], ['atomics'], 'aarch64/atomics/a'],
    ['i386', I386, ['i686/sse2/', 'sse2/'], ALL, 'i686/sse2/a'],
    ['ppc64le', PPC64LE, ['power8/', 'power9/', 'altivec/'], [], 'power8/a'],
    ['ppc64le', PPC64LE, ['power8/', 'power9/', 'altivec/'], ['power9'], 'power9/a'],
    ['s390x', S390X, ['z13/', 'z10/', 'vx/zarch/', 'dfp/zarch/'], [], 'z10/a'],
    ['s390x', S390X, ['z14/', 'z13/', 'vx/zarch/', 'dfp/zarch/'], ['z14', 'z13'], 'z14/a'],
    ['s390x', S390X, ['vxe2/', 'vx/zarch/', 'dfp/zarch/'], ['z14', 'z13'], 'vx/zarch/a'],
  ] as const)('before glibc 2.37 on %s', (_title, host, directories, hwcaps, expected) => {
    expect(found(host, directories, hwcaps)).toBe(expected)
    expect(
      found(
        host,
        directories.filter(directory => !directory.startsWith('glibc')),
        hwcaps,
        38,
      ),
    ).toBe('a')
  })

  test('expands $PLATFORM to the platform of the processor', () => {
    const files = { ...LOADER, '/bin/app': app(['a'], [], { named: { 29: '/l/$PLATFORM' } }), '/l/haswell/a': lib(), '/l/x86_64/a': lib() }
    expect(start(files).scope[1]).toBe('/l/x86_64/a')
    expect(start(files, { hwcaps: ['haswell'] }).scope[1]).toBe('/l/haswell/a')
  })
})
