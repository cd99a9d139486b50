import { describe, expect, test } from '@jest/globals'
import { gzipSync } from 'node:zlib'
import { MalformedError } from '../../../lib/errors/check-error.js'
import { TAR_END, tar, tarMember } from '../../support/archive-builder.js'
import { OFFENDER, found, pathsIn, within } from '../../support/scan.js'

const LIBRARY = { name: 'dir/x.so', data: OFFENDER }
const FILLER = { name: 'filler', data: Buffer.alloc(3_000_000, 'text') }

describe('a well-formed tar archive', () => {
  test('yields each library under the joined paths', async () => {
    expect(await pathsIn(tar(LIBRARY, { name: 'y.so', data: OFFENDER }))).toEqual(['/a!dir/x.so', '/a!y.so'])
  })

  test('yields the library’s bytes unchanged', async () => {
    const { objects } = await found(tar(LIBRARY))
    expect(objects).toMatchObject([{ size: OFFENDER.length, soname: 'libx.so.1', isNested: true, fault: null }])
    expect(objects[0]?.guarded.map(({ name }) => name)).toEqual(['CRYPTO_lock'])
  })

  test.each([1, 7, 512, 100_000])('reads the same in pieces of %i bytes', async chunk => {
    expect(await pathsIn(tar(LIBRARY, { name: 'y.so', data: OFFENDER }), { chunk })).toHaveLength(2)
  })

  test('removes the ./ at the beginning of names', async () => {
    expect(await pathsIn(tar({ name: './././dir/x.so', data: OFFENDER }))).toEqual(['/a!dir/x.so'])
  })

  test('may lack its two blocks of zeros', async () => expect(await pathsIn(tarMember(LIBRARY))).toHaveLength(1))

  test('may be older than ustar, recognised by its checksum alone', async () => {
    expect(await pathsIn(tar({ ...LIBRARY, magic: 'none' }))).toEqual(['/a!dir/x.so'])
  })

  test('may continue after another one’s end, as written by tar -A', async () => {
    expect(await pathsIn(Buffer.concat([tar(LIBRARY), tar({ name: 'y.so', data: OFFENDER })]))).toHaveLength(2)
  })

  test('names a member by its pax header, and by GNU’s long name', async () => {
    const long = `${'d/'.repeat(100)}x.so`
    const record = (length: number): string => `${length} path=${long}\n`
    const pax = Buffer.from(record(record(100).length))
    const gnu = Buffer.from(`${long}\0`)
    expect(await pathsIn(tar({ name: 'p', type: 'x', data: pax }, LIBRARY))).toEqual([`/a!${long}`])
    expect(await pathsIn(tar({ name: 'l', type: 'L', data: gnu }, LIBRARY))).toEqual([`/a!${long}`])
  })
})

/** The member with other bytes in its header, and the checksum of those. */
function withField(member: Buffer, at: number, bytes: Buffer): Buffer {
  const changed = Buffer.from(member)
  bytes.copy(changed, at)
  fixChecksum(changed, 0)
  return changed
}

function fixChecksum(archive: Buffer, start: number): void {
  archive.fill(0x20, start + 148, start + 156)
  const sum = archive.subarray(start, start + 512).reduce((total, byte) => total + byte, 0)
  archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, start + 148, 'latin1')
}

describe('a tar archive with wrong headers', () => {
  test('does not hang on a directory with a size, and reads what follows', async () => {
    const directory = { name: 'dir/', type: '5', size: 512 }
    expect(await within(2000, pathsIn(tar(directory, LIBRARY)))).toEqual(['/a!dir/x.so'])
    expect(await within(2000, pathsIn(tar({ ...directory, data: Buffer.alloc(512) }, LIBRARY)))).toEqual(['/a!dir/x.so'])
  })

  test('allocates no memory for a stated size, and is noted', async () => {
    const before = process.memoryUsage().arrayBuffers
    const { objects, notes } = await within(2000, found(tar({ ...LIBRARY, size: 0o77777777777 })))
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024)
    expect(objects).toEqual([])
    expect(notes).toMatchObject([{ id: 'unread-archive', path: '/a', isOdd: true, structure: 'tar' }])
  })

  test('is refused for a pax header of gigabytes', async () => {
    const { notes } = await within(2000, found(tar({ name: 'p', type: 'x', size: 0o77777777777, data: FILLER.data }, LIBRARY)))
    expect(notes[0]?.message).toContain('a header of 8589934591 bytes')
  })

  test('is refused for an invalid size in its pax header', async () => {
    const { notes } = await within(2000, found(tar({ name: 'p', type: 'x', data: Buffer.from('12 size=-1\n\0') }, LIBRARY)))
    expect(notes).toMatchObject([{ id: 'unread-archive' }])
  })

  test.each([0x81, 0xa0, 0xbf, 0xc0, 0xf0, 0xfe, 0xff])('is refused for a size that begins with the byte %i', async first => {
    for (const type of ['0', '5', '1', 'x', 'g', 'L', 'K', 'S', 'Z']) {
      const member = withField(tarMember({ name: 'a', type }), 124, Buffer.concat([Buffer.from([first]), Buffer.alloc(11, 0xff)]))
      const { objects, notes } = await within(2000, found(tar(LIBRARY, member, LIBRARY)))
      expect({ objects: objects.length, notes: notes.length }).toEqual({ objects: 1, notes: 1 })
      expect(notes[0]?.message).toMatch(/tar: invalid size at 0x[0-9a-f]+/)
    }
  })

  test('reads a size in base 256, and one of digits without an end', async () => {
    const binary = Buffer.alloc(12)
    binary.writeUInt8(0x80, 0)
    binary.writeUInt32BE(OFFENDER.length, 8)
    expect(await pathsIn(tar(withField(tarMember(LIBRARY), 124, binary)))).toHaveLength(1)
    const digits = Buffer.from(OFFENDER.length.toString(8).padStart(12, '0'))
    expect(await pathsIn(tar(withField(tarMember(LIBRARY), 124, digits)))).toHaveLength(1)
  })

  test('accepts a checksum of signed characters', async () => {
    const member = tarMember({ name: '\xe9.so', data: OFFENDER })
    const signed = [...member.subarray(0, 512).fill(0x20, 148, 156)].reduce((sum, byte) => sum + ((byte << 24) >> 24), 0)
    member.write(`${signed.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    expect(await pathsIn(tar(LIBRARY, member))).toEqual(['/a!dir/x.so', '/a!\\xe9.so'])
  })

  test.each(['0 path=x\n', '-1 path=x\n', '99 path=x\n', 'path=x\n', '7 path\n', '99999999999 path=x\n', ' =\n', '1 a=\n'])(
    'is refused for the pax record %j',
    async record => {
      const { notes } = await within(2000, found(tar({ name: 'p', type: 'x', data: Buffer.from(record) }, LIBRARY)))
      expect(notes[0]?.message).toMatch(/invalid pax header record at 0x200/)
    },
  )

  test('reads the data of a link or directory only where no header follows', async () => {
    for (const type of ['1', '2', '5', '6']) {
      expect(await pathsIn(tar({ name: 'l', type, data: OFFENDER }, LIBRARY))).toEqual(['/a!l', '/a!dir/x.so'])
      expect(await pathsIn(tar({ name: 'l', type, size: 4711 }, LIBRARY))).toEqual(['/a!dir/x.so'])
    }
  })

  test('notes sparse members, whose data are not those of the file', async () => {
    const extended = withField(tarMember({ name: 's', type: 'S', data: OFFENDER }), 482, Buffer.from([1]))
    const withMap = Buffer.concat([extended.subarray(0, 512), Buffer.alloc(512), extended.subarray(512)])
    const pax = tarMember({ name: 'p', type: 'x', data: Buffer.from('22 GNU.sparse.major=1\n') })
    const { objects, notes } = await found(tar(withMap, pax, { name: 't', data: OFFENDER }, LIBRARY))
    expect(objects).toHaveLength(1)
    expect(notes).toMatchObject([{ id: 'sparse-members', message: '/a: 2 sparse members, not checked', isOdd: true }])
  })

  test('ends, whatever one byte of its headers is', async () => {
    const archive = tar(
      { name: 'p', type: 'x', data: Buffer.from('10 path=x\n') },
      { name: 'l', type: 'L', data: Buffer.from('long') },
      LIBRARY,
    )
    for (let at = 0; at < archive.length; at += at % 512 === 160 ? 352 : 1) {
      if (at >= 3072) break
      const broken = Buffer.from(archive)
      broken[at]! ^= 0xf0
      const start = at - (at % 512)
      if (start % 1024 === 0) fixChecksum(broken, start)
      const whole = await within(2000, found(broken))
      const pieces = await within(2000, found(broken, { chunk: 77 }))
      expect({ at, ...pieces }).toEqual({ at, ...whole })
    }
  })

  test('keeps what was found before a member’s checksum fails', async () => {
    const { objects, notes } = await found(tar(LIBRARY, { name: 'y.so', data: OFFENDER, checksum: 1 }))
    expect(objects.map(({ path }) => path)).toEqual(['/a!dir/x.so'])
    expect(notes).toMatchObject([{ id: 'unread-archive', path: '/a' }])
  })

  test('is noted for junk after its end', async () => {
    const { objects, notes } = await found(Buffer.concat([tar(LIBRARY), Buffer.alloc(1024, 'junk')]))
    expect({ objects: objects.length, notes: notes.length }).toEqual({ objects: 1, notes: 1 })
  })

  test('has no more members than the limit', async () => {
    const members = Array.from({ length: 6 }, (_, index) => tarMember({ name: `d${index}/`, type: '5' }))
    expect((await found(tar(...members), { limits: { members: 6 } })).notes).toEqual([])
    expect((await found(tar(...members), { limits: { members: 5 } })).notes[0]?.message).toContain('more than 5 members')
  })
})

describe('a tar archive that ends early', () => {
  const whole = Buffer.concat([tarMember(LIBRARY), tarMember({ name: 'y.so', data: OFFENDER })])
  // Between two members an archive may end. The first block has to be there, or it is no tar archive.
  const cuts = Array.from({ length: whole.length / 64 - 9 }, (_, index) => 512 + 64 * (index + 1)).filter(at => at !== whole.length / 2)
  const dataEnds = [512 + OFFENDER.length, 1024 + 512 + OFFENDER.length]

  test('is noted wherever it ends, and complete members are analysed', async () => {
    for (const at of cuts) {
      const { objects, notes } = await within(2000, found(whole.subarray(0, at)))
      expect({ at, objects: objects.length, notes: notes.length }).toEqual({
        at,
        objects: dataEnds.filter(end => end <= at).length,
        notes: 1,
      })
    }
    expect(cuts.length).toBeGreaterThan(20)
  })

  test('does not analyse a truncated library, compressed or not', async () => {
    const data = Buffer.concat([OFFENDER, Buffer.from(Array.from({ length: 90_000 }, (_, index) => (index * index * 31) >>> 5))])
    const packed = gzipSync(tar({ name: 'x.so', data }))
    for (const cut of [packed.subarray(0, packed.length >> 1), tar({ name: 'x.so', data }).subarray(0, 60_000)]) {
      const { objects, notes } = await within(2000, found(cut))
      expect({ objects, notes: notes.length }).toEqual({ objects: [], notes: 1 })
    }
  })
})

describe('a tar archive inside an archive that fails', () => {
  const error = new MalformedError('payload (xz): corrupt at 0x12', 'payload', 18)

  test('stops, and keeps what was found', async () => {
    const { objects, notes } = await within(2000, found(tarMember(LIBRARY), { breakWith: error }))
    expect(objects).toHaveLength(1)
    expect(notes[0]?.message).toContain('corrupt at 0x12')
  })

  test('stops the archive inside it as well', async () => {
    const inner = tar(LIBRARY, FILLER)
    const cut = tar({ name: 'inner.tar', data: inner }).subarray(0, 100_000)
    const { objects, notes } = await within(2000, found(cut, { breakWith: error }))
    expect(objects.map(({ path }) => path)).toEqual(['/a!inner.tar!dir/x.so'])
    expect(notes.map(({ path }) => path)).toEqual(['/a!inner.tar', '/a'])
  })

  test('rethrows a bug to the caller that awaits the end', async () => {
    const cut = tar({ name: 'inner.tar', data: tar(LIBRARY, FILLER) }).subarray(0, 100_000)
    const { notes } = await within(2000, found(cut, { breakWith: new TypeError('a bug') }))
    expect(notes).toEqual([]) // reported by the outer archive, not as a problem of this one
  })
})

test('an end alone is neither an archive nor a library', async () => {
  expect(await found(TAR_END)).toMatchObject({ objects: [], notes: [] })
})
