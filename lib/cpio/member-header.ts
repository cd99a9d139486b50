/**
 * The fixed part of a cpio member's header: a magic and fields of eight hexadecimal digits.
 *
 * Digits are parsed strictly: what sscanf also accepts (blanks, signs, "0x") would be read differently by different readers.
 * Source: cpio(5), "New ASCII Format"; rpm's lib/cpio.cc for the stripped form.
 */
import { byteStringOf } from '../bytes/names.js'
import { PATH_MAX } from '../bytes/posix.js'
import { MalformedError } from '../errors/check-error.js'

export const MAGIC_SIZE = 6
const NEWC_SIZE = 110 // magic and 13 fields
const STRIPPED_SIZE = 14 // magic and one field
const FIELD_SIZE = 8
/** Fields of the newc form by position. */
const INODE = 0
const MODE = 1
const LINK_COUNT = 4
const FILE_SIZE = 6
const NAME_SIZE = 11
const FIELD_COUNT = 13

export type MemberForm = 'named' | 'stripped'

/** Bytes of a member's fixed header. */
export const HEADER_SIZE: Readonly<Record<MemberForm, number>> = { named: NEWC_SIZE, stripped: STRIPPED_SIZE }

export interface NewcFields {
  readonly inode: number
  readonly mode: number
  readonly linkCount: number
  readonly fileSize: number
  /** Bytes of the name that follows, including its NUL: 1 to `PATH_MAX`. */
  readonly nameSize: number
}

/** A member's decoded header, including its name. */
export type MemberHeader =
  | { readonly form: 'named'; readonly fields: NewcFields; readonly name: string; readonly offset: number }
  | { readonly form: 'stripped'; readonly index: number; readonly offset: number }

/** `offset`, here and below, is that of the header in the unpacked stream, for messages. Throws `MalformedError` for any other magic. */
export function decodeMagic(header: Uint8Array, offset: number): MemberForm {
  const magic = byteStringOf(header.subarray(0, MAGIC_SIZE))
  if (magic === '070701' || magic === '070702') return 'named'
  if (magic === '07070X') return 'stripped'
  return malformed(`bad magic ${JSON.stringify(magic)}`, offset)
}

/** Throws `MalformedError` for a character that is not a hexadecimal digit and for a name length outside 1 to `PATH_MAX`. */
export function decodeNewcFields(header: Uint8Array, offset: number): NewcFields {
  const field = (position: number): number => hexField(header, MAGIC_SIZE + position * FIELD_SIZE, offset)
  for (let position = 0; position < FIELD_COUNT; position++) field(position)
  const nameSize = field(NAME_SIZE)
  if (nameSize < 1 || nameSize > PATH_MAX) malformed(`name of ${nameSize} bytes, expected 1 to ${PATH_MAX}`, offset)
  return { inode: field(INODE), mode: field(MODE), linkCount: field(LINK_COUNT), fileSize: field(FILE_SIZE), nameSize }
}

/** Index into the package's file list. */
export function decodeStrippedIndex(header: Uint8Array, offset: number): number {
  return hexField(header, MAGIC_SIZE, offset)
}

/** The name from its bytes, including the NUL. Throws `MalformedError` unless the last byte is the only NUL. */
export function decodeName(bytes: Uint8Array, offset: number): string {
  if (bytes.indexOf(0) !== bytes.length - 1) malformed('the name does not end with its only NUL', offset)
  return byteStringOf(bytes.subarray(0, bytes.length - 1))
}

export function malformed(what: string, offset: number): never {
  throw new MalformedError(`cpio: ${what} at 0x${offset.toString(16)}`, 'cpio', offset)
}

function hexField(header: Uint8Array, at: number, offset: number): number {
  let value = 0
  for (let end = at + FIELD_SIZE; at < end; at++) {
    const digit = hexDigit(header[at] ?? 0)
    if (digit < 0) malformed('a header field is not hexadecimal', offset + at)
    value = value * 16 + digit
  }
  return value
}

function hexDigit(character: number): number {
  if (character >= 0x30 && character <= 0x39) return character - 0x30
  const letter = character | 0x20 // lower case
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
