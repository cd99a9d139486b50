import { describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { MalformedError } from '../../../lib/errors/check-error.js'
import { ar, tar, zip } from '../../support/archive-builder.js'
import { hasTool } from '../../support/tools.js'
import { packageWith } from '../../support/package.js'
import { OFFENDER, found, pathsIn, within } from '../../support/scan.js'

const X = { name: 'dir/x.so', data: OFFENDER }
const PACKAGE = packageWith({ '/usr/lib64/libx.so.1': OFFENDER })
const FILLER = { name: 'filler', data: Buffer.alloc(400_000, 'text') }

/** A tarball in a tarball, `depth` of them. */
function onion(depth: number): Buffer {
  return depth === 0 ? OFFENDER : tar({ name: `${depth}`, data: onion(depth - 1) })
}

describe('paths', () => {
  test('join the archive and the member', async () => {
    expect(await pathsIn(gzipSync(tar(X)), { path: '/a.tar.gz' })).toEqual(['/a.tar.gz!dir/x.so'])
  })

  test('have a component for each archive, whatever its kind', async () => {
    const inner = tar({ name: 'b.zip', data: zip({ name: 'c.a', data: ar({ name: 'x.so/', data: OFFENDER }) }) })
    expect(await pathsIn(inner, { path: '/a.tar' })).toEqual(['/a.tar!b.zip!c.a!x.so'])
  })

  test('of a package in a package are its own, absolute ones', async () => {
    const { inner, objects } = await found(tar({ name: 'b.rpm', data: PACKAGE }), { path: '/a.tar' })
    expect(objects).toEqual([])
    expect(inner).toMatchObject([
      { path: '/a.tar!b.rpm', facts: { identity: { name: 'test' }, objects: [{ path: '/usr/lib64/libx.so.1', isNested: false }] } },
    ])
  })
})

describe('compressed archives', () => {
  test('of several streams, as parallel compressors write them, are read to their end', async () => {
    const halves = (pack: string): Buffer[] => {
      const archive = tar({ name: 'first', data: Buffer.alloc(2000) }, X)
      return [archive.subarray(0, 2500), archive.subarray(2500)].map(input => execFileSync(pack, ['-c'], { input }))
    }
    for (const pack of ['xz', 'bzip2'].filter(hasTool)) expect(await pathsIn(Buffer.concat(halves(pack)))).toEqual(['/a!dir/x.so'])
    if (hasTool('xz')) expect(await pathsIn(Buffer.concat(halves('xz').flatMap(half => [half, Buffer.alloc(8)])))).toEqual(['/a!dir/x.so'])
  })

  test('are recognised by their contents, not by their names', async () => {
    for (const archive of [tar(X), zip({ name: 'dir/x.so', data: OFFENDER }), ar({ name: 'dir/x.so', data: OFFENDER })])
      expect(await pathsIn(gzipSync(archive))).toEqual(['/a!dir/x.so'])
  })

  test('may contain a package', async () => expect((await found(gzipSync(PACKAGE))).inner).toMatchObject([{ path: '/a' }]))

  test('of anything else are not opened: a single file, or an archive compressed twice', async () => {
    for (const bytes of [gzipSync(OFFENDER), gzipSync('text'), gzipSync(''), gzipSync(gzipSync(tar(X)))])
      expect(await found(bytes)).toMatchObject({ objects: [], notes: [] })
  })

  test('are read in pieces of a byte', async () => expect(await pathsIn(gzipSync(tar(X)), { chunk: 1 })).toHaveLength(1))
})

describe('the limits', () => {
  test('of depth allow an archive, and none inside the deepest', async () => {
    expect(await pathsIn(onion(3), { limits: { nestingDepth: 3 } })).toEqual(['/a!3!2!1'])
    const { objects, notes } = await found(onion(4), { limits: { nestingDepth: 3 } })
    expect(objects).toEqual([])
    expect(notes).toMatchObject([{ path: '/a!4!3!2', isOdd: true, message: expect.stringContaining('nested more than 3 deep') }])
  })

  test('of depth count packages: a tarball in a package in a package', async () => {
    const inner = packageWith({ '/x.tar': onion(1) })
    const nested = (limits: { nestingDepth: number }) => found(packageWith({ '/inner.rpm': inner }), { limits })
    const [outer] = (await nested({ nestingDepth: 3 })).inner
    expect(outer?.facts.inner[0]?.facts.objects).toMatchObject([{ path: '/x.tar!1', isNested: true }])
    const [refused] = (await nested({ nestingDepth: 2 })).inner
    expect(refused?.facts.inner[0]?.facts).toMatchObject({ objects: [], notes: [{ path: '/x.tar', isOdd: true }] })
  })

  test('of an ELF file are lower where its size is not verified', async () => {
    const { objects, notes } = await found(tar(X), { limits: { nestedElfBytes: OFFENDER.length - 1 } })
    expect(objects).toEqual([])
    expect(notes).toMatchObject([{ id: 'unread-archive', isOdd: true, message: expect.stringContaining('ELF file of which more than') }])
    expect((await found(OFFENDER, { limits: { nestedElfBytes: 1 } })).objects).toHaveLength(1)
  })

  test('of unpacked bytes end a bomb', async () => {
    const bomb = gzipSync(tar({ name: 'zeros', data: Buffer.alloc(20_000_000) }, X))
    await expect(within(3000, found(bomb, { limits: { unpackedBytes: 2_000_000 } }))).rejects.toThrow('more than 2000000 bytes')
    expect(await pathsIn(bomb)).toHaveLength(1)
  })

  test('of unpacked bytes count all nested archives together', async () => {
    const half = gzipSync(tar({ name: 'zeros', data: Buffer.alloc(600_000) }))
    const both = tar({ name: 'one.tar.gz', data: half }, { name: 'two.tar.gz', data: half })
    expect((await found(both, { limits: { unpackedBytes: 1_300_000 } })).notes).toEqual([])
    await expect(found(both, { limits: { unpackedBytes: 1_000_000 } })).rejects.toMatchObject({ reason: 'limit' })
  })

  test('of unpacked bytes count a package’s payload too', async () => {
    const inner = packageWith({ '/zeros': Buffer.alloc(600_000) })
    const both = tar({ name: 'one.rpm', data: inner }, { name: 'two.rpm', data: inner })
    expect((await found(both, { limits: { unpackedBytes: 1_300_000 } })).inner).toHaveLength(2)
    await expect(found(both, { limits: { unpackedBytes: 1_000_000 } })).rejects.toMatchObject({ reason: 'limit' })
  })
})

describe('the budgets of a package', () => {
  test('of small parts count archives in archives, wherever they are', async () => {
    const parts = tar(...Array.from({ length: 60 }, (_, index) => ({ name: `${index}`, data: gzipSync('') })))
    const both = tar({ name: 'one.tar', data: parts }, { name: 'two.tar', data: parts })
    expect((await found(both, { limits: { smallParts: 200 } })).notes).toEqual([])
    await expect(found(both, { limits: { smallParts: 100 } })).rejects.toThrow(
      'more than 100 small members, frames or blocks in the package',
    )
  })

  test('of small parts count the members of each stream', async () => {
    const members = Buffer.concat([gzipSync(tar(X)), ...Array<Buffer>(60).fill(gzipSync(''))])
    const both = tar({ name: 'one.gz', data: members }, { name: 'two.gz', data: members })
    expect((await found(both, { limits: { smallParts: 130 } })).objects).toHaveLength(2)
    await expect(found(both, { limits: { smallParts: 100 } })).rejects.toMatchObject({ reason: 'limit' })
  })

  test('of members count all archives together', async () => {
    const both = tar(
      { name: 'one.a', data: ar(...['a', 'b', 'c'].map(name => ({ name: `${name}/` }))) },
      { name: 'two.zip', data: zip(X, X) },
      X,
    )
    expect((await found(both, { limits: { nestedMembers: 8 } })).objects).toHaveLength(3)
    await expect(found(both, { limits: { nestedMembers: 7 } })).rejects.toThrow('more than 7 members in the package')
  })

  test('of memory count what archives inside archives hold at the same time', async () => {
    const size = 100_000
    const big = (inner: Buffer): Buffer =>
      zip({ name: 'filler', data: Buffer.alloc(size), method: 0 }, { name: 'a', data: inner, method: 0 })
    const beside = tar({ name: 'a', data: big(OFFENDER) }, { name: 'b', data: big(OFFENDER) })
    expect((await found(beside, { limits: { heldBytes: 1.5 * size } })).objects).toHaveLength(2)
    await expect(found(big(big(OFFENDER)), { limits: { heldBytes: 1.5 * size } })).rejects.toThrow('bytes of memory at once')
    const inner = tar({ name: 'b.rpm', data: PACKAGE })
    await expect(found(inner, { limits: { heldBytes: 100 } })).rejects.toThrow('header: archives inside archives need more than 100')
  })

  test('of the header of an inner package leave the rest', async () => {
    const { inner, notes } = await found(tar({ name: 'b.rpm', data: PACKAGE }, { name: 'c.tar', data: tar(X) }), {
      limits: { nestedHeaderBytes: 200 },
    })
    expect(inner).toEqual([])
    expect(notes).toMatchObject([{ path: '/a!b.rpm', isOdd: true, message: expect.stringContaining('more than 200 bytes') }])
  })
})

describe('an archive that cannot be read', () => {
  const broken = gzipSync(tar(X)).fill(0x55, 20, 40)

  test('is unusual directly in the package, and only reported inside a source tree', async () => {
    expect((await found(broken)).notes).toMatchObject([{ id: 'unread-archive', path: '/a', isOdd: true }])
    expect((await found(tar({ name: 'b.tar.gz', data: broken }))).notes).toMatchObject([{ path: '/a!b.tar.gz', isOdd: false }])
  })

  test('is always unusual for a package', async () => {
    const cut = PACKAGE.subarray(0, PACKAGE.length - 10)
    const { inner, notes } = await found(tar({ name: 'b.tar', data: tar({ name: 'c.rpm', data: cut }) }))
    expect(inner).toEqual([])
    expect(notes).toMatchObject([{ id: 'unread-archive', path: '/a!b.tar!c.rpm', isOdd: true }])
  })

  test('does not affect its neighbours', async () => {
    expect(await pathsIn(tar({ name: 'b.tar.gz', data: broken }, { name: 'c.zip', data: Buffer.from('PK\x03\x04') }, X))).toEqual([
      '/a!dir/x.so',
    ])
  })

  test('is noted with the reason, on one line', async () => {
    const [note] = (await found(PACKAGE.subarray(0, 200))).notes
    expect(note?.message).toMatch(/^cannot read \/a \(.+\); its contents were not checked$/)
  })
})

describe('an archive inside an archive that fails', () => {
  const error = new MalformedError('payload (zstd): corrupt at 0x40', 'payload', 64)
  const bytes = gzipSync(tar({ name: 'b.tar', data: tar(X, FILLER) }, FILLER), { level: 0 })

  test('does not hang, wherever the error occurs', async () => {
    for (let length = 600; length < bytes.length; length += 30_011) {
      const { notes } = await within(2000, found(bytes.subarray(0, length), { breakWith: error, chunk: 10_000 }))
      expect({ length, last: notes.at(-1)?.path }).toEqual({ length, last: '/a' })
    }
  })

  test('does not hang in a package with a broken payload either', async () => {
    const whole = packageWith({ '/a.tar': tar(X, FILLER, { name: 'b.tar', data: tar(FILLER) }) })
    for (let length = whole.length - 1; length > 1500; length -= 97) {
      const { inner, notes } = await within(2000, found(whole.subarray(0, length)))
      expect({ length, inner: inner.length, notes: notes.length }).toEqual({ length, inner: 0, notes: 1 })
    }
  })

  // A promise that is rejected and left alone fails the test by itself.
  test('leaves no unhandled rejection', async () => {
    await found(bytes.subarray(0, 100_000), { breakWith: new TypeError('a bug') })
    await new Promise(resolve => setTimeout(resolve, 20))
  })
})

test('the libraries of a built package inside a source package are analysed', async () => {
  const path = new URL('../../../sample-rpms/rpms/Percona-Server-shared-compat-5.5.20-91.src.rpm', import.meta.url)
  const { inner } = await found(gzipSync(tar({ name: 'p.src.rpm', data: readFileSync(path) })))
  expect(inner[0]?.facts.inner[0]?.facts.objects.length).toBe(2)
})
