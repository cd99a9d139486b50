/**
 * Members of a cpio archive, in the two forms that packages use.
 *
 * Source: cpio(5), "New ASCII Format" and "New CRC Format"; rpm manual, "RPM v4 format", Payload, for the stripped form.
 */

/** A member under its name, magic 070701 or 070702. rpm takes both alike and ignores the checksum of the second. */
export interface NamedCpioEntry {
  readonly form: 'named'
  /** Byte string as written, without its NUL. */
  readonly name: string
  readonly inode: number
  /** Type and permissions as of stat(2). */
  readonly mode: number
  readonly linkCount: number
  /** Bytes of data that follow. */
  readonly size: number
  /** Where the member's header begins: bytes from the start of the unpacked stream. */
  readonly offset: number
}

/** A member under its index in the package's file list, magic 07070X: that list alone says what it is. */
export interface StrippedCpioEntry {
  readonly form: 'stripped'
  readonly index: number
  readonly size: number
  readonly offset: number
}

export type CpioEntry = NamedCpioEntry | StrippedCpioEntry
