import { expect, test } from '@jest/globals'
import { BitReader } from '../../../lib/io/decompress/bzip2-bits.js'
import { HuffmanTable, MAX_CODE_LENGTH } from '../../../lib/io/decompress/bzip2-huffman.js'

/** One code of each length, and a second of the longest: 0, 10, 110 … up to twenty ones. */
const LENGTHS = Uint8Array.from([...Array.from({ length: MAX_CODE_LENGTH }, (_, index) => index + 1), MAX_CODE_LENGTH])
const CODES = Array.from(LENGTHS, (length, symbol) => (symbol === MAX_CODE_LENGTH ? '1'.repeat(length) : `${'1'.repeat(length - 1)}0`))

function bitsOf(text: string): BitReader {
  const bytes = text.padEnd(Math.ceil(text.length / 8) * 8, '0').match(/.{8}/g) ?? []
  return new BitReader(
    Uint8Array.from(bytes, byte => parseInt(byte, 2)),
    0,
  )
}

test('codes of up to twenty bits are read, as bzip2 wrote before 1.0.3', () => {
  const bits = bitsOf(CODES.join(''))
  const table = new HuffmanTable(LENGTHS)
  expect(CODES.map(() => table.read(bits))).toEqual(CODES.map((_, symbol) => symbol))
  expect(bits.position).toBe(CODES.join('').length)
})

test('an invalid code yields no symbol', () => {
  const table = new HuffmanTable(LENGTHS.subarray(0, MAX_CODE_LENGTH)) // without the code of ones alone
  expect(table.read(bitsOf('1'.repeat(MAX_CODE_LENGTH)))).toBe(-1)
})
