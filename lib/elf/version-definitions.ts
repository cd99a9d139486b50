/**
 * Version definitions: the version names that a shared object defines.
 *
 * Reached by DT_VERDEF and DT_VERDEFNUM, as ld.so does, never by section headers: those may be stripped or lie.
 * Source: LSB Core 5.0, Symbol Versioning, VERDEFENTRIES and VERDEFEXTS.
 */
import type { Reader } from '../bytes/reader.js'
import type { StringTable } from './string-table.js'

export interface VersionDefinition {
  /** Index by which versym refers to it, without the hidden bit. */
  readonly index: number
  readonly name: string
  /** Names the object itself; no symbol carries it. */
  readonly isBase: boolean
}

const VERDEF_SIZE = 20
const VERSION = 0,
  FLAGS = 2,
  INDEX = 4,
  AUX = 12,
  NEXT = 16 // u16 u16 u16 u32 u32
const VER_FLG_BASE = 0x1

/** `count` is DT_VERDEFNUM. The chain is followed at most `count` times, so a looping vd_next ends. */
export function decodeVersionDefinitions(verdefs: Reader, count: number, names: StringTable): VersionDefinition[] {
  const definitions: VersionDefinition[] = []
  for (let at = 0, left = count; left > 0; left--) {
    const entry = verdefs.window('verdef', at, VERDEF_SIZE)
    if (entry.u16(VERSION) !== 1) entry.fail(VERSION, `unknown vd_version ${entry.u16(VERSION)}`)
    definitions.push({
      index: entry.u16(INDEX) & 0x7fff,
      name: names.at(verdefs.u32(at + entry.u32(AUX))),
      isBase: (entry.u16(FLAGS) & VER_FLG_BASE) !== 0,
    })
    const next = entry.u32(NEXT)
    if (next === 0) break
    at += next
  }
  return definitions
}
