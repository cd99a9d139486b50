/** The directories that ld.so searches for every program: its own, and those of ld.so.conf. */

/** The default directories of Red Hat, SUSE and Debian, with their subdirectories for hardware capabilities. */
const PUBLIC_DIRECTORY = /^\/(usr\/)?lib(64|32|x32)?(\/[a-z0-9_]+-linux-[a-z0-9]+)?(\/glibc-hwcaps\/[\w.-]+)?$/

/** Does ld.so search this directory by default? `directory` has no trailing slash. */
export function isPublicDirectory(directory: string): boolean {
  return PUBLIC_DIRECTORY.test(directory)
}

/** Is the file directly in such a directory, or in one of `configured`? */
export function isPublicPath(path: string, configured: ReadonlySet<string> = NONE): boolean {
  const slash = path.lastIndexOf('/')
  if (slash === path.length - 1) return false
  const directory = path.slice(0, Math.max(0, slash))
  return isPublicDirectory(directory) || configured.has(directory) || configured.has(directory.replace(HWCAPS, ''))
}

const NONE: ReadonlySet<string> = new Set()
/** Searched with the directory that it is in. */
const HWCAPS = /\/glibc-hwcaps\/[\w.-]+$/
