/**
 * How much one package may cost. Every length read from the input is compared with the available bytes and with one of these before it is used.
 */
export interface Limits {
  /** Bytes that one payload may unpack to, and likewise all archives nested in it. There is no limit on the ratio: zeros compress 30,000 to 1 in real packages. */
  readonly unpackedBytes: number
  /** Bytes of one ELF file that its analysis needs, in memory: up to the end of its last segment. A debuginfo file may be much larger. */
  readonly elfBytes: number
  /** The same of one ELF file inside a nested archive, whose sizes are not checked against a header. */
  readonly nestedElfBytes: number
  /** Bytes of one nested archive that has to be buffered whole (zip: its directory is at the end). */
  readonly heldArchiveBytes: number
  /** Bytes of the names in the facts of one package: symbols, their versions, sonames. Names may share bytes of the file. */
  readonly nameBytes: number
  /** Archives inside archives: an .rpm in a source package is 1, a tarball inside that is 2. */
  readonly nestingDepth: number
  /** Members of one archive. rpm's own bound on a package's file count. */
  readonly members: number
  /** Bytes of an LZMA dictionary. */
  readonly dictionaryBytes: number
  /** Bytes of a zstd window; 128 MiB is libzstd's default limit. */
  readonly windowBytes: number
  /** Members of all archives in the package together. */
  readonly nestedMembers: number
  /** Small members of gzip, frames and blocks of zstd, streams and archives inside archives, over the whole package. 4 KiB of unpacked bytes earn one more. */
  readonly smallParts: number
  /** Bytes of zstd windows and large dictionaries that are cleared or moved, over the whole package. An unpacked byte earns 128. */
  readonly windowBytesMoved: number
  /** Bytes that windows, dictionaries, buffered archives and inner headers hold in memory at the same time. */
  readonly heldBytes: number
  /** Bytes of the header of an RPM package inside another. */
  readonly nestedHeaderBytes: number
}

const MIB = 1024 * 1024

export const DEFAULT_LIMITS: Limits = {
  unpackedBytes: 16 * 1024 * MIB,
  elfBytes: 1024 * MIB,
  nestedElfBytes: 256 * MIB,
  heldArchiveBytes: 256 * MIB,
  nameBytes: 256 * MIB,
  nestingDepth: 4,
  members: 0xfffff,
  dictionaryBytes: 256 * MIB,
  windowBytes: 128 * MIB,
  nestedMembers: 2_000_000,
  smallParts: 20_000,
  windowBytesMoved: 64 * 1024 * MIB,
  heldBytes: 320 * MIB,
  nestedHeaderBytes: 64 * MIB,
}
