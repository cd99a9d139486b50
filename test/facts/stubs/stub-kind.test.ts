import { describe, expect, test } from '@jest/globals'
import fc, { runs } from '../../support/properties.js'
import type { StubKind } from '../../../lib/facts/stubs/stub-kind.js'
import { stubKindOf } from '../../../lib/facts/stubs/stub-kind.js'
import type { Machine } from './cases.js'
import { machines } from './cases.js'

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
}

function judge(hex: string, { machine }: Machine, size = bytesOf(hex).length): StubKind | null {
  return stubKindOf(bytesOf(hex), size, machine)
}

for (const machine of machines) {
  describe(`On ${machine.name}`, () => {
    const hits = Object.entries(machine.nothing).flatMap(([kind, cases]) =>
      Object.entries(cases).map(([name, hex]) => [name, hex, kind as StubKind] as const),
    )
    const misses = Object.entries(machine.something)

    test.each(hits)('%s is a stub', (_name, hex, kind) => {
      expect(judge(hex, machine)).toBe(kind)
    })

    test.each(misses)('%s is not a stub', (_name, hex) => {
      expect(judge(hex, machine)).toBeNull()
    })

    test.each(hits)('%s is recognised without a size, whatever follows it', (_name, hex, kind) => {
      expect(judge(`${hex} ffffffff ffffffff`, machine, 0)).toBe(kind)
    })

    test.each(hits)('%s is not recognised if it is truncated at any byte', (_name, hex) => {
      for (let length = 0; length < bytesOf(hex).length; length++) {
        expect(stubKindOf(bytesOf(hex).subarray(0, length), 0, machine.machine)).toBeNull()
        expect(stubKindOf(bytesOf(hex).subarray(0, length), bytesOf(hex).length, machine.machine)).toBeNull()
        expect(stubKindOf(bytesOf(hex), length === 0 ? 1 : length, machine.machine)).toBe(
          bytesOf(hex).length === 1 ? judge(hex, machine) : null,
        )
      }
    })

    test.each(hits)('%s never throws, whatever one byte of it becomes', (_name, hex) => {
      for (let at = 0; at < bytesOf(hex).length; at++) {
        for (let value = 0; value < 256; value++) {
          const bytes = bytesOf(hex)
          bytes[at] = value
          stubKindOf(bytes, bytes.length, machine.machine)
        }
      }
    })

    test('random bytes never throw', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, size) => void stubKindOf(bytes, size, machine.machine)),
        { numRuns: runs(2000) },
      )
    })

    test('a function of more than 256 bytes is not decoded', () => {
      const [[, hex] = ['', '']] = hits
      expect(judge(hex.padEnd(600, '0'), machine, 257)).toBeNull()
    })
  })
}

test('the code of an unknown machine is not decoded', () => {
  expect(stubKindOf(bytesOf('c3'), 1, 40)).toBeNull()
})

test('a thunk called on i386 is decoded if it is in range', () => {
  const prologue = (target: string) => `5589e5 e8 07000000 0500300000 5dc3 ${target}`
  const size = 15
  const i386 = { name: 'i386', machine: 3, nothing: {}, something: {} }
  expect(judge(prologue('8b0424c3'), i386, size)).toBe('only returns')
  expect(judge(prologue('8b0524c3'), i386, size)).toBeNull()
})

describe('a byte before an instruction of x86', () => {
  const x86 = machines.filter(({ name }) => name === 'x86-64' || name === 'i386')
  const withByte = (byte: string): (StubKind | null)[] => x86.map(machine => judge(`${byte} 31c0 c3`, machine))

  test.each(['26', '2e', '36', '3e', '64', '65'])('is skipped where it is a segment prefix: %s', byte =>
    expect(withByte(byte)).toEqual(['returns zero', 'returns zero']),
  )

  test.each(['27', '2f', '37', '3f', '63'])('is an instruction of its own where it only resembles a prefix: %s', byte =>
    expect(withByte(byte)).toEqual([null, null]),
  )
})
