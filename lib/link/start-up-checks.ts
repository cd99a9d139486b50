/**
 * The versions that objects need of each other, which ld.so checks before it starts a program.
 *
 * Source: _dl_check_map_versions and match_symbol of glibc's elf/dl-version.c.
 */
import type { LinkMap } from './link-map.js'
import type { VersionName, VersionNeed } from './link-object.js'

export interface VersionFaults {
  readonly failures: readonly string[]
  readonly warnings: readonly string[]
}

/** Loaders before glibc 2.36 do not know DT_RELR, and do not check for it. */
const RELR_RELEASE = 36

/**
 * In the order of ld.so, which reports all missing versions and then ends. `release` is the N of glibc 2.N, or `null`. `isWhole` if no library is missing;
 * otherwise that is reported already, and the loader has failed before this check.
 */
export function versionFaultsOf(scope: readonly LinkMap[], release: number | null, isWhole: boolean): VersionFaults {
  const failures: string[] = []
  const warnings: string[] = []
  const byName = firstOfEachName(scope)
  const defined = new Map<LinkMap, ReadonlySet<string>>()
  for (const map of scope) {
    for (const need of map.dynamic?.versionRequirements ?? []) {
      const library = byName.get(need.file)
      if (library === undefined && isWhole) failures.push(notLoaded(need, map))
      if (library === undefined) continue
      const definitions = library.dynamic?.versionDefinitions ?? null
      const known = defined.get(library) ?? new Set((definitions ?? []).map(keyOf))
      defined.set(library, known)
      if (definitions === null) warnings.push(`${library.path}: no version information available (required by ${map.path})`)
      else if (!known.has(keyOf(need))) (need.isWeak ? warnings : failures).push(missingVersion(need, library, map))
    }
    if (hidesPackedRelocations(map) && (release === null || release >= RELR_RELEASE))
      failures.push(`${map.path}: DT_RELR without GLIBC_ABI_DT_RELR dependency`)
  }
  return { failures, warnings: [...new Set(warnings)] }
}

/** An object with DT_RELR must require GLIBC_ABI_DT_RELR, which older loaders lack; checked for objects with version requirements that need libc. */
function hidesPackedRelocations({ dynamic }: LinkMap): boolean {
  if (dynamic === null || !dynamic.hasPackedRelocations || dynamic.versionRequirements.length === 0) return false
  const needsLibc = dynamic.dependencies.some(({ kind, name }) => kind === 'needed' && name.startsWith('libc.so.'))
  return needsLibc && !dynamic.versionRequirements.some(({ name }) => name === 'GLIBC_ABI_DT_RELR')
}

function firstOfEachName(scope: readonly LinkMap[]): ReadonlyMap<string, LinkMap> {
  const first = new Map<string, LinkMap>()
  for (const map of scope) for (const name of map.names) if (!first.has(name)) first.set(name, map)
  return first
}

/** The same for versions that the loader takes for equal. */
function keyOf({ hash, name }: VersionName): string {
  return `${hash} ${name}`
}

/** Occurs where a tool removed a library from DT_NEEDED and left its version requirements. */
function notLoaded({ name, file }: VersionNeed, map: LinkMap): string {
  return `${map.path}: requires ${name} of ${file}, which is not loaded (assertion failure in ld.so's _dl_check_map_versions)`
}

function missingVersion({ name, isWeak }: VersionNeed, library: LinkMap, map: LinkMap): string {
  const what = isWeak ? 'weak version' : 'version'
  return `${library.path}: ${what} \`${name}' not found (required by ${map.path})`
}
