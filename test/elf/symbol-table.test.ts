import { describe, expect, test } from '@jest/globals'
import { bindingName, typeName, visibilityName } from '../../lib/elf/symbol-table.js'

const every = (count: number, nameOf: (value: number) => string): string[] => Array.from({ length: count }, (_, value) => nameOf(value))

describe('every value that fits its bits has a name', () => {
  test('as a binding', () =>
    expect(every(16, bindingName).join(' ')).toBe(
      'LOCAL GLOBAL WEAK BINDING-3 BINDING-4 BINDING-5 BINDING-6 BINDING-7 BINDING-8 BINDING-9 UNIQUE ' +
        'BINDING-11 BINDING-12 BINDING-13 BINDING-14 BINDING-15',
    ))

  test('as a type', () =>
    expect(every(16, typeName).join(' ')).toBe(
      'NOTYPE OBJECT FUNC SECTION FILE COMMON TLS TYPE-7 TYPE-8 TYPE-9 IFUNC TYPE-11 TYPE-12 TYPE-13 TYPE-14 TYPE-15',
    ))

  test('as a visibility', () => expect(every(4, visibilityName).join(' ')).toBe('DEFAULT INTERNAL HIDDEN PROTECTED'))
})
