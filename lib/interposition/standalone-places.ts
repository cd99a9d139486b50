/**
 * Where a standalone library is assumed to be installed: in the other packages' library directories. In the directory where it was found, a build directory
 * for the most part, no loader would search.
 */
import { byteStringFrom } from '../bytes/names.js'
import type { ObjectFacts } from '../facts/model.js'
import { isPublicDirectory } from '../facts/public-path.js'
import type { InstalledPackage } from './installed-package.js'

/** For packages that do not show the layout of the system. */
const DEFAULT_DIRECTORIES = ['/usr/lib64', '/usr/lib']

/** Default library directories that the packages use, sorted. */
export function publicDirectories(packages: readonly InstalledPackage[]): readonly string[] {
  const paths = packages.filter(({ facts }) => !facts.isStandalone).flatMap(({ facts }) => facts.objects.map(({ path }) => path))
  const directories = new Set(paths.map(path => path.slice(0, path.lastIndexOf('/'))).filter(isForAllProcessors))
  return directories.size === 0 ? DEFAULT_DIRECTORIES : [...directories].sort()
}

/** Not a directory for processors with certain capabilities. */
function isForAllProcessors(directory: string): boolean {
  return isPublicDirectory(directory) && !directory.includes('/glibc-hwcaps/')
}

/** Byte strings. A library is installed under its soname, a program in the root directory. */
export function standalonePlaces({ path, isProgram, link }: ObjectFacts, directories: readonly string[]): string[] {
  const base = byteStringFrom(path.slice(path.lastIndexOf('/') + 1))
  const soname = link?.object?.dynamic?.soname ?? ''
  const name = soname === '' || soname.includes('/') ? base : soname
  return isProgram ? [`/${base}`] : directories.map(directory => `${directory}/${name}`)
}
