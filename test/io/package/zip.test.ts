import { describe, expect, test } from '@jest/globals'
import fc, { runs } from '../../support/properties.js'
import { deflateRawSync } from 'node:zlib'
import { tar, zip } from '../../support/archive-builder.js'
import { OFFENDER, found, pathsIn, within } from '../../support/scan.js'

const X = { name: 'lib/x.so', data: OFFENDER }
const Y = { name: 'y.so', data: OFFENDER, method: 0 }
const ENCRYPTED = 1

describe('a well-formed zip archive', () => {
  test('yields stored and deflated libraries', async () => expect(await pathsIn(zip(X, Y))).toEqual(['/a!lib/x.so', '/a!y.so']))

  test.each([1, 7, 100_000])('reads the same in pieces of %i bytes', async chunk => {
    expect(await pathsIn(zip(X, Y), { chunk })).toHaveLength(2)
  })

  test('skips directories and empty entries', async () => {
    expect(await found(zip({ name: 'lib/' }, { name: 'empty', method: 0 }, { name: 'empty' }, X))).toMatchObject({
      objects: [{ path: '/a!lib/x.so' }],
      notes: [],
    })
  })

  test.each([0, 1])(
    'is read to the end of its directory although the end record states %i members, as by Info-ZIP and Python',
    async count => {
      const archive = zip(X, Y)
      archive.writeUInt16LE(count, archive.length - 12)
      expect(await pathsIn(archive)).toEqual(['/a!lib/x.so', '/a!y.so'])
    },
  )

  test('may end inside its last member’s comment, which overlaps the end record', async () => {
    const archive = zip(X, Y)
    const END = 22
    const LAST_HEADER = 46 + Y.name.length // fixed part and name
    archive.writeUInt16LE(END, archive.length - END - LAST_HEADER + 32)
    expect(await found(archive)).toMatchObject({ objects: [{ path: '/a!lib/x.so' }, { path: '/a!y.so' }], notes: [] })
  })

  test('may be empty', async () => expect(await found(zip())).toMatchObject({ objects: [], notes: [] }))

  test('does not inflate skipped members to their end', async () => {
    const filler = { name: 'text', data: Buffer.alloc(4_000_000, 'text') }
    expect(await pathsIn(zip(filler, X), { limits: { unpackedBytes: 1_000_000 } })).toEqual(['/a!lib/x.so'])
  })
})

describe('a zip archive that cannot be read', () => {
  test('reports how many members are encrypted, and analyses the others', async () => {
    const { objects, notes } = await found(zip({ ...X, flags: ENCRYPTED }, { ...X, flags: ENCRYPTED }, Y))
    expect(objects.map(({ path }) => path)).toEqual(['/a!y.so'])
    expect(notes).toMatchObject([{ id: 'encrypted-members', message: '/a: 2 encrypted members, not checked', isOdd: true }])
  })

  test.each([
    ['smaller', 10, 'more than the stated 10 bytes'],
    ['larger', 1_000_000, 'of the stated 1000000 bytes are missing'],
    ['nothing', 0, 'more than the stated 0 bytes'],
  ])('is noted for a member whose stated size is %s', async (_, size, words) => {
    const { objects, notes } = await within(2000, found(zip({ ...X, size }, Y)))
    expect(objects).toEqual([])
    expect(notes).toMatchObject([{ id: 'unread-archive', structure: 'zip', message: expect.stringContaining(words) }])
  })

  test.each([
    ['data that is no deflate stream', { ...X, packed: Buffer.alloc(100, 0xff) }],
    ['an unknown method', { ...X, method: 99 }],
    ['a name that leads out of it', { ...X, name: '../../etc/x.so' }],
    ['an absolute name', { ...X, name: '/etc/x.so' }],
  ])('is noted for %s, with what was found before', async (_, entry) => {
    const { objects, notes } = await within(2000, found(zip(Y, entry)))
    expect(objects.map(({ path }) => path)).toEqual(['/a!y.so'])
    expect(notes).toMatchObject([{ id: 'unread-archive', path: '/a', isOdd: true }])
  })

  test('is noted for members that overlap, as in a bomb', async () => {
    const archive = zip(Y, { ...Y, name: 'z.so' })
    const second = archive.lastIndexOf(Buffer.from('PK\x01\x02'))
    archive.writeUInt32LE(0, second + 42)
    const copies = zip(X, Y)
    expect((await found(copies)).notes).toEqual([])
    const { objects, notes } = await found(archive)
    expect(objects.map(({ path }) => path)).toEqual(['/a!y.so', '/a!z.so']) // twice is less than the whole archive
    expect(notes).toEqual([])
    const many = zip(...Array.from({ length: 40 }, (_, index) => ({ name: `${index}`, data: Buffer.alloc(0), size: 4 })), Y)
    for (let at = many.indexOf('PK\x01\x02'); at >= 0; at = many.indexOf('PK\x01\x02', at + 1)) {
      many.writeUInt32LE(many.indexOf('y.so') - 30, at + 42)
      many.writeUInt16LE(0, at + 10)
      many.writeUInt32LE(OFFENDER.length, at + 20)
      many.writeUInt32LE(OFFENDER.length, at + 24)
    }
    expect((await found(many)).notes).toMatchObject([{ message: expect.stringContaining('zip: overlapping members') }])
  })

  test('is noted for a member that breaks half-way, and the archive in it is read that far', async () => {
    const inner = tar(X, { name: 'filler', data: Buffer.alloc(3000, 'text') })
    const packed = deflateRawSync(inner)
    packed.fill(0xff, packed.length - 20)
    const { objects, notes } = await found(zip({ name: 'a.tar', data: inner, packed }))
    expect(objects.map(({ path }) => path)).toEqual(['/a!a.tar!lib/x.so'])
    expect(notes.map(({ path }) => path)).toEqual(['/a!a.tar', '/a'])
  })

  test('is noted wherever it is truncated', async () => {
    const whole = zip(X, Y)
    for (let length = 40; length < whole.length; length += 13) {
      const { objects, notes } = await within(2000, found(whole.subarray(0, length)))
      expect({ length, objects, notes: notes.length }).toEqual({ length, objects: [], notes: 1 })
    }
  })

  test('is not buffered beyond the limit', async () => {
    const whole = zip(X, { name: 'filler', data: Buffer.alloc(5000, 'text'), method: 0 })
    expect((await found(whole, { limits: { heldArchiveBytes: whole.length } })).notes).toEqual([])
    const { objects, notes } = await found(whole, { limits: { heldArchiveBytes: whole.length - 1 } })
    expect({ objects, message: notes[0]?.message }).toEqual({
      objects: [],
      message: expect.stringContaining(`larger than ${whole.length - 1} bytes`),
    })
  })

  test('does not inflate beyond the limit', async () => {
    const bomb = zip({ name: 'x.so', data: Buffer.concat([OFFENDER, Buffer.alloc(8_000_000)]) })
    expect(bomb.length).toBeLessThan(20_000)
    await expect(found(bomb, { limits: { unpackedBytes: 1_000_000 } })).rejects.toThrow('unpack to more than 1000000 bytes')
  })

  test('has no more members than the limit', async () => {
    expect((await found(zip(X, Y), { limits: { members: 2 } })).notes).toEqual([])
    expect((await found(zip(X, Y), { limits: { members: 1 } })).notes[0]?.message).toContain('more than 1 members')
  })

  test('never ends the process, hangs or throws, whichever bytes are wrong', async () => {
    // A wrong byte may make a library something else, so there is one more than bytes that are wrong.
    const libraries = Array.from({ length: 6 }, (_, index) => ({ ...(index % 2 === 0 ? X : Y), name: `${index}.so` }))
    const whole = zip(X, { name: 'text', data: Buffer.alloc(2000, 'text') }, ...libraries)
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 5), fc.nat(255)), { minLength: 1, maxLength: libraries.length })
    await fc.assert(
      fc.asyncProperty(damage, async places => {
        const broken = Buffer.from(whole)
        for (const [at, value] of places) broken[at + 4] = value // the magic stays, so that it is taken for a zip archive
        const { objects, notes } = await within(2000, found(broken))
        expect(objects.length + notes.length).toBeGreaterThan(0)
      }),
      { numRuns: runs(300) },
    )
  })
})
