import { describe, expect, test } from '@jest/globals'
import { DT, DynamicSection } from '../../lib/elf/dynamic.js'
import type { ProgramHeader } from '../../lib/elf/program-headers.js'
import { leadsIntoCode, skippableCode } from '../../lib/elf/skippable-code.js'

const PAGE = 4096
const segment = (flags: number, offset: number, fileSize: number, type = 1): ProgramHeader => ({
  type,
  flags,
  offset,
  address: offset + 0x400000,
  fileSize,
  memorySize: fileSize,
})
const TABLES = segment(4, 0, 3 * PAGE)
const CODE = segment(5, 4 * PAGE, 100 * PAGE + 17)
const DATA = segment(6, 105 * PAGE, PAGE)

describe('skippableCode', () => {
  test('is the whole pages of code that has pages of its own', () => {
    expect(skippableCode([TABLES, CODE, DATA])).toEqual({ start: 4 * PAGE, end: 104 * PAGE })
  })

  test('is nothing where data shares its pages, or where it is small', () => {
    expect(skippableCode([TABLES, CODE, segment(6, 103 * PAGE + 8, PAGE)])).toBeNull()
    expect(skippableCode([TABLES, segment(5, 4 * PAGE, 8 * PAGE), DATA])).toBeNull()
    expect(skippableCode([TABLES, DATA])).toBeNull()
  })
})

describe('leadsIntoCode', () => {
  const leads = (tag: number, offset: number, ...more: readonly ProgramHeader[]): boolean =>
    leadsIntoCode(new DynamicSection([[tag, offset + 0x400000]]), [TABLES, CODE, DATA, ...more])

  test('is told by where the tables begin', () => {
    expect(leads(DT.SYMTAB, PAGE)).toBe(false)
    expect(leads(DT.SYMTAB, 50 * PAGE)).toBe(true)
    expect(leads(DT.JMPREL, 4 * PAGE)).toBe(true)
    expect(leads(DT.SONAME, 50 * PAGE)).toBe(false) // no address
  })

  test('is told of the interpreter’s name as well', () => {
    expect(leads(DT.SYMTAB, PAGE, segment(4, 50 * PAGE, 20, 3))).toBe(true)
    expect(leads(DT.SYMTAB, PAGE, segment(4, PAGE, 20, 3))).toBe(false)
  })
})
