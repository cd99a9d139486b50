/** Builds a relocatable ELF file (ET_REL) of two sections, .symtab and .strtab, that defines global functions of the given names. */

const HEADER = 64
const SECTION = 64
const SYMBOL = 24

export function relocatable(names: readonly string[]): Buffer {
  const strings = Buffer.from(`\0${names.map(name => `${name}\0`).join('')}`, 'latin1')
  const symbols = symbolTable(names)
  const sectionsAt = HEADER + symbols.length + strings.length
  const sections = Buffer.concat([
    Buffer.alloc(SECTION),
    section(2, HEADER, symbols.length, 2, SYMBOL),
    section(3, HEADER + symbols.length, strings.length, 0, 0),
  ])
  return Buffer.concat([header(sectionsAt), symbols, strings, sections])
}

function header(sectionsAt: number): Buffer {
  const bytes = Buffer.alloc(HEADER)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  bytes.writeUInt16LE(1, 16) // ET_REL
  bytes.writeUInt16LE(62, 18) // x86-64
  bytes.writeUInt32LE(1, 20)
  bytes.writeBigUInt64LE(BigInt(sectionsAt), 40)
  bytes.writeUInt16LE(HEADER, 52)
  bytes.writeUInt16LE(SECTION, 58)
  bytes.writeUInt16LE(3, 60)
  return bytes
}

function symbolTable(names: readonly string[]): Buffer {
  const table = Buffer.alloc(SYMBOL * (names.length + 1))
  let nameAt = 1
  names.forEach((name, index) => {
    const at = SYMBOL * (index + 1)
    table.writeUInt32LE(nameAt, at)
    table.writeUInt8(0x12, at + 4) // GLOBAL, FUNC
    table.writeUInt16LE(1, at + 6) // defined
    nameAt += name.length + 1
  })
  return table
}

function section(type: number, offset: number, size: number, link: number, entrySize: number): Buffer {
  const bytes = Buffer.alloc(SECTION)
  bytes.writeUInt32LE(type, 4)
  bytes.writeBigUInt64LE(BigInt(offset), 24)
  bytes.writeBigUInt64LE(BigInt(size), 32)
  bytes.writeUInt32LE(link, 40)
  bytes.writeBigUInt64LE(BigInt(entrySize), 56)
  return bytes
}
