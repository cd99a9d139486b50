/**
 * Whether the paths of a file list are unambiguous: once installed, each must denote the file that it names, and no other.
 *
 * Not every rpm handles such paths safely (CVE-2017-7500, CVE-2021-35939). Nothing here follows paths at all, but a package with ambiguous ones
 * is a different package to each reader.
 */
import { textOf } from '../../bytes/names.js'
import { isGhost, isSymlink, type PackageFile } from '../../rpm/package-files.js'

/** The message for the first ambiguous path, or `null`. */
export function pathFaultOf(files: readonly PackageFile[]): string | null {
  const symlinks = new Set(files.filter(file => isSymlink(file) && !isGhost(file)).map(file => file.path))
  const checkedDirectories = new Set([''])
  for (const { path } of files) {
    const slash = path.lastIndexOf('/')
    const directory = path.slice(0, Math.max(0, slash))
    if (path !== '/' && isEmptyOrDots(path.slice(slash + 1))) return `the path ${textOf(path)} has an empty, "." or ".." component`
    if (checkedDirectories.has(directory)) continue
    if (directoryParts(directory).some(isEmptyOrDots)) return `the path ${textOf(path)} has an empty, "." or ".." component`
    const symlink = ancestorIn(directory, symlinks)
    if (symlink !== null) return `${textOf(path)} is below ${textOf(symlink)}, which the package installs as a symbolic link`
    checkedDirectories.add(directory)
  }
  return null
}

/** A path component that does not name a file. */
function isEmptyOrDots(part: string): boolean {
  return part === '' || part === '.' || part === '..'
}

function directoryParts(directory: string): string[] {
  return (directory.startsWith('/') ? directory.slice(1) : directory).split('/')
}

/** The directory itself or one above it, if it is in the set. */
function ancestorIn(directory: string, paths: ReadonlySet<string>): string | null {
  if (paths.size === 0) return null
  for (let path = directory; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
    if (paths.has(path)) return path
  }
  return null
}
