/**
 * Version requirements: the versions that an object needs of the libraries it was linked with.
 *
 * Reached by DT_VERNEED and DT_VERNEEDNUM.
 * Source: LSB Core 5.0, Symbol Versioning, VERNEEDENTRIES and VERNEEDEXTS.
 */
import type { Reader } from '../bytes/reader.js'
import type { StringTable } from './string-table.js'

export interface VersionRequirement {
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
  COUNT = 2,
  FILE = 4,
  AUX = 8,
  NEXT = 12 // u16 u16 u32 u32 u32
const AUX_FLAGS = 4,
  AUX_OTHER = 6,
  AUX_NAME = 8,
  AUX_NEXT = 12 // u16 u16 u32 u32
const VER_FLG_WEAK = 0x2

/** `count` is DT_VERNEEDNUM; both chains end by count as well as by a next of 0. */
export function decodeVersionRequirements(verneeds: Reader, count: number, names: StringTable): VersionRequirement[] {
  const requirements: VersionRequirement[] = []
  for (let at = 0, left = count; left > 0; left--) {
    const entry = verneeds.window('verneed', at, VERNEED_SIZE)
    if (entry.u16(VERSION) !== 1) entry.fail(VERSION, `unknown vn_version ${entry.u16(VERSION)}`)
    const file = names.at(entry.u32(FILE))
    requirements.push(...auxiliariesOf(verneeds, at + entry.u32(AUX), entry.u16(COUNT), file, names))
    const next = entry.u32(NEXT)
    if (next === 0) break
    at += next
  }
  return requirements
}

function* auxiliariesOf(verneeds: Reader, start: number, count: number, file: string, names: StringTable): Generator<VersionRequirement> {
  for (let at = start, left = count; left > 0; left--) {
    const entry = verneeds.window('vernaux', at, VERNAUX_SIZE)
    const other = entry.u16(AUX_OTHER)
    const isWeak = (entry.u16(AUX_FLAGS) & VER_FLG_WEAK) !== 0
    yield { index: other & 0x7fff, name: names.at(entry.u32(AUX_NAME)), file, isWeak, isStrict: (other & 0x8000) !== 0 }
    const next = entry.u32(AUX_NEXT)
    if (next === 0) return
    at += next
  }
}
