import { describe, expect, test } from '@jest/globals'
import fc, { anyCharacter } from '../support/properties.js'
import { clipped, byteStringOf, printable, textOf } from '../../lib/bytes/names.js'

const anyBytes = fc.uint8Array({ maxLength: 40 })

describe('a byte string', () => {
  test('has one unit for each byte, and loses none', () => {
    fc.assert(fc.property(anyBytes, bytes => expect(Buffer.from(byteStringOf(bytes), 'latin1')).toEqual(Buffer.from(bytes))))
  })

  test('is made of the given bytes, not of the memory around them', () => {
    expect(byteStringOf(Buffer.from('abcdef').subarray(2, 4))).toBe('cd')
  })
})

describe('text of a byte string', () => {
  const utf8 = (text: string): string => Buffer.from(text).toString('latin1')

  test('is its UTF-8', () => expect(textOf(utf8('größe-€-𝄞'))).toBe('größe-€-𝄞'))
  test('keeps a byte order mark: two names stay two', () => expect(textOf(utf8('\ufeffa'))).toBe('\ufeffa'))
  test('escapes each byte above 7f if it is not UTF-8', () => expect(textOf('gr\xf6\xdfe')).toBe('gr\\xf6\\xdfe'))

  test.each([
    ['a surrogate', '\xed\xa0\x80'],
    ['an overlong form', '\xc0\xaf'],
    ['a cut form', 'a\xe2\x82'],
  ])('does not accept %s as UTF-8', (_, bytes) => expect(textOf(bytes)).toMatch(/^a?(\\x[0-9a-f]{2})+$/))

  test('is well-formed for all bytes, and the same as Node’s if that is lossless', () => {
    fc.assert(
      fc.property(anyBytes, bytes => {
        const text = textOf(byteStringOf(bytes))
        const decoded = Buffer.from(bytes).toString()
        expect(text).toBe(Buffer.from(text).toString())
        if (!decoded.includes('\ufffd')) expect(text).toBe(decoded)
      }),
    )
  })

  test('is restored for every text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => expect(textOf(utf8(text))).toBe(text)))
  })
})

describe('printable text', () => {
  test.each([
    ['\n', '\\x0a'],
    ['\x1b[31m', '\\x1b[31m'],
    ['\x7f', '\\x7f'],
    ['\x9b', '\\x9b'],
    ['\u0085', '\\x85'],
    ['\u2028', '\\u2028'],
    ['\u202e', '\\u202e'],
    ['\u2066', '\\u2066'],
    ['\u061c', '\\u061c'],
    ['\u200f', '\\u200f'],
    ['\ufeff', '\\ufeff'],
  ])('shows %j as %s', (text, shown) => expect(printable(`a${text}b`)).toBe(`a${shown}b`))

  test.each(['größe', '日本語', '𝄞', 'a b', '~', '\u00a0', '\u2027', '\u202f', '\u2070'])('leaves %j unchanged', text =>
    expect(printable(text)).toBe(text),
  )

  test('has no controls, line ends or bidirectional marks, and is printable already', () => {
    const nasty = fc.constantFrom('\n', '\r', '\t', '\0', '\x1b', '\x9b', '\u2028', '\u2029', '\u202a', '\u2069')
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(nasty, anyCharacter) }), text => {
        const shown = printable(text)
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
        expect(printable(shown)).toBe(shown)
      }),
    )
  })
})

test('a long text is clipped between characters', () => {
  expect(clipped('abc', 3)).toBe('abc')
  expect(clipped('abcd', 3)).toBe('ab…')
  expect(clipped('a\u{1f600}cd', 3)).toBe('a…')
})
