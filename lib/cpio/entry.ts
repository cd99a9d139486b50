/**
 * Members of a cpio archive, in the two forms that packages use.
 *
 * Source: cpio(5), "New ASCII Format" and "New CRC Format"; rpm manual, "RPM v4 format", Payload, for the stripped form.
 */

/** A member with a name, magic 070701 or 070702. rpm treats both alike and ignores the checksum of the second. */
export interface NamedCpioEntry {
  readonly form: 'named'
  /** Byte string as stored, without its NUL. */
  readonly name: string
  readonly inode: number
  /** Type and permissions, as in st_mode. */
  readonly mode: number
  readonly linkCount: number
  /** Bytes of data that follow. */
  readonly size: number
  /** Offset of the member's header: bytes from the start of the unpacked stream. */
  readonly offset: number
}

/** A member with an index into the package's file list, magic 07070X: all metadata is in that list. */
export interface StrippedCpioEntry {
  readonly form: 'stripped'
  readonly index: number
  readonly size: number
  readonly offset: number
}

export type CpioEntry = NamedCpioEntry | StrippedCpioEntry
