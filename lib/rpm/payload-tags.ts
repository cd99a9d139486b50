/** The header's description of the payload. The payload's own magic takes precedence: see `compressor`. */
import { UnsupportedError } from '../errors/check-error.js'
import type { RpmHead } from './head.js'
import { RPMSIGTAG } from './signature-tags.js'
import { RPMTAG } from './tags.js'

export interface PayloadTags {
  readonly format: 'cpio'
  /** `null` if the tag is absent: rpm then assumes gzip or plain cpio, and lzma packages may lack it too. */
  readonly compressor: string | null
  /** Level and options of the compressor, as text. */
  readonly flags: string | null
  /** Bytes from the start of the package. */
  readonly start: number
  /** Expected bytes of the payload in the file; `null` if the package does not state them. rpm enforces neither size. */
  readonly compressedLength: number | null
  /** Expected bytes of the unpacked payload. */
  readonly unpackedLength: number | null
}

/** Throws `UnsupportedError` for a delta package, and for any payload other than a cpio archive. */
export function payloadOf(head: RpmHead): PayloadTags {
  const { header, signature } = head
  const format = header.string(RPMTAG.PAYLOADFORMAT) ?? 'cpio'
  if (format === 'drpm')
    throw new UnsupportedError('payload: delta packages are not supported, they hold no complete files', 'payload', head.headerEnd)
  if (format !== 'cpio') throw new UnsupportedError(`payload: unknown format ${JSON.stringify(format)}`, 'payload', head.headerEnd)
  return {
    format,
    compressor: header.string(RPMTAG.PAYLOADCOMPRESSOR),
    flags: header.string(RPMTAG.PAYLOADFLAGS),
    start: head.headerEnd,
    compressedLength: header.integer(RPMTAG.PAYLOADSIZE) ?? signedLengthOf(head),
    unpackedLength:
      header.integer(RPMTAG.PAYLOADSIZEALT) ?? signature.integer(RPMSIGTAG.LONGARCHIVESIZE) ?? signature.integer(RPMSIGTAG.PAYLOADSIZE),
  }
}

/** The signature header counts main header and payload together. */
function signedLengthOf({ signature, headerStart, headerEnd }: RpmHead): number | null {
  const length = signature.integer(RPMSIGTAG.LONGSIZE) ?? signature.integer(RPMSIGTAG.SIZE)
  return length === null ? null : length - (headerEnd - headerStart)
}
