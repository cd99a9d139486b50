import { describe, expect, test } from '@jest/globals'
import { decodeElfImage } from '../../lib/elf/image.js'
import { NO_GNU_PROPERTIES, gnuPropertiesOf, type GnuProperties } from '../../lib/elf/gnu-properties.js'
import { buildElf, type BuiltObject } from '../support/elf-builder.js'

const NEEDED = 0xb0008000
const FEATURES = 0xc0000002
const ISA = 0xc0008002
const ALL = { [NEEDED]: 1, [FEATURES]: 3, [ISA]: 4 }
const FOUND = { isaLevels: 4, needsIndirectAccess: true }

function propertiesOf(object: BuiltObject, change: (bytes: Buffer, notesAt: number) => void = () => {}): GnuProperties {
  const bytes = buildElf(object)
  change(bytes, bytes.indexOf('GNU\0') - 12)
  const image = decodeElfImage(bytes)
  return gnuPropertiesOf(image.header, image.programHeaders, image.addresses)
}

describe('the properties of an x86 object', () => {
  test.each<[string, BuiltObject]>([
    ['64 bits', {}],
    ['32 bits', { machine: 3, elfClass: 32 }],
    ['x32', { elfClass: 32 }],
  ])('are read, of %s', (_title, object) => expect(propertiesOf({ ...object, properties: ALL })).toEqual(FOUND))

  test('are none without a note, and on another machine', () => {
    expect(propertiesOf({})).toEqual(NO_GNU_PROPERTIES)
    expect(propertiesOf({ machine: 183, properties: ALL })).toEqual(NO_GNU_PROPERTIES)
  })

  test.each<[string, number, number]>([
    ['another type', 8, 1],
    ['another owner', 12, 0x58],
    ['a name of another length', 0, 8],
    ['a size that is no multiple of a word', 4, 44],
    ['a size beyond the segment', 4, 0x1000],
    ['no room for a property', 4, 0],
    ['types that do not ascend', 32, 0],
    ['a property of another size', 36, 8],
    ['a property beyond the note', 36, 0xff000000],
  ])('are none in a note with %s', (_title, at, value) => {
    const change = (bytes: Buffer, notesAt: number): void => void bytes.writeUInt32LE(value, notesAt + at)
    expect(propertiesOf({ properties: ALL }, change)).toEqual(NO_GNU_PROPERTIES)
  })

  test('are none in a segment of another alignment', () => {
    const alignment = 64 + 2 * 56 + 48 // of the third program header
    expect(propertiesOf({ properties: ALL }, bytes => void bytes.writeUInt32LE(4, alignment))).toEqual(NO_GNU_PROPERTIES)
  })

  test('never make a file malformed: each byte of the note may have any value', () => {
    const length = 16 + 3 * 16
    for (let at = 0; at < length; at++)
      for (const value of [0, 1, 0x7f, 0xff])
        expect(() => propertiesOf({ properties: ALL }, (bytes, notesAt) => (bytes[notesAt + at] = value))).not.toThrow()
  })
})
