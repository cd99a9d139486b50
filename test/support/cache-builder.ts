/** Builds /etc/ld.so.cache in ldconfig's format. */
import type { CacheEntry } from '../../lib/link/loader-cache.js'

export interface CacheShape {
  readonly endianness: 'little' | 'big'
  /** Precede it with an empty table from before glibc 2.32. */
  readonly hasOldTable?: boolean
}

export function buildCache(entries: readonly CacheEntry[], { endianness, hasOldTable = false }: CacheShape): Buffer {
  const isLittle = endianness === 'little'
  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4)
    if (isLittle) bytes.writeUInt32LE(value >>> 0)
    else bytes.writeUInt32BE(value >>> 0)
    return bytes
  }
  const hwcaps = [...new Set(entries.flatMap(({ hwcap }) => (hwcap === null ? [] : [hwcap])))]
  let strings = ''
  const stringsAt = 48 + entries.length * 24
  const place = (text: string): number => {
    strings += `${text}\0`
    return stringsAt + strings.length - text.length - 1
  }
  const rows = entries.map(({ name, path, flags, hwcap, hardware }) => {
    const [low, high] = hwcap === null ? [Number(hardware & 0xffffffffn), Number(hardware >> 32n)] : [hwcaps.indexOf(hwcap), 1 << 30]
    const words = isLittle ? [low, high] : [high, low]
    return Buffer.concat([flags, place(name), place(path), 0, ...words].map(u32))
  })
  const names = hwcaps.map(place)
  while ((stringsAt + strings.length) % 4 !== 0) strings += '\0'
  const extensionAt = stringsAt + strings.length
  const extension = [0xeaa42174, 1, 1, 0, extensionAt + 24, names.length * 4, ...names].map(u32)
  const order = Buffer.from([isLittle ? 2 : 3, 0, 0, 0])
  const header = [u32(entries.length), u32(strings.length), order, u32(extensionAt), u32(0), u32(0), u32(0)]
  const cache = Buffer.concat([Buffer.from('glibc-ld.so.cache1.1'), ...header, ...rows, Buffer.from(strings, 'latin1'), ...extension])
  return hasOldTable ? Buffer.concat([Buffer.from('ld.so-1.7.0\0'), u32(0), cache]) : cache
}
