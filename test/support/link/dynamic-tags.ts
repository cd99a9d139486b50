/** Tags that no option of the link editor writes, put where the dynamic section has room: ld leaves spare DT_NULL entries behind it. */

const PHOFF = 32
const PHNUM = 56
const PHDR_SIZE = 56
const PT_DYNAMIC = 2
const ENTRY_SIZE = 16

/** `bytes` is a 64-bit little-endian ELF file, and is changed in place. */
export function addDynamicTags(bytes: Buffer, tags: readonly (readonly [tag: number, value: number])[]): Buffer {
  const { at, size } = dynamicOf(bytes)
  const entries = Array.from({ length: size / ENTRY_SIZE }, (_, index) => at + index * ENTRY_SIZE)
  const free = entries.filter(entry => bytes.readBigUInt64LE(entry) === 0n)
  if (free.length <= tags.length) throw new Error(`no room for ${tags.length} tags: ${free.length} spare entries`)
  tags.forEach(([tag, value], index) => {
    bytes.writeBigUInt64LE(BigInt(tag), free[index] ?? 0)
    bytes.writeBigUInt64LE(BigInt(value), (free[index] ?? 0) + 8)
  })
  return bytes
}

function dynamicOf(bytes: Buffer): { readonly at: number; readonly size: number } {
  const first = Number(bytes.readBigUInt64LE(PHOFF))
  const headers = Array.from({ length: bytes.readUInt16LE(PHNUM) }, (_, index) => first + index * PHDR_SIZE)
  const header = headers.find(place => bytes.readUInt32LE(place) === PT_DYNAMIC)
  if (header === undefined) throw new Error('no dynamic section')
  return { at: Number(bytes.readBigUInt64LE(header + 8)), size: Number(bytes.readBigUInt64LE(header + 32)) }
}
