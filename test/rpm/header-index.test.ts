import { describe, expect, test } from '@jest/globals'
import { Reader } from '../../lib/bytes/reader.js'
import { MalformedError } from '../../lib/errors/check-error.js'
import { decodeHeaderIndex, type HeaderIndex } from '../../lib/rpm/header-index.js'
import { MAIN_HEADER, SIGNATURE_HEADER, decodeHeaderIntro, type HeaderKind } from '../../lib/rpm/header-intro.js'
import {
  bin,
  buildHeader,
  entryBytes,
  int16,
  int32,
  int64,
  string,
  strings,
  type DraftEntry,
  type Tags,
  type Tamper,
} from '../support/rpm-builder.js'

const TAGS: Tags = {
  1000: string('name'),
  1006: int32(7),
  1018: strings('a', '', 'b'),
  1030: int16(1, 2, 3),
  5008: int64(1n),
  5999: bin(Buffer.from('xy')),
}

function decode(bytes: Buffer, kind: HeaderKind): HeaderIndex {
  const file = new Reader(bytes, 'file', 'big', 0x1000)
  const intro = decodeHeaderIntro(file, 0, kind)
  return decodeHeaderIndex(file.window(kind.structure, 0, intro.length), intro, kind)
}

/** The header with one thing changed. */
function main(tamper: Tamper, tags = TAGS): () => HeaderIndex {
  return () => decode(buildHeader(tags, 63, tamper), MAIN_HEADER)
}

function signature(tamper: Tamper, tags = TAGS): HeaderIndex {
  return decode(buildHeader(tags, 62, tamper), SIGNATURE_HEADER)
}

function change(tag: number, patch: Partial<DraftEntry>): Tamper {
  return ({ entries }) => {
    for (const entry of entries) if (entry.tag === tag) Object.assign(entry, patch)
  }
}

/** Rewrites the region's trailer, the last 16 bytes of the data. */
function changeTrailer(patch: Partial<DraftEntry>): Tamper {
  return draft => {
    const trailer = { tag: 63, type: 7, offset: -16 * draft.entries.length, count: 16, ...patch }
    draft.data = Buffer.concat([draft.data.subarray(0, -16), entryBytes(trailer)])
  }
}

/** Inserts bytes into the data at `at`, and moves the rest. */
function insert(at: number, bytes: Buffer): Tamper {
  return draft => {
    draft.data = Buffer.concat([draft.data.subarray(0, at), bytes, draft.data.subarray(at)])
    draft.intro.dataLength += bytes.length
    for (const entry of draft.entries) if (entry.offset >= at) entry.offset += bytes.length
  }
}

/** Adds entries after the region, like tools that sign a signed package again. */
function dribble(tag: number, data: Buffer, offset?: number): Tamper {
  return draft => {
    draft.entries.push({ tag, type: 7, offset: offset ?? draft.data.length, count: data.length })
    draft.data = Buffer.concat([draft.data, data])
    draft.intro.indexCount++
    draft.intro.dataLength += data.length
  }
}

describe('the intro of a header', () => {
  const intro = (patch: Partial<Record<'magic' | 'reserved' | 'indexCount' | 'dataLength', number>>): Buffer =>
    buildHeader(TAGS, 63, draft => void Object.assign(draft.intro, patch))
  const decodeIntro = (bytes: Buffer, kind: HeaderKind): unknown => decodeHeaderIntro(new Reader(bytes, 'file', 'big'), 0, kind)

  test.each([
    ['magic', { magic: 0x8eade802 }],
    ['magic', { reserved: 1 }],
    ['0 index entries', { indexCount: 0 }],
    ['65536 index entries', { indexCount: 0x10000 }],
    ['268435457 index entries', { indexCount: 0x10000001 }],
    ['268435456 bytes', { dataLength: 0x10000000 }],
    ['256 MiB or more', { indexCount: 0xffff, dataLength: 0x0fffffff }],
  ])('is refused for %s', (message, patch) => {
    expect(() => decodeIntro(intro(patch), MAIN_HEADER)).toThrow(message)
  })

  test.each([
    ['33 index entries', { indexCount: 33 }],
    ['67108865 bytes', { dataLength: 64 * 2 ** 20 + 1 }],
    ['4294967295 bytes', { dataLength: 0xffffffff }],
  ])('is refused in a signature for %s', (message, patch) => {
    expect(() => decodeIntro(intro(patch), SIGNATURE_HEADER)).toThrow(message)
    expect(() => decodeIntro(intro({ indexCount: 32, dataLength: 64 * 2 ** 20 }), SIGNATURE_HEADER)).not.toThrow()
  })

  test('may state everything that rpm allows', () => {
    expect(decodeIntro(intro({ indexCount: 0xffff, dataLength: 0x0fffffff - 16 * 0xffff - 8 }), MAIN_HEADER)).toMatchObject({
      length: 0x0fffffff + 8,
    })
  })
})

describe('the index of a header', () => {
  test('locates the data of each tag', () => {
    const { entries, region, notes } = main(() => {})()
    expect(entries.map(({ tag, offset, length }) => [tag, offset, length])).toEqual([
      [1000, 0, 5],
      [1006, 8, 4],
      [1018, 12, 5],
      [1030, 18, 6],
      [5008, 24, 8],
      [5999, 32, 2],
    ])
    expect(region).toEqual({ entryCount: 7, trailerStart: 34, trailerEnd: 50 })
    expect(notes).toEqual([])
  })

  test.each<[string, number, Partial<DraftEntry>]>([
    ['tag 99: not a valid tag number', 1000, { tag: 99 }],
    ['tag 2147483648: not a valid tag number', 1000, { tag: 0x80000000 }],
    ['unknown type 0', 1000, { type: 0 }],
    ['unknown type 10', 1000, { type: 10 }],
    ['count 0 with', 1000, { count: 0 }],
    ['count 4294967295 with', 1018, { count: 0xffffffff }],
    ['a string with count 2', 1000, { count: 2 }],
    ['offset -5 outside the data', 1006, { offset: -5 }],
    ['offset 16777216 outside the data', 1006, { offset: 1 << 24 }],
    ['offset 9 is not a multiple of 4', 1006, { offset: 9 }],
    ['offset 28 is not a multiple of 8', 5008, { offset: 28 }],
    ['its data overlaps the data before it', 1006, { offset: 4 }],
    ['its data does not end inside the header', 5999, { count: 3 }],
    ['its data does not end inside the header', 5999, { type: 8, count: 3 }],
    ['a gap of 4 bytes', 1006, { offset: 12 }],
    ['a gap of 1 bytes', 5999, { count: 1 }],
  ])('is refused for %s', (message, tag, entry) => {
    expect(main(change(tag, entry))).toThrow(message)
    expect(main(change(tag, entry))).toThrow(MalformedError)
  })

  test('reports the faulty entry and its offset in the file', () => {
    expect(main(change(1006, { type: 10 }))).toThrow('header index: tag 1006: unknown type 10 at 0x1030')
  })

  test('has at most 1,048,575 elements in an array, except for bytes', () => {
    const most = 0xfffff
    const array = (count: number): Tags => ({ 1030: { ...int16(), count, data: Buffer.alloc(2 * count) } })
    expect(main(() => {}, array(most))).not.toThrow()
    expect(main(() => {}, array(most + 1))).toThrow('1048576 elements, more than 1048575')
    expect(main(() => {}, { 1030: bin(Buffer.alloc(most + 1)) })).not.toThrow()
  })

  test('has neither a gap before the trailer nor bytes after it', () => {
    expect(main(insert(34, Buffer.alloc(3)))).toThrow('a gap of 3 bytes')
    expect(main(draft => ((draft.data = Buffer.concat([draft.data, Buffer.alloc(4)])), void (draft.intro.dataLength += 4)))).toThrow(
      'and 50 of 54 bytes',
    )
  })

  test('of a signature may have a gap, which is noted', () => {
    expect(signature(insert(34, Buffer.alloc(3))).notes).toEqual([
      {
        id: 'signature-gap',
        message: 'the signature header has a gap of 3 bytes',
        structure: 'signature header data',
        offset: 0x1000 + 16 + 7 * 16 + 34,
      },
    ])
  })

  test('of a signature may have bytes after its region that belong to no entry, which is noted too', () => {
    const { notes } = signature(draft => {
      draft.data = Buffer.concat([draft.data, Buffer.alloc(4)])
      draft.intro.dataLength += 4
    })
    expect(notes).toMatchObject([{ id: 'signature-gap', message: 'the signature header has a gap of 4 bytes' }])
  })

  test('needs no region', () => {
    const index = decode(buildHeader(TAGS, null), MAIN_HEADER)
    expect(index).toMatchObject({ region: null, notes: [] })
    expect(index.entries).toHaveLength(6)
    expect(() => decode(buildHeader(TAGS, null, insert(34, Buffer.alloc(3))), MAIN_HEADER)).toThrow('a gap of 3 bytes')
  })
})

describe('the region of a header', () => {
  test('may be all that the header has', () => {
    const region = { entryCount: 1, trailerStart: 0, trailerEnd: 16 }
    expect(main(() => {}, {})()).toMatchObject({ entries: [], region, notes: [] })
    expect(signature(() => {}, {})).toMatchObject({ entries: [], region, notes: [] })
    expect(main(changeTrailer({ offset: 0 }), {})).toThrow('claims 0 bytes of an index of 16')
    expect(() => signature(changeTrailer({ tag: 62, offset: 0 }), {})).toThrow('claims 0 bytes of an index of 16')
  })

  test.each<[string, Partial<DraftEntry>]>([
    ['region: type 6', { type: 6 }],
    ['count 15', { count: 15 }],
    ['offset -16', { offset: -16 }],
    ['header region trailer: need 16 bytes', { offset: 1 << 20 }],
    ['header region trailer: tag', { offset: 0 }],
  ])('is refused for its entry: %s', (message, entry) => {
    expect(main(change(63, entry))).toThrow(message)
  })

  test.each<[string, Partial<DraftEntry>]>([
    ['tag 62', { tag: 62 }],
    ['tag 61', { tag: 61 }],
    ['type 6', { type: 6 }],
    ['count 15', { count: 15 }],
    ['claims 2147483648 bytes', { offset: -0x80000000 }],
    ['claims -160 bytes', { offset: 160 }],
    ['claims 17 bytes', { offset: -17 }],
    ['claims 0 bytes', { offset: 0 }],
    ['claims 128 bytes of an index of 112', { offset: -128 }],
    ['holds 6 of 7 entries', { offset: -96 }],
  ])('is refused for its trailer: %s', (message, trailer) => {
    expect(main(changeTrailer(trailer))).toThrow(message)
  })

  test('of a signature may have a trailer of the oldest tag', () => {
    expect(signature(changeTrailer({ tag: 61 })).region).not.toBeNull()
    expect(() => signature(changeTrailer({ tag: 63 }))).toThrow('tag 63')
  })

  test('of a signature may be followed by what later tools added', () => {
    const { entries, notes } = signature(dribble(1000, Buffer.from('later')))
    expect(notes).toEqual([])
    expect(entries.at(-1)).toMatchObject({ tag: 1000, isDribble: true, offset: 50, length: 5 })
    expect(main(dribble(1000, Buffer.from('later')))).toThrow('holds 7 of 8 entries')
  })

  test('does not share its trailer with an entry', () => {
    expect(() => signature(dribble(1000, Buffer.from('later'), 40))).toThrow('overlaps')
    expect(main(change(5999, { count: 18 }))).toThrow('does not end inside the header')
  })
})
