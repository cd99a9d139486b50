import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { lzmaDictionaryBytes, xzDictionaryBytes } from '../../../lib/io/decompress/lzma-dictionary.js'
import { hasTool } from '../../support/tools.js'
import { PACKED } from './samples.js'

const MIB = 1024 * 1024
const packed = (...options: readonly string[]): Buffer => execFileSync('xz', ['-c', ...options], { input: 'text' })

describe('the dictionary', () => {
  const xzTest = hasTool('xz') ? test : test.skip
  xzTest.each([
    [['-0'], MIB / 4],
    [['-6'], 8 * MIB],
    [['-9'], 64 * MIB],
    [['--lzma2=dict=96MiB'], 96 * MIB],
    [['--x86', '--delta=dist=4', '--lzma2=dict=4KiB'], 4096],
    [['-6', '-T2'], 8 * MIB], // states both sizes of a block
  ])('of xz %j', (options, bytes) => expect(xzDictionaryBytes(packed(...options))).toBe(bytes))

  xzTest('of lzma', () => expect(lzmaDictionaryBytes(packed('--format=lzma', '-9'))).toBe(64 * MIB))

  test('is 0 where the head does not say', () => {
    expect([xzDictionaryBytes(new Uint8Array(3)), lzmaDictionaryBytes(new Uint8Array(3))]).toEqual([0, 0])
    expect(xzDictionaryBytes(new Uint8Array(128).fill(0xff))).toBe(0)
    expect(xzDictionaryBytes(PACKED.xz.empty)).toBe(0) // no block
  })
})
