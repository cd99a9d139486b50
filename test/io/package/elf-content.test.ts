/** Of a large ELF file only the needed part is kept, and the facts are those of the whole file. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { neededPart } from '../../../lib/elf/needed-part.js'
import { LimitError } from '../../../lib/errors/check-error.js'
import { objectFactsOf } from '../../../lib/facts/object-facts.js'
import type { ObjectFacts } from '../../../lib/facts/model.js'
import { ElfContent } from '../../../lib/io/package/elf-content.js'
import { buildElf, type BuiltObject } from '../../support/elf-builder.js'
import fc, { runs } from '../../support/properties.js'
import { relocatable } from '../../support/relocatable-builder.js'
import { catalogue, found } from '../../support/scan.js'

const LIBRARY: BuiltObject = { soname: 'libx.so.1', needed: ['libc.so.6'], symbols: [{ name: 'CRYPTO_lock' }, { name: 'mine' }] }
const ORIGIN = { path: '/x', alsoAt: [], isNested: false, sha256: null }
const MIB = 1024 * 1024

interface Gathered {
  readonly facts: ObjectFacts
  readonly kept: number
  /** Bytes of section headers that were kept apart. */
  readonly headers: number
  readonly sha256: string
}

function gathered(file: Uint8Array, { chunk = 64 * 1024, limit = Infinity, expectedSize = file.length } = {}): Gathered {
  let memory = Buffer.alloc(0)
  const content = new ElfContent({
    path: '/x',
    limit,
    expectedSize,
    algorithms: ['sha256', 'md5'],
    memory: (length, keep) => {
      if (length > memory.length) memory = Buffer.concat([memory.subarray(0, keep), Buffer.alloc(length - keep, 0xee)])
      return memory.subarray(0, length)
    },
  })
  for (let at = 0; at < file.length; at += chunk) content.write(Buffer.from(file.subarray(at, at + chunk)))
  const { bytes, ...of } = content.finish()
  expect(memory.length).toBeLessThanOrEqual(Math.max(2 * bytes.length, chunk))
  const headers = of.sectionHeaders?.bytes.length ?? 0
  return { facts: objectFactsOf(bytes, ORIGIN, catalogue, true, of), kept: bytes.length, headers, sha256: content.digest('sha256') }
}

const whole = (file: Uint8Array): ObjectFacts => objectFactsOf(file, ORIGIN, catalogue, true)
const sha256 = (file: Uint8Array): string => createHash('sha256').update(file).digest('hex')

/** With a section header that says of the dynamic section that it has no content, as debuginfo files have it; the section headers come last. */
function debuginfo(length: number): Buffer {
  const SHT_NOBITS = 8
  const file = Buffer.concat([buildElf(LIBRARY), Buffer.alloc(length), Buffer.alloc(64)])
  const [offset, address] = [8, 16].map(at => Number(file.readBigUInt64LE(64 + 56 + at)))
  const sectionAt = file.length - 64
  file.fill(0, offset, offset! + 16)
  file.writeUInt32LE(SHT_NOBITS, sectionAt + 4)
  file.writeBigUInt64LE(BigInt(address!), sectionAt + 16)
  file.writeBigUInt64LE(BigInt(sectionAt), 40)
  file.writeUInt16LE(64, 58)
  file.writeUInt16LE(1, 60)
  return file
}

describe('a file with much behind its segments', () => {
  const file = Buffer.concat([buildElf(LIBRARY), Buffer.alloc(3 * MIB, 'behind')])

  test.each([1000, 4096, 64 * 1024, 10 * MIB])('has the facts and the digest of the whole file, in pieces of %d bytes', chunk => {
    const { facts, sha256: digest } = gathered(file, { chunk })
    expect(facts).toEqual(whole(file))
    expect(facts).toMatchObject({ size: file.length, guarded: [{ name: 'CRYPTO_lock' }] })
    expect(digest).toBe(sha256(file))
  })

  test('is kept only as far as a loader maps it', () => {
    expect(gathered(file, { limit: 256 * 1024 }).kept).toBeLessThan(256 * 1024)
    expect(gathered(file, { expectedSize: 0 }).facts).toEqual(whole(file))
  })

  test('is read in a package under a limit that is smaller than the file', async () => {
    const { objects } = await found(file, { limits: { elfBytes: 256 * 1024 } })
    expect(objects).toEqual((await found(file)).objects)
    expect(objects).toMatchObject([{ size: file.length, sha256: sha256(file), fault: null }])
  })

  test('is refused where a segment needs more than the limit', () => {
    const long = Buffer.from(file)
    const fileSizeAt = 64 + 32 // of the first program header, PT_LOAD
    long.writeBigUInt64LE(BigInt(2 * MIB), fileSizeAt)
    expect(() => gathered(long, { limit: MIB })).toThrow(LimitError)
    expect(gathered(long, { limit: 3 * MIB }).facts).toEqual(whole(long))
  })
})

describe('a debuginfo file', () => {
  const file = debuginfo(3 * MIB)

  test.each([100, 5000, 64 * 1024, 10 * MIB])('is recognised by its section headers at its end, in pieces of %d bytes', chunk => {
    const { facts } = gathered(file, { chunk })
    expect(facts).toMatchObject({ isDebugOnly: true, fault: null, size: file.length })
    expect(facts).toEqual(whole(file))
  })

  test('keeps a bounded part of what claims to be section headers', () => {
    const greedy = Buffer.concat([file.subarray(0, -64), Buffer.alloc(40 * MIB)])
    greedy.writeUInt16LE(0xffff, 58) // e_shentsize
    greedy.writeUInt16LE(0xfffe, 60) // e_shnum
    const { facts, headers } = gathered(greedy)
    expect(facts).toEqual(whole(greedy))
    expect(headers).toBe(16 * MIB)
  })

  test('that is cut in its section headers is malformed, as the whole file is', () => {
    const cut = file.subarray(0, -1)
    expect(gathered(cut).facts).toEqual(whole(cut))
    expect(gathered(cut).facts.isDebugOnly).toBe(false)
  })
})

describe('what is needed of a file', () => {
  test('is all of a relocatable file and of a broken one, and the header of a core dump', () => {
    const core = buildElf({ type: 4 })
    expect(neededPart(relocatable(['f']))).toMatchObject({ end: Infinity })
    expect(neededPart(Buffer.alloc(64, 'x'))).toMatchObject({ end: Infinity })
    expect(neededPart(core)).toMatchObject({ end: expect.any(Number) })
    expect((neededPart(core) as { end: number }).end).toBeLessThan(1000)
  })

  test('is known with the program headers', () => {
    const file = buildElf(LIBRARY)
    expect(neededPart(file.subarray(0, 63))).toBe(64)
    expect(neededPart(file.subarray(0, 64))).toBe(64 + 56 * file.readUInt16LE(56))
  })
})

test('any bytes of a file may be wrong: the facts are those of the whole file', () => {
  const wrong = fc.array(fc.tuple(fc.nat(1200), fc.nat(255)), { minLength: 1, maxLength: 4 })
  const sound = [Buffer.concat([buildElf(LIBRARY), Buffer.alloc(200_000, 'behind')]), debuginfo(200_000)]
  fc.assert(
    fc.property(fc.constantFrom(...sound), wrong, fc.constantFrom(300, 70_000, 500_000), (file, places, chunk) => {
      const bytes = Buffer.from(file)
      for (const [at, value] of places) if (at + 4 < bytes.length) bytes[at + 4] = value
      expect(gathered(bytes, { chunk }).facts).toEqual(whole(bytes))
    }),
    { numRuns: runs(400) },
  )
})
