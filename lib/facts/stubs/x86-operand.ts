/**
 * A decoded x86 instruction: prefixes, opcode, and the operand that ModRM and SIB describe.
 *
 * Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, 2.1 and 2.2.
 */

export interface Instruction {
  readonly code: DataView
  /** Bytes of a machine word: 8 or 4. */
  readonly word: number
  /** The first byte of the opcode, and the offset after it. */
  readonly opcode: number
  readonly at: number
  /** Length of its operands in bytes: 2, 4 or 8. */
  readonly length: number
  /** REX or 0. */
  readonly rex: number
  /** The last prefix of its kind, or 0. */
  readonly segment: number
  readonly repeat: number
}

/** A register, or memory at a base register plus a displacement in bytes. `base` is `null` for other addresses, with rip or an index. */
export interface Operand {
  /** The other operand, always a register; or a part of the opcode. */
  readonly field: number
  readonly register: number | null
  readonly base: number | null
  readonly displacement: number
  /** Offset after it. */
  readonly end: number
}

const OPERAND_SIZE = 0x66
const SEGMENTS = new Set([0x2e, 0x36, 0x3e, 0x26, 0x64, 0x65])
const REPEATS = new Set([0xf2, 0xf3])
/** An instruction has 15 bytes at most. */
const MOST_PREFIXES = 14

export function decodeInstruction(code: DataView, start: number, word: number): Instruction {
  let [at, length, segment, repeat, rex] = [start, 4, 0, 0, 0]
  for (; at < start + MOST_PREFIXES; at++) {
    const byte = code.getUint8(at)
    if (byte === OPERAND_SIZE) length = 2
    else if (SEGMENTS.has(byte)) segment = byte
    else if (REPEATS.has(byte)) repeat = byte
    else break
  }
  if (word === 8 && (code.getUint8(at) & 0xf0) === 0x40) rex = code.getUint8(at++)
  if (rex & 8) length = 8
  return { code, word, opcode: code.getUint8(at), at: at + 1, length, rex, segment, repeat }
}

/** The operand whose ModRM is at `at`. */
export function decodeOperand({ code, rex }: Instruction, at: number): Operand {
  const modrm = code.getUint8(at)
  const mode = modrm >>> 6
  const low = modrm & 7
  const field = ((modrm >>> 3) & 7) | ((rex & 4) << 1)
  if (mode === 3) return { field, register: low | ((rex & 1) << 3), base: null, displacement: 0, end: at + 1 }
  const sib = low === 4 ? code.getUint8(at + 1) : null
  const behind = at + (sib === null ? 1 : 2)
  const number = sib === null ? low : sib & 7
  const isAbsolute = mode === 0 && number === 5 // rip-relative on x86-64
  const isIndexed = sib !== null && (((sib >>> 3) & 7) !== 4 || (rex & 2) !== 0)
  const base = isAbsolute || isIndexed ? null : number | ((rex & 1) << 3)
  if (mode === 1) return { field, register: null, base, displacement: code.getInt8(behind), end: behind + 1 }
  if (mode === 0 && !isAbsolute) return { field, register: null, base, displacement: 0, end: behind }
  return { field, register: null, base, displacement: code.getInt32(behind, true), end: behind + 4 }
}

/** The signed number of 1, 2 or 4 bytes at `at`. */
export function immediateOf(code: DataView, at: number, length: number): number {
  return length === 1 ? code.getInt8(at) : length === 2 ? code.getInt16(at, true) : code.getInt32(at, true)
}
