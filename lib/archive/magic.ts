/**
 * Identifies file formats by their first bytes.
 *
 * Two questions with two answers: a payload is known to be a compressed cpio archive, so a weak magic is enough (`compressionOf`);
 * a member of an archive can be anything, so every magic is checked as strictly as its format allows (`contentOf`).
 * Sources: rpm-format of the payload (rpmio), RFC 1952 §2.3.1, RFC 8878 §3.1, LLVM's BitCodeFormat, the .xz and .lzma file format descriptions, POSIX ustar.
 */

/** How an archive is compressed; `none` is an uncompressed cpio archive. */
export type Compression = 'none' | 'gzip' | 'bzip2' | 'lzma' | 'xz' | 'zstd'

/** The formats that are, or may contain, a shared library, and the code of compilers from which one may be linked. */
export type Content = 'elf' | 'bitcode' | 'rpm' | 'tar' | 'zip' | 'ar' | 'thin-ar' | 'cpio' | Exclude<Compression, 'none'>

/** Bytes of a member that `contentOf` needs: one tar header. */
export const CONTENT_HEAD = 512

const STRONG_MAGICS: readonly (readonly [Content, readonly number[]])[] = [
  ['elf', [0x7f, 0x45, 0x4c, 0x46]],
  ['bitcode', [0x42, 0x43, 0xc0, 0xde]], // of LLVM
  ['bitcode', [0xde, 0xc0, 0x17, 0x0b]], // the same in its wrapper
  ['rpm', [0xed, 0xab, 0xee, 0xdb]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['gzip', [0x1f, 0x8b, 0x08]], // 08 is deflate, the only method there is
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]], // without members
  ['zip', [0x50, 0x4b, 0x07, 0x08]], // of several volumes
  ['ar', [0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e, 0x0a]],
  ['thin-ar', [0x21, 0x3c, 0x74, 0x68, 0x69, 0x6e, 0x3e, 0x0a]],
  ['cpio', [0x30, 0x37, 0x30, 0x37, 0x30, 0x31]], // 070701, newc
  ['cpio', [0x30, 0x37, 0x30, 0x37, 0x30, 0x32]], // 070702, newc with checksums
  ['cpio', [0x30, 0x37, 0x30, 0x37, 0x30, 0x37]], // 070707, POSIX
  ['cpio', [0x30, 0x37, 0x30, 0x37, 0x30, 0x58]], // 07070X, rpm's stripped form
]

/** The compression of an RPM's payload, or `null` if rpm does not write it. Six bytes are enough. */
export function compressionOf(head: Uint8Array): Compression | null {
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip'
  if (startsWith(head, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])) return 'xz'
  if (isZstd(head)) return 'zstd'
  if (startsWith(head, [0x42, 0x5a, 0x68])) return 'bzip2'
  if (startsWith(head, [0x5d, 0x00, 0x00])) return 'lzma'
  return startsWith(head, [0x30, 0x37, 0x30, 0x37, 0x30]) ? 'none' : null
}

/** The format of a member, or `null` if it is none of `Content`. `head` is its first `CONTENT_HEAD` bytes, or the whole member if shorter. */
export function contentOf(head: Uint8Array): Content | null {
  const strong = STRONG_MAGICS.find(([, magic]) => startsWith(head, magic))
  if (strong !== undefined) return strong[0]
  if (isZstd(head)) return 'zstd'
  if (isBzip2(head)) return 'bzip2'
  if (isTar(head)) return 'tar'
  return isLzmaAlone(head) ? 'lzma' : null
}

/** A zstd frame, or one of the sixteen kinds of skippable frame that may precede it. */
function isZstd(head: Uint8Array): boolean {
  const kind = head[0] ?? 0
  return startsWith(head, [0x28, 0xb5, 0x2f, 0xfd]) || ((kind & 0xf0) === 0x50 && startsWith(head.subarray(1), [0x2a, 0x4d, 0x18]))
}

/** `BZh`, the block size 1 to 9, then the magic of a first block or of the end. */
function isBzip2(head: Uint8Array): boolean {
  const level = head[3] ?? 0
  if (!startsWith(head, [0x42, 0x5a, 0x68]) || level < 0x31 || level > 0x39) return false
  const block = head.subarray(4)
  return startsWith(block, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) || startsWith(block, [0x17, 0x72, 0x45, 0x38, 0x50, 0x90])
}

const USTAR_MAGIC = 257
const TAR_CHECKSUM = 148 // eight bytes of octal digits

/** A ustar or GNU header by its magic, an older one by its checksum, which does not match by chance. */
function isTar(head: Uint8Array): boolean {
  if (head.length < CONTENT_HEAD) return false
  return startsWith(head.subarray(USTAR_MAGIC), [0x75, 0x73, 0x74, 0x61, 0x72]) || isTarHeader(head)
}

/** Is this block of 512 bytes the header of a member, by its checksum? */
export function isTarHeader(block: Uint8Array): boolean {
  const digits = /^ *([0-7]+)[ \0]*$/.exec(Buffer.from(block.subarray(TAR_CHECKSUM, TAR_CHECKSUM + 8)).toString('latin1'))
  if (digits === null) return false
  const stated = parseInt(digits[1] ?? '', 8)
  return stated === tarChecksumOf(block) || stated === tarChecksumOf(new Int8Array(block)) // some writers had signed characters
}

/** The sum of a tar header's bytes, with its checksum field counted as blanks. */
function tarChecksumOf(head: Uint8Array | Int8Array): number {
  let sum = 8 * 0x20
  for (let at = 0; at < CONTENT_HEAD; at++) {
    if (at < TAR_CHECKSUM || at >= TAR_CHECKSUM + 8) sum += head[at] ?? 0
  }
  return sum
}

const LZMA_HEADER = 13 // u8 properties, u32 dictionary, u64 size; the range coder's first byte behind them is always 0
const MAX_LZMA_SIZE = 2 ** 38 // 256 GiB: liblzma does not accept larger sizes either
const MIN_DICTIONARY = 4096

/** .lzma has no magic: only headers that liblzma itself would write are accepted. */
function isLzmaAlone(head: Uint8Array): boolean {
  if (head.length <= LZMA_HEADER || head[LZMA_HEADER] !== 0) return false
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const size = view.getBigUint64(5, true)
  const isPlausibleSize = size === 0xffff_ffff_ffff_ffffn || size < BigInt(MAX_LZMA_SIZE)
  return isPlausibleSize && areLzmaProperties(view.getUint8(0)) && isLzmaDictionary(view.getUint32(1, true))
}

/** (pb × 5 + lp) × 9 + lc, with at most four bits of literal context in all. */
function areLzmaProperties(properties: number): boolean {
  const literalContextBits = properties % 9
  const literalPositionBits = Math.floor(properties / 9) % 5
  return properties < 9 * 5 * 5 && literalContextBits + literalPositionBits <= 4
}

/** A power of two, or one and its half. */
function isLzmaDictionary(size: number): boolean {
  if (size < MIN_DICTIONARY) return false
  const highest = 2 ** (31 - Math.clz32(size))
  return size === highest || size === highest + highest / 2
}

function startsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return head.length >= magic.length && magic.every((byte, at) => head[at] === byte)
}
