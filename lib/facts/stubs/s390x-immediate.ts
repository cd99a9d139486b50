/**
 * s390x: instructions with an immediate constant.
 *
 * Source: z/Architecture Principles of Operation, 5 (RI and RIL formats) and 7 (insert, load and or immediate).
 */
import type { Activation } from './activation.js'
import type { Value } from './value.js'
import { combined, immediate, shifted } from './value.js'

/** RI format: an immediate halfword. */
export function moveHalfword(instruction: DataView, activation: Activation): boolean {
  const register = instruction.getUint8(1) >>> 4
  const value = halfwordOf(instruction, activation.read(register))
  if (value !== null) activation.write(register, value)
  return value !== null
}

function halfwordOf(instruction: DataView, previous: Value): Value | null {
  const half = instruction.getInt16(2)
  const kind = instruction.getUint8(1) & 15
  if (instruction.getUint8(0) === 0xa7) {
    if (kind === 0x8 || kind === 0x9) return immediate(half) // lhi, lghi
    return kind === 0xb ? shifted(previous, half) : null // aghi
  }
  if (kind >= 0xc) return immediate(half) // llihh llihl llilh llill
  return kind <= 0x3 || kind >= 0x8 ? combined(previous, half) : null // ii.., oi.. of each quarter
}

/** RIL format: an immediate word. Not larl, which computes an address. */
export function moveWord(instruction: DataView, activation: Activation): boolean {
  const register = instruction.getUint8(1) >>> 4
  if (instruction.getUint16(0) === 0xc004) return true // brcl 0: a long nop
  const value = wordOf(instruction, activation.read(register))
  if (value !== null) activation.write(register, value)
  return value !== null
}

function wordOf(instruction: DataView, previous: Value): Value | null {
  const word = instruction.getInt32(2)
  switch (instruction.getUint8(1) & 15) {
    case 0x1: // lgfi
    case 0x9: // iilf: a whole int; the upper half of the register does not matter then
    case 0xe: // llihf
    case 0xf: // llilf
      return immediate(word)
    case 0x8: // iihf
    case 0xc: // oihf
    case 0xd: // oilf
      return combined(previous, word)
  }
  return null
}
