/**
 * Tags of the signature header. Their numbers from 1000 on mean other things in the main header: the two never share a table.
 *
 * Source: rpm's include/rpm/rpmtag.h (rpmSigTag_e), which the format pages contradict for SHA256: files have 273.
 */
import { byNumber, tagTable } from './tag.js'

export const RPMSIGTAG = tagTable({
  // Entered by every rpm since 4.0.
  DSA: [267, 'BIN'],
  RSA: [268, 'BIN'],
  SHA1: [269, 'STRING'],
  LONGSIZE: [270, 'INT64'],
  LONGARCHIVESIZE: [271, 'INT64'],
  SHA256: [273, 'STRING'],
  FILESIGNATURES: [274, 'STRING_ARRAY'],
  FILESIGNATURELENGTH: [275, 'INT32'],
  VERITYSIGNATURES: [276, 'STRING_ARRAY'],
  VERITYSIGNATUREALGO: [277, 'INT32'],
  OPENPGP: [278, 'STRING_ARRAY'],
  SHA3_256: [279, 'STRING'],
  RESERVED: [999, 'BIN'],
  // The first numbering, of which v6 knows none any more.
  SIZE: [1000, 'INT32'],
  PGP: [1002, 'BIN'],
  MD5: [1004, 'BIN'],
  GPG: [1005, 'BIN'],
  PAYLOADSIZE: [1007, 'INT32'],
  RESERVEDSPACE: [1008, 'BIN'],
})

export const SIGNATURE_TAGS = byNumber(RPMSIGTAG)
