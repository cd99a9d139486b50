/**
 * Tags of the signature header. Their numbers from 1000 on have other meanings in the main header, so the two have separate tables.
 *
 * Source: rpm's include/rpm/rpmtag.h (rpmSigTag_e). The manual differs for SHA256; real packages have 273.
 */
import { byNumber, tagTable } from './tag.js'

export const RPMSIGTAG = tagTable({
  // Known to every rpm since 4.0.
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
  // The original numbering, dropped by v6.
  SIZE: [1000, 'INT32'],
  PGP: [1002, 'BIN'],
  MD5: [1004, 'BIN'],
  GPG: [1005, 'BIN'],
  PAYLOADSIZE: [1007, 'INT32'],
  RESERVEDSPACE: [1008, 'BIN'],
})

export const SIGNATURE_TAGS = byNumber(RPMSIGTAG)
