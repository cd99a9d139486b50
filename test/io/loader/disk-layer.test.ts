/** Files on disk as the loader sees them. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, linkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DiskLayer } from '../../../lib/io/loader/disk-layer.js'
import { hwcapsIn } from '../../../lib/io/loader/hwcaps.js'
import { programsIn } from '../../../lib/io/loader/programs.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import { LayeredFiles } from '../../../lib/link/layered-files.js'
import { buildElf } from '../../support/elf-builder.js'
import { app, lib } from '../../support/process.js'

const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(() => {
  mkdirSync(join(folder, 'dir'))
  writeFileSync(join(folder, 'dir/a'), buildElf(lib(['f'])))
  linkSync(join(folder, 'dir/a'), join(folder, 'hard'))
  symlinkSync('/dir/a', join(folder, 'soft'))
  writeFileSync(join(folder, 'program'), buildElf(app(['a'], ['f'])), { mode: 0o755 })
  writeFileSync(join(folder, 'text'), '#!/bin/sh\n', { mode: 0o755 })
  writeFileSync(join(folder, 'broken'), Buffer.from('\x7fELF\x09'.padEnd(100, '\0'), 'latin1'))
})

const files = (): LayeredFiles => new LayeredFiles([new DiskLayer(folder, DEFAULT_LIMITS)])

describe('a disk', () => {
  test('identifies a file by its inode, whatever path leads to it', () => {
    const disk = files()
    const identities = ['/dir/a', '/hard', '/soft', '/dir/../soft'].map(path => disk.open(path)?.identity)
    expect(new Set(identities).size).toBe(1)
    expect(disk.open('/soft')?.realPath).toBe('/dir/a')
  })

  test('keeps the paths of one file apart: $ORIGIN differs', () => {
    const disk = files()
    expect(['/dir/a', '/hard'].map(path => disk.open(path)?.realPath)).toEqual(['/dir/a', '/hard'])
  })

  test('returns only programs in a search for programs, and libraries afterwards', () => {
    const disk = files()
    expect([disk.openProgram('/dir/a'), disk.openProgram('/text'), disk.openProgram('/dir')]).toEqual([null, null, null])
    expect(disk.openProgram('/program')?.linked().object.isProgram).toBe(true)
    expect(() => disk.openProgram('/broken')?.linked()).toThrow('unknown EI_CLASS 9')
    expect(disk.open('/dir/a')?.linked().object.dynamic?.definitions.count).toBe(1)
  })

  test('lists executable files', () => {
    expect(files().entries('/')).toEqual([
      { name: 'broken', kind: 'file', isExecutable: false },
      { name: 'dir', kind: 'directory', isExecutable: false },
      { name: 'hard', kind: 'file', isExecutable: false },
      { name: 'program', kind: 'file', isExecutable: true },
      { name: 'soft', kind: 'link', isExecutable: false },
      { name: 'text', kind: 'file', isExecutable: true },
    ])
  })

  test('is searched for executable programs, and for all others if there are none', () => {
    expect([...programsIn('/', files())]).toEqual(['/program'])
    chmodSync(join(folder, 'program'), 0o644)
    expect([...programsIn('/', files())]).toEqual(['/broken', '/program'])
  })

  test('opens directories, which cannot be read, and no missing files', () => {
    expect(files().open('/dir')?.fault).toBe('cannot read file data: Is a directory')
    expect([files().open('/none'), files().open('/dir/a/b')]).toEqual([null, null])
  })

  test('treats a system error as a missing file', () => {
    symlinkSync('loop', join(folder, 'loop'))
    const disk = new DiskLayer(folder, DEFAULT_LIMITS)
    try {
      expect([disk.open('/loop'), disk.openProgram('/loop'), disk.read('/none'), disk.read('/dir')]).toEqual([null, null, null, null])
      expect([disk.list('/none'), disk.list('/program'), disk.entries('/none')]).toEqual([[], [], []])
    } finally {
      rmSync(join(folder, 'loop'))
    }
  })

  test('rethrows bugs', () => {
    expect(() => new DiskLayer(folder, DEFAULT_LIMITS).read('/a\0b')).toThrow('null bytes')
  })

  test('keeps to its limits', () => {
    const small = new LayeredFiles([new DiskLayer(folder, { ...DEFAULT_LIMITS, elfBytes: 10 })])
    expect(() => small.open('/dir/a')?.linked()).toThrow('more than 10 bytes')
  })
})

const V2 = 'cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3'
const V3 = 'avx avx2 bmi1 bmi2 f16c fma movbe xsave'
const V4 = 'avx512f avx512bw avx512cd avx512dq avx512vl'

test.each([
  ['', []],
  [`flags\t\t: fpu ${V2}\n`, ['x86-64-v2']],
  [`flags : ${V3}\n`, []],
  [`flags : ${V2} ${V3}\n`, ['x86-64-v3', 'x86-64-v2']],
  [`vendor_id : AuthenticAMD\nflags : ${V2} ${V3} ${V4} abm\n`, ['x86-64-v4', 'x86-64-v3', 'x86-64-v2']],
  [`vendor_id : GenuineIntel\nflags : ${V2} ${V3} abm\n`, ['x86-64-v3', 'x86-64-v2', 'haswell']],
  [`vendor_id : GenuineIntel\nflags : ${V2} ${V3} ${V4} abm\n`, ['x86-64-v4', 'x86-64-v3', 'x86-64-v2', 'haswell', 'avx512_1']],
  [`vendor_id : GenuineIntel\nflags : ${V2} ${V3} abm avx512f avx512cd avx512er avx512pf\n`, ['x86-64-v3', 'x86-64-v2', 'xeon_phi']],
  ['processor\t: 0\ncpu\t\t: POWER9 (architected), altivec supported\n', ['power9']],
  ['cpu : POWER10, altivec supported\n', ['power10', 'power9']],
  ['cpu : POWER8E\n', []],
  ['features\t: esan3 zarch stfle ldisp eimm dfp vx vxd vxe gs\n', ['z14', 'z13']],
  ['features : zarch vx vxd vxe gs vxe2 vxp sort dflt vxp2\n', ['z16', 'z15', 'z14', 'z13']],
  ['Features\t: fp asimd atomics\n', ['atomics']],
  ['Features : half vfp neon\n', ['neon']],
])('a processor with %j has %j', (cpuinfo, hwcaps) => expect(hwcapsIn(cpuinfo)).toEqual(hwcaps))
