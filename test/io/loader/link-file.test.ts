/** The parts read for linking give the same result as the whole file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { CheckError } from '../../../lib/errors/check-error.js'
import { ReusableBuffer, readLinkFile, readProgram, type LinkFile } from '../../../lib/io/loader/link-file.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import { linkObjectIn, type LinkObject } from '../../../lib/link/link-object.js'
import { buildElf } from '../../support/elf-builder.js'
import { app, lib } from '../../support/process.js'
import fc, { runs } from '../../support/properties.js'

const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
const path = join(folder, 'file')
afterAll(() => rmSync(folder, { recursive: true }))

const DT_STRSZ = 10
const MANY = Array.from({ length: 3000 }, (_, index) => `function_number_${index}`)
const LIBRARY = buildElf(lib(['f'], { soname: 'a', needed: ['b'] }))
const PROGRAM = buildElf(app(['a'], ['f']))

function whole(bytes: Buffer): LinkObject | string {
  try {
    return linkObjectIn(bytes)
  } catch (error) {
    if (error instanceof CheckError) return error.message
    throw error
  }
}

/** Through a buffer in which something else has been read before. */
function read(bytes: Buffer, by: typeof readLinkFile | typeof readProgram): LinkFile | null {
  writeFileSync(path, bytes)
  const buffer = new ReusableBuffer()
  buffer.of(bytes.length).fill(0xff)
  return by(Buffer.from(path), bytes.length, DEFAULT_LIMITS, buffer)
}

function objectIn(file: LinkFile | null): LinkObject | string | null {
  return file?.object instanceof CheckError ? file.object.message : (file?.object ?? null)
}

function expectTheSame(bytes: Buffer): void {
  const object = whole(bytes)
  expect(objectIn(read(bytes, readLinkFile))).toEqual(object)
  const program = objectIn(read(bytes, readProgram))
  if (typeof object === 'string')
    expect([null, object]).toContain(program) // its first part may tell that it is none
  else expect(program).toEqual(object.isProgram ? object : null)
}

describe('a file on disk', () => {
  test.each([
    ['a library', LIBRARY],
    ['a program', PROGRAM],
    ['a static program', withoutDynamic(buildElf({ type: 2 }))],
    ['a library with tables of many pages', buildElf(lib(MANY, { soname: 'many', calls: MANY.slice(0, 1000) }))],
    ['a program with many references', buildElf(app(['many'], MANY))],
    ['a library that looks names up by DT_HASH', buildElf({ ...lib(MANY), hash: 'sysv' })],
    ['a library that states too short a table of names', buildElf({ ...lib(MANY), dynamic: { [DT_STRSZ]: 100 } })],
    ['a library that states too long a table of names', buildElf({ ...lib(MANY), dynamic: { [DT_STRSZ]: 0x7fff_ffff } })],
    ['a relocatable file', buildElf({ type: 1 })],
  ])('is read as far as necessary: %s', (_title, bytes) => {
    expectTheSame(bytes)
    expectTheSame(Buffer.concat([bytes, Buffer.alloc(200_000, 0x90)]))
  })

  test('may be larger than the limit, if what a loader maps is not', () => {
    const large = Buffer.concat([LIBRARY, Buffer.alloc(500_000, 'debug')])
    const within = (elfBytes: number): LinkObject | string | null => {
      writeFileSync(path, large)
      return objectIn(readLinkFile(Buffer.from(path), large.length, { ...DEFAULT_LIMITS, elfBytes }, new ReusableBuffer()))
    }
    expect(within(100_000)).toEqual(whole(large))
    expect(within(LIBRARY.length - 1)).toBe(`ELF file of more than ${LIBRARY.length - 1} bytes`)
  })

  test('is recognised by its first bytes', () => {
    expect(read(LIBRARY, readLinkFile)?.head).toEqual(Uint8Array.from(LIBRARY.subarray(0, 64)))
    expect(read(Buffer.from('/* GNU ld script */'), readProgram)).toBeNull()
    expect(objectIn(read(Buffer.from('short'), readLinkFile))).toContain('ELF identification')
  })

  test('may have any bytes wrong', () => {
    const wrong = fc.array(fc.tuple(fc.nat(1200), fc.nat(255)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.constantFrom(LIBRARY, PROGRAM), wrong, (sound, places) => {
        const bytes = Buffer.from(sound)
        for (const [at, value] of places) if (at + 4 < bytes.length) bytes[at + 4] = value // it stays an ELF file
        expectTheSame(bytes)
      }),
      { numRuns: runs(400) },
    )
  })
})

function withoutDynamic(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(0, 64 + 56) // PT_NULL instead of PT_DYNAMIC
  return bytes
}
