import { describe, expect, test } from '@jest/globals'
import { Reader } from '../../lib/bytes/reader.js'
import { decodeHeaderIndex } from '../../lib/rpm/header-index.js'
import { MAIN_HEADER, decodeHeaderIntro } from '../../lib/rpm/header-intro.js'
import { HeaderStore } from '../../lib/rpm/header-store.js'
import { tagTable } from '../../lib/rpm/tag.js'
import { bin, buildHeader, int16, int32, int64, string, strings, translated, type Tags } from '../support/rpm-builder.js'

const TAG = tagTable({
  TEXT: [1000, 'STRING'],
  TEXTS: [1001, 'STRING_ARRAY'],
  TRANSLATED: [1002, 'I18NSTRING'],
  SHORTS: [1003, 'INT16'],
  WORDS: [1004, 'INT32'],
  LONGS: [1005, 'INT64'],
  BYTES: [1006, 'BIN'],
  ABSENT: [1007, 'STRING'],
  NONE: [1008, 'INT32'],
})

function store(tags: Tags): HeaderStore {
  const file = new Reader(buildHeader(tags, 63), 'file', 'big')
  const intro = decodeHeaderIntro(file, 0, MAIN_HEADER)
  return new HeaderStore(decodeHeaderIndex(file, intro, MAIN_HEADER))
}

describe('a header store', () => {
  const header = store({
    1000: string('caf\xe9'),
    1001: strings('a', '', 'b'),
    1002: translated('Hello', 'Hallo'),
    1003: int16(1, 0xffff),
    1004: int32(2, 0xffffffff),
    1005: int64(3n, 2n ** 53n - 1n),
    1006: bin(Buffer.from([0, 1, 0])),
  })

  test('returns strings as byte strings', () => {
    expect(header.string(TAG.TEXT)).toBe('caf\xe9')
    expect(header.strings(TAG.TEXTS)).toEqual(['a', '', 'b'])
    expect(header.string(TAG.TEXTS)).toBe('a')
    expect(header.string(TAG.TRANSLATED)).toBe('Hello')
  })

  test('returns integers of every width as unsigned', () => {
    expect(Array.from(header.integers(TAG.SHORTS) ?? [])).toEqual([1, 0xffff])
    expect(Array.from(header.integers(TAG.WORDS) ?? [])).toEqual([2, 0xffffffff])
    expect(Array.from(header.integers(TAG.LONGS) ?? [])).toEqual([3, Number.MAX_SAFE_INTEGER])
    expect(header.integer(TAG.WORDS)).toBe(2)
  })

  test('returns bytes unchanged', () => {
    expect(header.bytes(TAG.BYTES)).toEqual(Buffer.from([0, 1, 0]))
  })

  test('returns null for absent tags', () => {
    expect([header.string(TAG.ABSENT), header.strings(TAG.ABSENT), header.integer(TAG.NONE), header.integers(TAG.NONE)]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect([header.has(TAG.ABSENT), header.count(TAG.ABSENT)]).toEqual([false, 0])
    expect([header.has(TAG.TEXTS), header.count(TAG.TEXTS)]).toEqual([true, 3])
  })

  test('throws for a tag of another type', () => {
    const wrong = store({ 1000: int32(1), 1004: int16(1), 1006: string('x') })
    expect(() => wrong.string(TAG.TEXT)).toThrow('TEXT: type 4, expected 6')
    expect(() => wrong.integers(TAG.WORDS)).toThrow('WORDS: type 3, expected 4')
    expect(() => wrong.bytes(TAG.BYTES)).toThrow('BYTES: type 6, expected 7')
  })

  test('throws for an integer that a double cannot hold', () => {
    expect(() => store({ 1005: int64(2n ** 60n) }).integers(TAG.LONGS)).toThrow('more than 53 bits')
  })
})
