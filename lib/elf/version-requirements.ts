/**
 * Version requirements: the versions that an object requires of the libraries it was linked with.
 *
 * Reached by DT_VERNEED, as in ld.so.
 * Source: LSB Core 5.0, Symbol Versioning, VERNEEDENTRIES and VERNEEDEXTS; _dl_check_map_versions of glibc's elf/dl-version.c.
 */
import type { Reader } from '../bytes/reader.js'
import type { StringTable } from './string-table.js'

export interface VersionRequirement {
  /** vna_hash. The loader ignores a version whose hash is 0. */
  readonly hash: number
  /** Index by which versym refers to it. */
  readonly index: number
  readonly name: string
  /** The soname that the link editor saw. It is used in the check at start-up, not in lookup. */
  readonly file: string
  /** VER_FLG_WEAK: start-up does not fail without it. */
  readonly isWeak: boolean
  /** The hidden bit of vna_other: a strict reference does not bind to base definitions of a versioned object. */
  readonly isStrict: boolean
}

const VERNEED_SIZE = 16,
  VERNAUX_SIZE = 16
const VERSION = 0,
  FILE = 4,
  AUX = 8,
  NEXT = 12 // u16 u16 u32 u32 u32
const AUX_HASH = 0,
  AUX_FLAGS = 4,
  AUX_OTHER = 6,
  AUX_NAME = 8,
  AUX_NEXT = 12 // u16 u16 u32 u32
const VER_FLG_WEAK = 0x2

/** Follows both chains to their ends and ignores DT_VERNEEDNUM and vn_cnt, as ld.so does. Throws `MalformedError` for a chain longer than its table. */
export function decodeVersionRequirements(verneeds: Reader, names: StringTable): VersionRequirement[] {
  const requirements: VersionRequirement[] = []
  for (let at = 0, left = verneeds.length / VERNEED_SIZE; ; left--) {
    if (left < 0) verneeds.fail(at, 'the chain of version requirements loops')
    const entry = verneeds.window('verneed', at, VERNEED_SIZE)
    if (entry.u16(VERSION) !== 1) entry.fail(VERSION, `unknown vn_version ${entry.u16(VERSION)}`)
    const file = names.at(entry.u32(FILE))
    for (const requirement of auxiliariesOf(verneeds, at + entry.u32(AUX), file, names)) requirements.push(requirement)
    const next = entry.u32(NEXT)
    if (next === 0) return requirements
    at += next
  }
}

function* auxiliariesOf(verneeds: Reader, start: number, file: string, names: StringTable): Generator<VersionRequirement> {
  for (let at = start, left = verneeds.length / VERNAUX_SIZE; ; left--) {
    if (left < 0) verneeds.fail(at, 'the chain of version requirements loops')
    const entry = verneeds.window('vernaux', at, VERNAUX_SIZE)
    const other = entry.u16(AUX_OTHER)
    const isWeak = (entry.u16(AUX_FLAGS) & VER_FLG_WEAK) !== 0
    yield {
      hash: entry.u32(AUX_HASH),
      index: other & 0x7fff,
      name: names.at(entry.u32(AUX_NAME)),
      file,
      isWeak,
      isStrict: (other & 0x8000) !== 0,
    }
    const next = entry.u32(AUX_NEXT)
    if (next === 0) return
    at += next
  }
}
