/** Changes finished files as tools and accidents do: 64-bit little-endian, in place. */

const PHOFF = 32
const PHNUM = 56
const PHDR_SIZE = 56
const ENTRY_SIZE = 16
export const PT_LOAD = 1
export const PT_DYNAMIC = 2
export const DT_RELA = 7
export const DT_JMPREL = 23

/** Offsets of fields in a program header. */
export const P_OFFSET = 8
export const P_ADDRESS = 16
export const P_FILE_SIZE = 32
export const P_MEMORY_SIZE = 40
export const P_ALIGN = 48

/** Where the program headers of this type begin. */
export function segmentsOf(bytes: Buffer, type: number): number[] {
  const first = Number(bytes.readBigUInt64LE(PHOFF))
  const headers = Array.from({ length: bytes.readUInt16LE(PHNUM) }, (_, index) => first + index * PHDR_SIZE)
  return headers.filter(at => bytes.readUInt32LE(at) === type)
}

export function addTo(bytes: Buffer, at: number, amount: number): void {
  bytes.writeBigUInt64LE(bytes.readBigUInt64LE(at) + BigInt(amount), at)
}

export function swapSegments(bytes: Buffer, one: number, other: number): void {
  const kept = Buffer.from(bytes.subarray(one, one + PHDR_SIZE))
  bytes.copy(bytes, one, other, other + PHDR_SIZE)
  kept.copy(bytes, other)
}

/** Where the value of a dynamic entry is. */
export function dynamicValueAt(bytes: Buffer, tag: number): number {
  const [header = 0] = segmentsOf(bytes, PT_DYNAMIC)
  const start = Number(bytes.readBigUInt64LE(header + 8))
  for (let at = start; bytes.readBigUInt64LE(at) !== 0n; at += ENTRY_SIZE) if (Number(bytes.readBigUInt64LE(at)) === tag) return at + 8
  throw new Error(`no dynamic entry with tag ${tag}`)
}

/** Sets the type of the relocations with type `from` in the table of this tag. Tables lie in segments whose address is their offset. */
export function retypeRelocations(bytes: Buffer, tag: number, from: number, to: number): void {
  const SIZE = 24
  const start = Number(bytes.readBigUInt64LE(dynamicValueAt(bytes, tag)))
  const [first = 0] = segmentsOf(bytes, PT_LOAD)
  const base = Number(bytes.readBigUInt64LE(first + P_ADDRESS))
  const sizeTag = tag === DT_RELA ? 8 : 2
  const size = Number(bytes.readBigUInt64LE(dynamicValueAt(bytes, sizeTag)))
  for (let at = start - base; at < start - base + size; at += SIZE) if (bytes.readUInt32LE(at + 8) === from) bytes.writeUInt32LE(to, at + 8)
}
