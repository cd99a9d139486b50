import { describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { Member, type MemberIdentity } from '../../../lib/io/package/member.js'
import { FactsCollector } from '../../../lib/io/package/package-scan.js'
import { buildElf } from '../../support/elf-builder.js'
import { relocatable } from '../../support/relocatable-builder.js'
import { OFFENDER, found, scanWith } from '../../support/scan.js'

const IDENTITY: MemberIdentity = { path: '/x.so', alsoAt: ['/y.so'], size: OFFENDER.length, digest: null, depth: 0 }

function hash(algorithm: string): { algorithm: string; hex: string } {
  return { algorithm, hex: createHash(algorithm).update(OFFENDER).digest('hex') }
}

async function collected(identity: Partial<MemberIdentity>, bytes: Uint8Array = OFFENDER, limits = {}): Promise<FactsCollector> {
  const collector = new FactsCollector()
  const member = new Member({ ...IDENTITY, ...identity }, scanWith(limits), collector)
  for (let at = 0; at < bytes.length; at += 100) await member.write(bytes.subarray(at, at + 100))
  await member.end()
  return collector
}

describe('an ELF file', () => {
  test('is analysed under its paths', async () => {
    expect((await collected({})).objects).toMatchObject([{ path: '/x.so', alsoAt: ['/y.so'], isNested: false, size: OFFENDER.length }])
  })

  test('is nested inside an archive', async () => expect((await collected({ depth: 1 })).objects[0]?.isNested).toBe(true))

  test.each([1, 3, 63, 64, 511, 512, 513])('is the same in pieces of %i bytes', async chunk => {
    expect((await found(OFFENDER, { chunk })).objects).toEqual((await found(OFFENDER)).objects)
  })

  test('may be shorter or longer than the archive states: its bytes count', async () => {
    for (const size of [null, 0, 10, 5_000_000])
      expect((await collected({ size })).objects).toMatchObject([{ size: OFFENDER.length, fault: null }])
  })

  test('keeps its facts when the next one reuses the memory', async () => {
    const scan = scanWith()
    const collector = new FactsCollector()
    for (const bytes of [OFFENDER, Buffer.alloc(OFFENDER.length, '\x7fELF')]) {
      const member = new Member({ ...IDENTITY, digest: null }, scan, collector)
      await member.write(bytes)
      await member.end()
    }
    expect(collector.objects.map(({ sha256 }) => sha256)).toEqual([
      hash('sha256').hex,
      createHash('sha256').update(Buffer.alloc(OFFENDER.length, '\x7fELF')).digest('hex'),
    ])
    expect(collector.objects[0]?.exports.map(({ name }) => name)).toEqual(['CRYPTO_lock'])
  })

  test('keeps the head that the loader checks, whatever kind of ELF file comes next', async () => {
    const scan = scanWith({}, true)
    const collector = new FactsCollector()
    const files = [OFFENDER, relocatable(['helper']), buildElf({ elfClass: 32, machine: 3, soname: 'liby.so.1' })]
    for (const bytes of files) {
      const member = new Member({ ...IDENTITY, digest: null }, scan, collector)
      await member.write(bytes)
      await member.end()
    }
    const heads = collector.objects.map(({ link }) => link?.head)
    expect(heads.map(head => Buffer.from(head ?? []))).toEqual(files.map(bytes => Buffer.from(bytes.subarray(0, 64))))
    for (const head of heads) expect(head?.buffer.byteLength).toBe(64) // a view would keep all of the shared buffer alive
  })

  test('is buffered up to the limit and not one byte more', async () => {
    const elfBytes = OFFENDER.length
    expect((await collected({}, OFFENDER, { elfBytes })).objects).toHaveLength(1)
    await expect(collected({}, OFFENDER, { elfBytes: elfBytes - 1 })).rejects.toMatchObject({ name: 'LimitError', structure: 'ELF file' })
  })

  test('grows beyond the cap on its stated size, and keeps its bytes', async () => {
    const large = Buffer.alloc(70 * 1024 * 1024)
    OFFENDER.copy(large)
    large[large.length - 1] = 7
    const { objects } = await found(large, { chunk: 8 * 1024 * 1024 })
    expect(objects).toMatchObject([{ size: large.length, sha256: createHash('sha256').update(large).digest('hex') }])
  })
})

describe('a digest of the header', () => {
  test.each(['sha256', 'md5'])('accepts matching bytes: %s', async algorithm => {
    expect((await collected({ digest: hash(algorithm) })).objects[0]?.sha256).toBe(hash('sha256').hex)
  })

  test('refuses others', async () => {
    const digest = { algorithm: 'sha256', hex: '0'.repeat(64) }
    await expect(collected({ digest })).rejects.toMatchObject({ name: 'MalformedError', structure: 'FILEDIGESTS' })
  })
})

describe('any other file', () => {
  test.each([
    ['text', Buffer.from('text '.repeat(500))],
    ['nothing', Buffer.alloc(0)],
    ['three bytes of an ELF magic', OFFENDER.subarray(0, 3)],
    ['a bare cpio archive', Buffer.from('070701'.padEnd(600, '0'))],
  ])('is skipped: %s', async (_, bytes) => {
    expect(await collected({}, bytes)).toEqual(new FactsCollector())
  })

  test('is skipped after its first bytes, so that a reader may skip', async () => {
    const member = new Member(IDENTITY, scanWith(), new FactsCollector())
    await member.write(Buffer.alloc(511, 'x'))
    expect(member.isSkipping).toBe(false)
    await member.write(Buffer.from('x'))
    expect(member.isSkipping).toBe(true)
    expect(member.write(Buffer.from('x'))).toBeUndefined()
  })
})

describe('an object file in no archive', () => {
  test('cannot be loaded, whatever it defines', async () => {
    const { objects, ...others } = await collected({ path: '/usr/lib/x.o' }, relocatable(['SSL_new', 'mine']))
    expect(others).toMatchObject({ archives: [], notes: [] })
    expect(objects).toHaveLength(1)
  })

  test('of a slim LTO compiler is reported where its list of symbols is missing', async () => {
    const { notes } = await collected({ path: '/x.o' }, relocatable(['__gnu_lto_slim']))
    expect(notes).toMatchObject([{ id: 'unanalysed-object', path: '/x.o', isOdd: true }])
    expect(notes[0]?.message).toBe('/x.o: is an LTO object without a readable list of symbols: not analysed')
  })

  test.each([
    ['x.o', true],
    ['x.lo', true],
    ['gfx900.bc', false],
  ])('of LLVM is reported, as a warning where a link editor would take it: %s', async (name, isOdd) => {
    for (const magic of ['4243c0de', 'dec0170b']) {
      const { notes } = await collected({ path: `/usr/lib/${name}` }, Buffer.from(magic.padEnd(2000, '0'), 'hex'))
      expect(notes).toMatchObject([{ id: 'unanalysed-object', isOdd }])
    }
  })
})

test('the handler of ELF files may leave one to be analysed', async () => {
  for (const isTaken of [true, false]) {
    const collector = new FactsCollector()
    const member = new Member(IDENTITY, scanWith(), collector, {
      elf: bytes => bytes.length === OFFENDER.length && isTaken,
      bitcode: () => undefined,
    })
    await member.write(OFFENDER)
    await member.end()
    expect(collector.objects).toHaveLength(isTaken ? 0 : 1)
  }
})

describe('a list of directories, which ld.so.conf could include', () => {
  const kept = async (size: number, depth = 0): Promise<readonly { readonly path: string }[]> => {
    const text = Buffer.from('/opt/x\n'.padEnd(size, '\n'))
    return (await collected({ path: '/opt/x.list', alsoAt: [], size: text.length, depth }, text)).configuration
  }

  test('is kept up to 4096 bytes, if the package installs it', async () => {
    expect(await kept(4096)).toMatchObject([{ path: '/opt/x.list' }])
    expect(await kept(4097)).toEqual([])
    expect(await kept(100, 1)).toEqual([])
  })
})
