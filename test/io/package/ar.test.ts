import { describe, expect, test } from '@jest/globals'
import { gzipSync } from 'node:zlib'
import { MalformedError } from '../../../lib/errors/check-error.js'
import { ar, tar } from '../../support/archive-builder.js'
import { relocatable } from '../../support/relocatable-builder.js'
import { OFFENDER, found, within } from '../../support/scan.js'

const X = { name: 'x.so/', data: OFFENDER }
const objectWith = (...names: readonly string[]) => ({ name: 'o.o/', data: relocatable(names) })

describe('a static library', () => {
  test('has the guarded symbols of its members, each once', async () => {
    const { archives, objects } = await found(ar(objectWith('CRYPTO_lock', 'mine'), objectWith('SSL_new', 'CRYPTO_lock')))
    expect(archives).toMatchObject([{ path: '/a', isNested: false, members: 2, guarded: [{ name: 'CRYPTO_lock' }, { name: 'SSL_new' }] }])
    expect(objects).toEqual([])
  })

  test('is recognised without guarded symbols, too', async () => {
    expect((await found(ar(objectWith('mine')))).archives).toMatchObject([{ members: 1, guarded: [] }])
  })

  test('is distinguished from one in a tarball', async () => {
    expect((await found(tar({ name: 'l.a', data: ar(objectWith('SSL_new')) }))).archives).toMatchObject([
      { path: '/a!l.a', isNested: true },
    ])
  })

  test('may have a malformed member, which the link editor would refuse as well', async () => {
    const cut = relocatable(['SSL_free']).subarray(0, 70)
    const { archives, notes } = await found(ar({ name: 'cut.o/', data: cut }, objectWith('SSL_new')))
    expect(archives).toMatchObject([{ members: 2, guarded: [{ name: 'SSL_new' }] }])
    expect(notes).toMatchObject([{ id: 'unanalysed-object', message: '/a: 1 member is a malformed ELF file: not analysed (cut.o)' }])
  })

  test.each([
    ['LLVM bitcode', Buffer.from('BC\xc0\xde'.padEnd(900, 'x'), 'latin1'), 'are LLVM bitcode'],
    ['short LLVM bitcode', Buffer.from('BC\xc0\xde', 'latin1'), 'are LLVM bitcode'],
    ['LTO objects without a list', relocatable(['__gnu_lto_slim']), 'are LTO objects without a readable list of symbols'],
  ])('of %s is reported, with the first names', async (_what, data, words) => {
    const members = Array.from({ length: 7 }, (_, index) => ({ name: `${index}.o/`, data }))
    const { notes, archives } = await found(ar(...members, objectWith('SSL_new')))
    expect(notes).toMatchObject([{ id: 'unanalysed-object', path: '/a', isOdd: true }])
    expect(notes[0]?.message).toBe(`/a: 7 members ${words}: not analysed (0.o, 1.o, 2.o, 3.o, 4.o and 2 more)`)
    expect(archives).toMatchObject([{ guarded: [{ name: 'SSL_new' }] }])
  })

  test('is reported if it is thin: its members are elsewhere', async () => {
    const names = Buffer.from('objects/long-name-of-a-member.o/\n')
    const thin = ar(
      { name: '/', data: Buffer.from('symbols') },
      { name: '//', data: names },
      { name: '/0', size: '1000' },
      { name: 'b.o/', size: '33' },
    )
    thin.write('!<thin>\n')
    const { notes, archives, objects } = await found(thin)
    expect({ archives, objects }).toEqual({ archives: [], objects: [] })
    expect(notes.map(({ message }) => message)).toEqual([
      '/a: 2 members are only referred to (thin archive): not analysed (objects/long-name-of-a-member.o, b.o)',
    ])
  })

  test('may have members with more symbols than a call has arguments', async () => {
    const names = Array.from({ length: 200_000 }, (_, index) => `f${index}`)
    expect((await within(5000, found(ar({ name: 'o.o/', data: relocatable([...names, 'SSL_new']) })))).archives).toMatchObject([
      { guarded: [{ name: 'SSL_new' }] },
    ])
  })
})

describe('an ar archive of other things', () => {
  test('yields shared libraries, with names of either form', async () => {
    const names = Buffer.from('a-very-long-name-of-a-library.so/\n')
    const { objects, archives } = await found(ar({ name: '//', data: names }, { name: '/0', data: OFFENDER }, X))
    expect(objects.map(({ path }) => path)).toEqual(['/a!a-very-long-name-of-a-library.so', '/a!x.so'])
    expect(archives).toEqual([])
  })

  test('opens the tarballs of a Debian package', async () => {
    const data = gzipSync(tar({ name: './usr/lib/x.so', data: OFFENDER }))
    const { objects } = await found(ar({ name: 'debian-binary', data: Buffer.from('2.0\n') }, { name: 'data.tar.gz', data }))
    expect(objects.map(({ path }) => path)).toEqual(['/a!data.tar.gz!usr/lib/x.so'])
  })

  test('is noted for a bad header, with what was found before', async () => {
    const { objects, notes } = await found(ar(X, { ...X, endMark: '??' }))
    expect(objects).toHaveLength(1)
    expect(notes).toMatchObject([{ id: 'unread-archive', structure: 'ar', offset: 8 + 60 + OFFENDER.length, isOdd: true }])
  })

  test('does not analyse a truncated library', async () => {
    const { objects, notes } = await found(ar({ ...X, size: '9999999999' }))
    expect(objects).toEqual([])
    expect(notes[0]?.message).toContain('archive ends inside a member')
  })

  test('has no more members than the limit', async () => {
    expect((await found(ar(X, X), { limits: { members: 2 } })).notes).toEqual([])
    expect((await found(ar(X, X, X), { limits: { members: 2 } })).notes[0]?.message).toContain('more than 2 members')
  })

  test('stops the archive inside it when the outer one fails', async () => {
    const inner = tar({ name: 'x.so', data: OFFENDER }, { name: 'filler', data: Buffer.alloc(300_000, 'text') })
    const cut = ar({ name: 'inner.tar/', data: inner }).subarray(0, 100_000)
    const { objects, notes } = await within(2000, found(cut, { breakWith: new MalformedError('corrupt', 'payload', 1) }))
    expect(objects.map(({ path }) => path)).toEqual(['/a!inner.tar!x.so'])
    expect(notes.map(({ path }) => path)).toEqual(['/a!inner.tar', '/a'])
  })
})
