/**
 * Where a loose library is taken to lie: where the packages at hand have their libraries, as if somebody had put it there. In the directory where it was
 * found, a build directory for the most part, no loader would look.
 */
import { byteStringFrom } from '../bytes/names.js'
import type { ObjectFacts, PackageFacts } from './model.js'

/** Where loaders look without being told. */
const PUBLIC_DIRECTORY = /^\/(?:usr\/)?lib(?:64|\/[^/]+-linux-gnu[^/]*)?$/
/** Where nothing tells the layout of the system. */
const USUAL_DIRECTORIES = ['/usr/lib64', '/usr/lib']

/** Public directories of the packages' own libraries, sorted. */
export function publicDirectories(packages: readonly PackageFacts[]): readonly string[] {
  const paths = packages.filter(({ isLoose }) => !isLoose).flatMap(({ objects }) => objects.map(({ path }) => path))
  const directories = new Set(paths.map(path => path.slice(0, path.lastIndexOf('/'))).filter(path => PUBLIC_DIRECTORY.test(path)))
  return directories.size === 0 ? USUAL_DIRECTORIES : [...directories].sort()
}

/** Byte strings. A library goes by its soname, a program lies apart. */
export function loosePlaces({ path, isProgram, link }: ObjectFacts, directories: readonly string[]): string[] {
  const base = byteStringFrom(path.slice(path.lastIndexOf('/') + 1))
  const soname = link?.object?.dynamic?.soname ?? ''
  const name = soname === '' || soname.includes('/') ? base : soname
  return isProgram ? [`/${base}`] : directories.map(directory => `${directory}/${name}`)
}
