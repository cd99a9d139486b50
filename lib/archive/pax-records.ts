/**
 * The records of a pax extended header: `12 path=abc\n`, where the number is the length of the record, itself included.
 *
 * Source: POSIX.1-2017, pax, "pax Extended Header".
 */
import { byteStringOf } from '../bytes/names.js'
import { MalformedError } from '../errors/check-error.js'

const LENGTH_DIGITS = 10

/** Keys and values as byte strings; of a key that occurs twice, the last value applies. `offset` is that of `data`, for messages. */
export function paxRecordsOf(data: Uint8Array, offset: number): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  const text = byteStringOf(data)
  for (let at = 0; at < text.length;) {
    if (text[at] === '\0') break // padding, by writers that count it
    const blank = text.slice(at, at + LENGTH_DIGITS + 1).indexOf(' ')
    const digits = text.slice(at, at + blank)
    const end = /^[0-9]+$/.test(digits) ? at + Number(digits) : 0
    const equals = text.indexOf('=', at + blank)
    if (blank < 0 || end > text.length || equals < 0 || equals >= end) fail(offset + at)
    records.set(text.slice(at + blank + 1, equals), text.slice(equals + 1, end - 1))
    at = end
  }
  return records
}

function fail(at: number): never {
  throw new MalformedError(`tar: invalid pax header record at 0x${at.toString(16)}`, 'tar', at)
}
