/**
 * Version definitions: the versions that a shared object defines.
 *
 * Reached by DT_VERDEF, as in ld.so, never by section headers, which may be missing or wrong.
 * Source: LSB Core 5.0, Symbol Versioning, VERDEFENTRIES and VERDEFEXTS; _dl_check_map_versions of glibc's elf/dl-version.c.
 */
import type { Reader } from '../bytes/reader.js'
import type { StringTable } from './string-table.js'

export interface VersionDefinition {
  /** vd_hash. The loader ignores a version whose hash is 0. */
  readonly hash: number
  /** Index by which versym refers to it, without the hidden bit. */
  readonly index: number
  readonly name: string
  /** The base definition: it names the object itself, and no symbol has it. */
  readonly isBase: boolean
}

const VERDEF_SIZE = 20
const VERSION = 0,
  FLAGS = 2,
  INDEX = 4,
  HASH = 8,
  AUX = 12,
  NEXT = 16 // u16 u16 u16 u32 u32
const VER_FLG_BASE = 0x1

/** Follows the chain to its end and ignores DT_VERDEFNUM, as ld.so does. Throws `MalformedError` for a chain longer than its table. */
export function decodeVersionDefinitions(verdefs: Reader, names: StringTable): VersionDefinition[] {
  const definitions: VersionDefinition[] = []
  for (let at = 0; ;) {
    if (definitions.length * VERDEF_SIZE > verdefs.length) verdefs.fail(at, 'the chain of version definitions loops')
    const entry = verdefs.window('verdef', at, VERDEF_SIZE)
    if (entry.u16(VERSION) !== 1) entry.fail(VERSION, `unknown vd_version ${entry.u16(VERSION)}`)
    definitions.push({
      hash: entry.u32(HASH),
      index: entry.u16(INDEX) & 0x7fff,
      name: names.at(verdefs.u32(at + entry.u32(AUX))),
      isBase: (entry.u16(FLAGS) & VER_FLG_BASE) !== 0,
    })
    const next = entry.u32(NEXT)
    if (next === 0) return definitions
    at += next
  }
}
