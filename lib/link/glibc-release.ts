/** The release of a system's glibc, by the versions that its C library defines. */
import { largestOf } from '../bytes/extremes.js'
import { CheckError } from '../errors/check-error.js'
import type { Files } from './linked-file.js'

/**
 * N of the last GLIBC_2.N that the C library defines; `null` without a C library. A release that defines no new version (2.37) counts as the one before.
 * `directories` are those that may hold the C library.
 */
export function glibcReleaseOf(directories: readonly string[], files: Files): number | null {
  for (const directory of directories) {
    const names = versionsIn(`${directory}/libc.so.6`, files)
    const releases = names.map(name => Number(/^GLIBC_2\.(\d+)$/.exec(name)?.[1] ?? Number.NaN)).filter(release => !Number.isNaN(release))
    if (releases.length > 0) return largestOf(releases, 0)
  }
  return null
}

function versionsIn(path: string, files: Files): string[] {
  const file = files.open(path)
  if (file === null || file.fault !== null) return []
  try {
    return (file.linked().object.dynamic?.versionDefinitions ?? []).map(({ name }) => name)
  } catch (error) {
    if (error instanceof CheckError) return []
    throw error
  }
}
