/** How much of a file on disk is read for linking: comparing results cannot show that only parts are read. */
import * as fs from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import { buildElf } from '../../support/elf-builder.js'
import { app, lib } from '../../support/process.js'
import { scratchFolder } from '../../support/tools.js'

const counted = { bytes: 0, isWhole: false }
jest.unstable_mockModule('node:fs', () => ({
  ...fs,
  readSync: (...given: Parameters<typeof fs.readSync>) => {
    const count = fs.readSync(...given)
    counted.bytes += count
    return count
  },
  readFileSync: (...given: Parameters<typeof fs.readFileSync>) => {
    counted.isWhole = true
    return fs.readFileSync(...given)
  },
}))
const { ReusableBuffer, readLinkFile, readProgram } = await import('../../../lib/io/loader/link-file.js')

const CODE = Buffer.alloc(500_000, 0x90)
const MANY = Array.from({ length: 3000 }, (_, index) => `function_number_${index}`)
const path = join(scratchFolder('link-file'), 'file')

/** The parts that are read of a file with much code after its tables. */
function countedIn(bytes: Buffer, by: typeof readLinkFile | typeof readProgram): typeof counted {
  const file = Buffer.concat([bytes, CODE])
  fs.writeFileSync(path, file)
  Object.assign(counted, { bytes: 0, isWhole: false })
  by(Buffer.from(path), file.length, DEFAULT_LIMITS, new ReusableBuffer())
  return { ...counted }
}

describe('of a sound file', () => {
  const files: readonly (readonly [string, Buffer])[] = [
    ['a library', buildElf(lib(['f'], { soname: 'a', needed: ['b'] }))],
    ['a program', buildElf(app(['a'], ['f']))],
    ['a library with tables of many pages', buildElf(lib(MANY, { soname: 'many', calls: MANY.slice(0, 1000) }))],
    ['a program with many references', buildElf(app(['many'], MANY))],
    ['a library that looks symbols up by DT_HASH', buildElf({ ...lib(MANY), hash: 'sysv' })],
  ]

  test.each(files)('only headers and tables are read: %s', (_, bytes) => {
    const { bytes: count, isWhole } = countedIn(bytes, readLinkFile)
    expect(isWhole).toBe(false)
    expect(count).toBeLessThan(bytes.length + 0x4000)
  })

  test('only the beginning of a library is read in a search for programs', () => {
    const { bytes, isWhole } = countedIn(buildElf(lib(['f'])), readProgram)
    expect({ bytes, isWhole }).toEqual({ bytes: 0x2000, isWhole: false })
  })
})

test('a broken file is read whole, to find out what is wrong', () => {
  expect(countedIn(Buffer.from('\x7fELF\x09'.padEnd(100, '\0'), 'latin1'), readLinkFile).isWhole).toBe(true)
})
