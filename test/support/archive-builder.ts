/** Builds tar, ar and zip archives in memory, valid unless a test changes something. */
import { deflateRawSync } from 'node:zlib'

export interface TarMember {
  readonly name: string
  readonly data?: Uint8Array
  /** The stated size in bytes, if it is wrong. */
  readonly size?: number
  /** Type flag; `0` is a regular file. */
  readonly type?: string
  /** `ustar`, or none, as before 1988. */
  readonly magic?: 'ustar' | 'none'
  readonly checksum?: number
}

const BLOCK = 512
const EMPTY = Buffer.alloc(0)

/** Two blocks of zeros end a tar archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

export function tar(...members: readonly (TarMember | Buffer)[]): Buffer {
  return Buffer.concat([...members.map(each => (Buffer.isBuffer(each) ? each : tarMember(each))), TAR_END])
}

export function tarMember({ name, data = EMPTY, size = data.length, type = '0', magic = 'ustar', checksum }: TarMember): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0, 100, 'latin1')
  header.write('0000644\x000000000\x000000000\0', 100, 'latin1')
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  header.write('00000000000\0        ', 136, 'latin1')
  header.write(type, 156, 'latin1')
  if (magic === 'ustar') header.write('ustar\x0000', 257, 'latin1')
  const sum = checksum ?? header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, data, Buffer.alloc(-data.length & (BLOCK - 1))])
}

export interface ArMember {
  readonly name: string
  readonly data?: Uint8Array
  /** The ten bytes of the size field. */
  readonly size?: string
  readonly endMark?: string
}

export function ar(...members: readonly ArMember[]): Buffer {
  return Buffer.concat([Buffer.from('!<arch>\n'), ...members.map(arMember)])
}

export function arMember({ name, data = EMPTY, size = `${data.length}`, endMark = '`\n' }: ArMember): Buffer {
  const header = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${size.padEnd(10)}${endMark}`
  return Buffer.concat([Buffer.from(header, 'latin1'), data, Buffer.from(data.length % 2 === 1 ? '\n' : '')])
}

export interface ZipEntry {
  readonly name: string
  readonly data?: Uint8Array
  /** 0 stored, 8 deflated. */
  readonly method?: number
  readonly flags?: number
  /** Unpacked size that the directory states, in bytes. */
  readonly size?: number
  /** The packed bytes, if they are wrong. */
  readonly packed?: Uint8Array
}

export function zip(...entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const { local, central } = zipEntry(entry, at)
    parts.push(local)
    directory.push(central)
    at += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, listed, end])
}

/** The header before the data and the one in the directory share all fields from the version on. */
function zipEntry({ name, data = EMPTY, method = 8, flags = 0, size = data.length, packed }: ZipEntry, at: number) {
  const bytes = packed ?? (method === 8 ? deflateRawSync(data) : data)
  const shared = Buffer.alloc(26)
  shared.writeUInt16LE(20, 0)
  shared.writeUInt16LE(flags, 2)
  shared.writeUInt16LE(method, 4)
  shared.writeUInt32LE(bytes.length, 14)
  shared.writeUInt32LE(size, 18)
  shared.writeUInt16LE(name.length, 22)
  const offset = Buffer.alloc(14)
  offset.writeUInt32LE(at, 10)
  const text = Buffer.from(name, 'latin1')
  return {
    local: Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, text, bytes]),
    central: Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, offset, text]),
  }
}
