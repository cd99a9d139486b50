/**
 * The lead: the first 96 bytes, of which only the magic still matters. All its other fields are superseded by the headers.
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
  /** 3 for v3 and v4 packages, 4 for v6 ones: does not prove the format. */
  readonly major: number
  /** As written; some builders write 0 (binary) into source packages too. */
  readonly isSource: boolean
  /** 5 if a signature header follows; other types occur in packages from before 1998. */
  readonly signatureType: number
}

/** Throws `MalformedError` without the magic. */
export function decodeLead(file: Reader): Lead {
  const lead = file.window('lead', 0, LEAD_SIZE)
  if (lead.u32(0) !== LEAD_MAGIC) lead.fail(0, 'not an RPM package')
  return { major: lead.u8(MAJOR), isSource: lead.u16(TYPE) === 1, signatureType: lead.u16(SIGNATURE_TYPE) }
}

/** Does the lead state that a signature header follows? */
export function hasHeaderStyleSignature(lead: Lead): boolean {
  return lead.signatureType === HEADER_STYLE_SIGNATURE
}

/** rpm up to 4.18 refuses packages with these notes, rpm 6 accepts them. */
export function notesOnLead(lead: Lead): RpmNote[] {
  const notes: RpmNote[] = []
  const note = (id: string, message: string, offset: number): void => void notes.push({ id, message, structure: 'lead', offset })
  if (!hasHeaderStyleSignature(lead))
    note('lead-signature-type', `the lead's signature type is ${lead.signatureType}, not 5`, SIGNATURE_TYPE)
  if (lead.major !== 3 && lead.major !== 4) note('lead-version', `the lead's major version is ${lead.major}, not 3 or 4`, MAJOR)
  return notes
}
