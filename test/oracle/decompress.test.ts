import { describe, expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readSync } from 'node:fs'
import type { Compression } from '../../lib/archive/magic.js'
import { unpack, unpackError } from '../io/decompress/streams.js'

/** Machine code, tables, text and runs: the first bytes of Node itself, and zeros. */
const CONTENT = Buffer.concat([firstBytesOf(process.execPath, 1536 * 1024), Buffer.alloc(600_000), firstBytesOf(process.execPath, 100_001)])

const SIZE = String(CONTENT.length)
const CASES: readonly (readonly [Compression, string, readonly string[]])[] = [
  ['gzip', 'gzip', ['-1']],
  ['gzip', 'gzip', ['-9']],
  ['bzip2', 'bzip2', ['-1']],
  ['bzip2', 'bzip2', ['-9']],
  ['lzma', 'xz', ['--format=lzma', '-1']],
  ['lzma', 'xz', ['--format=lzma', '--lzma1=preset=6,lc=1,lp=2,pb=0']],
  ['xz', 'xz', ['-0', '--check=none']],
  ['xz', 'xz', ['-2', '--check=crc32']],
  ['xz', 'xz', ['-2', '--check=crc64']],
  ['xz', 'xz', ['-6', '--check=sha256']],
  ['xz', 'xz', ['-T2', '--block-size=500KiB', '--check=sha256']],
  ['xz', 'xz', ['--x86', '--lzma2=preset=1']],
  ['xz', 'xz', ['--arm', '--lzma2=preset=1']],
  ['xz', 'xz', ['--armthumb', '--lzma2=preset=1']],
  ['xz', 'xz', ['--arm64', '--lzma2=preset=1']],
  ['xz', 'xz', ['--powerpc', '--lzma2=preset=1']],
  ['xz', 'xz', ['--ia64', '--lzma2=preset=1']],
  ['xz', 'xz', ['--sparc', '--lzma2=preset=1']],
  ['xz', 'xz', ['--delta=dist=4', '--lzma2=preset=1']],
  ['xz', 'xz', ['--lzma2=preset=1,dict=96MiB']],
  ['zstd', 'zstd', ['-q', '-1', '--no-check']],
  ['zstd', 'zstd', ['-q', '-3', '--check']],
  ['zstd', 'zstd', ['-q', '-19', '--no-check']],
  ['zstd', 'zstd', ['-q', '-3', '--long=27']],
  ['zstd', 'zstd', ['-q', '-3', '--no-content-size']],
  ['zstd', 'zstd', ['-q', '-3', '-T2', '-B524288']],
  ['zstd', 'zstd', ['-q', '-3', `--stream-size=${SIZE}`]],
]

for (const tool of ['gzip', 'bzip2', 'xz', 'zstd']) {
  const cases = CASES.filter(([, packer]) => packer === tool)
  const here = spawnSync(tool, ['--version']).error === undefined
  const whereThere = here ? describe : describe.skip
  whereThere(here ? `what ${tool} packs is unpacked` : `(${tool} is not installed)`, () => {
    test.each(cases)('%s by %s %j', async (compression, packer, options) => {
      const packed = packedBy(packer, options)
      if (packed === null) return console.warn(`${packer} ${options.join(' ')}: not an option of this version, skipped`)
      for (const size of [65536, 1021]) {
        const { content, trailing } = await unpack(compression, packed, size)
        expect(content.equals(CONTENT)).toBe(true)
        expect(trailing).toBe(0)
      }
      const cut = await unpackError(compression, packed.subarray(0, Math.floor(packed.length * 0.7)))
      expect(cut).toMatchObject({ reason: 'malformed' })
    })
  })
}

/** The content as the tool packs it; null when this version does not know an option. */
function packedBy(tool: string, options: readonly string[]): Buffer | null {
  const { status, stdout } = spawnSync(tool, [...options, '-c'], { input: CONTENT, maxBuffer: 64 * 1024 * 1024 })
  return status === 0 ? stdout : null
}

function firstBytesOf(path: string, length: number): Buffer {
  const file = openSync(path, 'r')
  const bytes = Buffer.alloc(length)
  const count = readSync(file, bytes)
  closeSync(file)
  return bytes.subarray(0, count)
}
