/** Files on disk as the loader sees them, and what is read of them. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, linkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { decodeElfImage } from '../../lib/elf/image.js'
import { DiskLayer } from '../../lib/io/disk-layer.js'
import { ReadingRoom, readLinkImage } from '../../lib/io/link-image.js'
import { hwcapsIn } from '../../lib/io/processor.js'
import { DEFAULT_LIMITS } from '../../lib/limits/limits.js'
import { LayeredFiles } from '../../lib/link/layered-files.js'
import { linkObjectOf } from '../../lib/link/link-object.js'
import { buildElf } from '../support/elf-builder.js'
import { app, lib } from '../support/process.js'

const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(() => {
  mkdirSync(join(folder, 'dir'))
  writeFileSync(join(folder, 'dir/a'), buildElf(lib(['f'])))
  linkSync(join(folder, 'dir/a'), join(folder, 'hard'))
  symlinkSync('/dir/a', join(folder, 'soft'))
})

const files = (): LayeredFiles => new LayeredFiles([new DiskLayer(folder, DEFAULT_LIMITS)])

describe('a disk', () => {
  test('knows a file by its inode, whatever leads to it', () => {
    const disk = files()
    const identities = ['/dir/a', '/hard', '/soft', '/dir/../soft'].map(path => disk.open(path)?.identity)
    expect(new Set(identities).size).toBe(1)
    expect(disk.open('/soft')?.realPath).toBe('/dir/a')
  })

  test('opens directories, from which nothing can be read, and nothing that is not there', () => {
    expect(files().open('/dir')?.fault).toBe('cannot read file data: Is a directory')
    expect([files().open('/none'), files().open('/dir/a/b')]).toEqual([null, null])
  })

  test('keeps to its limits', () => {
    const small = new LayeredFiles([new DiskLayer(folder, { ...DEFAULT_LIMITS, elfBytes: 10 })])
    expect(() => small.open('/dir/a')?.linked()).toThrow('more than 10 bytes')
  })
})

/** Something else has been read in it before. */
function usedRoom(size: number): ReadingRoom {
  const room = new ReadingRoom()
  room.of(size).fill(0xff)
  return room
}

describe('readLinkImage', () => {
  test.each([
    ['a library', buildElf(lib(['f'], { soname: 'a', needed: ['b'] }))],
    ['a program', buildElf(app(['a'], ['f']))],
    ['a static program', withoutDynamic(buildElf({ type: 2 }))],
  ])('learns the same of %s as from all its bytes', (_title, bytes) => {
    const padded = Buffer.concat([bytes, Buffer.alloc(200_000, 0x90)])
    const path = join(folder, 'file')
    writeFileSync(path, padded)
    expect(linkObjectOf(readLinkImage(Buffer.from(path), padded.length, usedRoom(padded.length)))).toEqual(
      linkObjectOf(decodeElfImage(padded)),
    )
  })

  function withoutDynamic(bytes: Buffer): Buffer {
    bytes.writeUInt32LE(0, 64 + 56) // PT_NULL in the place of PT_DYNAMIC
    return bytes
  }
})

test.each([
  ['', []],
  ['flags\t\t: fpu cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3\n', ['x86-64-v2']],
  ['flags : avx avx2 bmi1 bmi2 f16c fma movbe xsave\n', []],
  ['flags : cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3 avx avx2 bmi1 bmi2 f16c fma movbe xsave\n', ['x86-64-v3', 'x86-64-v2']],
])('a processor with %j has the levels %j', (cpuinfo, levels) => expect(hwcapsIn(cpuinfo)).toEqual(levels))
