/**
 * /etc/ld.so.cache: the file for each library name, as written by ldconfig.
 *
 * Layout of the format that every glibc since 2.32 writes: magic "glibc-ld.so.cache1.1", nlibs and len_strings (u32), a byte of endianness in the low two bits of
 * flags, 3 bytes of padding, extension_offset (u32), 3 × u32 unused, then nlibs entries: flags (i32), key and value (u32, offsets in the file), osversion (u32),
 * hwcap (u64). Before 2.32 an older table with the magic "ld.so-1.7.0" may precede it.
 * Source: glibc's sysdeps/generic/dl-cache.h and elf/dl-cache.c (search_cache).
 */
import { byteStringOf } from '../bytes/names.js'
import { Reader, type Endianness } from '../bytes/reader.js'

export interface CacheEntry {
  readonly name: string
  readonly path: string
  /** Type of library and machine, see `System.cacheFlags`. */
  readonly flags: number
  /** The glibc-hwcaps subdirectory it lies in; `null` for the plain one. */
  readonly hwcap: string | null
  /** Required hardware capability bits, before glibc 2.33; 0 for the plain entry, and with `hwcap`. */
  readonly hardware: bigint
}

const NEW_MAGIC = 'glibc-ld.so.cache1.1'
const OLD_MAGIC = 'ld.so-1.7.0'
const OLD_HEADER_SIZE = 16 // magic, padding, nlibs
const OLD_ENTRY_SIZE = 12
const HEADER_SIZE = 48
const NLIBS = 20,
  BYTE_ORDER = 28,
  EXTENSIONS = 32
const UNSTATED = 0,
  LITTLE = 2,
  BIG = 3
const ENTRY_SIZE = 24
const FLAGS = 0,
  KEY = 4,
  VALUE = 8,
  HWCAP = 16 // u32 u32 u32, u32 osversion, u64
const EXTENSION_MAGIC = 0xeaa42174
const TAG_HWCAPS = 1 // cache_extension_tag_glibc_hwcaps
/** In the upper half of hwcap: the lower half is an index into the names of subdirectories. */
const HWCAP_EXTENSION = 1 << 30

/** Entries in file order, in which the first of a name wins. Empty for a file that the loader would not accept as a cache. Throws `MalformedError`. */
export function decodeLoaderCache(bytes: Uint8Array, endianness: Endianness): CacheEntry[] {
  const file = new Reader(bytes, 'ld.so.cache', endianness)
  const start = startOf(file)
  if (start === null) return []
  const cache = file.window('ld.so.cache', start, file.length - start)
  const order = cache.u8(BYTE_ORDER) & 3
  if (order !== UNSTATED && order !== (endianness === 'little' ? LITTLE : BIG)) return []
  const names = subdirectoriesOf(cache)
  const text = byteStringOf(cache.bytes(0, cache.length))
  const entries = cache.window('ld.so.cache entries', HEADER_SIZE, cache.u32(NLIBS) * ENTRY_SIZE)
  return Array.from({ length: entries.length / ENTRY_SIZE }, (_, index) => entryAt(entries, index * ENTRY_SIZE, text, names)).filter(
    entry => entry !== null,
  )
}

/** Where the new format begins: at 0, or after the old table, aligned to 8 bytes. */
function startOf(file: Reader): number | null {
  if (startsWith(file, 0, NEW_MAGIC)) return 0
  if (!startsWith(file, 0, OLD_MAGIC)) return null
  const end = OLD_HEADER_SIZE + file.u32(12) * OLD_ENTRY_SIZE
  const start = Math.ceil(end / 8) * 8
  return startsWith(file, start, NEW_MAGIC) ? start : null
}

function startsWith(file: Reader, at: number, magic: string): boolean {
  return file.holds(at, HEADER_SIZE) && byteStringOf(file.bytes(at, magic.length)) === magic
}

/** `null` for a glibc-hwcaps subdirectory that the cache does not name. */
function entryAt(entries: Reader, at: number, text: string, names: readonly string[]): CacheEntry | null {
  const [lowAt, highAt] = entries.endianness === 'little' ? [HWCAP, HWCAP + 4] : [HWCAP + 4, HWCAP]
  const low = entries.u32(at + lowAt)
  const high = entries.u32(at + highAt)
  const isNamed = (high & HWCAP_EXTENSION) !== 0
  const hwcap = isNamed ? names[low] : null
  if (hwcap === undefined) return null
  return {
    name: stringAt(text, entries.u32(at + KEY)),
    path: stringAt(text, entries.u32(at + VALUE)),
    flags: entries.u32(at + FLAGS),
    hwcap,
    hardware: isNamed ? 0n : (BigInt(high) << 32n) | BigInt(low),
  }
}

/** Names of glibc-hwcaps subdirectories, by the extension directory at the file's end. */
function subdirectoriesOf(cache: Reader): string[] {
  const at = cache.u32(EXTENSIONS)
  if (at === 0 || !cache.holds(at, 8) || cache.u32(at) !== EXTENSION_MAGIC) return []
  const count = cache.u32(at + 4)
  const sections = cache.window('ld.so.cache extensions', at + 8, count * 16)
  const text = byteStringOf(cache.bytes(0, cache.length))
  for (let section = 0; section < sections.length; section += 16) {
    if (sections.u32(section) !== TAG_HWCAPS) continue
    const names = cache.window('ld.so.cache hwcaps', sections.u32(section + 8), sections.u32(section + 12))
    return Array.from({ length: names.length / 4 }, (_, index) => stringAt(text, names.u32(index * 4)))
  }
  return []
}

function stringAt(text: string, offset: number): string {
  return text.slice(offset, text.indexOf('\0', offset))
}
