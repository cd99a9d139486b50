/**
 * The lead: the first 96 bytes, of which only the magic still counts. Everything else that it says, a header says better.
 *
 * Source: rpm manual, "RPM v4 format", Lead.
 */
import type { Reader } from '../bytes/reader.js'
import type { RpmNote } from './note.js'

export const LEAD_SIZE = 96
export const LEAD_MAGIC = 0xed_ab_ee_db
const MAJOR = 4 // u8
const TYPE = 6 // u16
const SIGNATURE_TYPE = 78 // u16
const HEADER_STYLE_SIGNATURE = 5

export interface Lead {
  /** 3 for v3 and v4 packages, 4 for v6 ones: no proof of the format. */
  readonly major: number
  /** As written; some builders write 0 (binary) into source packages too. */
  readonly isSource: boolean
  /** 5 where a signature header follows; the leads of other types belong to packages of before 1998. */
  readonly signatureType: number
}

/** Throws MalformedError without the magic. */
export function decodeLead(file: Reader): Lead {
  const lead = file.window('lead', 0, LEAD_SIZE)
  if (lead.u32(0) !== LEAD_MAGIC) lead.fail(0, 'not an RPM package')
  return { major: lead.u8(MAJOR), isSource: lead.u16(TYPE) === 1, signatureType: lead.u16(SIGNATURE_TYPE) }
}

/** Does the lead promise a signature header behind it? */
export function hasHeaderStyleSignature(lead: Lead): boolean {
  return lead.signatureType === HEADER_STYLE_SIGNATURE
}

/** rpm up to 4.18 refuses what these notes say, rpm 6 reads it. */
export function notesOnLead(lead: Lead): RpmNote[] {
  const notes: RpmNote[] = []
  const note = (id: string, message: string, offset: number): void => void notes.push({ id, message, structure: 'lead', offset })
  if (!hasHeaderStyleSignature(lead))
    note('lead-signature-type', `the lead's signature type is ${lead.signatureType}, not 5`, SIGNATURE_TYPE)
  if (lead.major !== 3 && lead.major !== 4) note('lead-version', `the lead's major version is ${lead.major}, not 3 or 4`, MAJOR)
  return notes
}
