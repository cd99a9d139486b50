/**
 * Version requirements: the versions that an object needs of the libraries it was linked with.
 *
 * Reached by DT_VERNEED and DT_VERNEEDNUM.
 * Source: LSB Core 5.0, Symbol Versioning, VERNEEDENTRIES and VERNEEDEXTS.
 */
import type { Reader } from '../bytes/reader.js'
import type { StringTable } from './string-table.js'

export interface VersionRequirement {
  /** vna_hash. A version whose hash is 0 is none for the loader. */
  readonly hash: number
  /** Index by which versym refers to it. */
  readonly index: number
  readonly name: string
  /** The soname that the link editor saw. It plays no part in lookup, only in the check at start-up. */
  readonly file: string
  /** VER_FLG_WEAK: start-up does not fail without it. */
  readonly isWeak: boolean
  /** The hidden bit of vna_other: the reference is strict (it refuses base definitions of a versioned object). */
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

/** ld.so follows both chains to their ends and asks neither DT_VERNEEDNUM nor vn_cnt. Throws for a chain longer than its table. */
export function decodeVersionRequirements(verneeds: Reader, names: StringTable): VersionRequirement[] {
  const requirements: VersionRequirement[] = []
  for (let at = 0, left = verneeds.length / VERNEED_SIZE; ; left--) {
    if (left < 0) verneeds.fail(at, 'the chain of version requirements loops')
    const entry = verneeds.window('verneed', at, VERNEED_SIZE)
    if (entry.u16(VERSION) !== 1) entry.fail(VERSION, `unknown vn_version ${entry.u16(VERSION)}`)
    const file = names.at(entry.u32(FILE))
    requirements.push(...auxiliariesOf(verneeds, at + entry.u32(AUX), file, names))
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
