/** The directories that ld.so searches by default. */

/** The default directories of Red Hat, SUSE and Debian, with their subdirectories for hardware capabilities. */
const PUBLIC_DIRECTORY = /^\/(usr\/)?lib(64|32|x32)?(\/[a-z0-9_]+-linux-[a-z0-9]+)?(\/glibc-hwcaps\/[\w.-]+)?$/

/** Does ld.so search this directory by default? `directory` has no trailing slash. */
export function isPublicDirectory(directory: string): boolean {
  return PUBLIC_DIRECTORY.test(directory)
}

/** Is the file directly in such a directory? */
export function isPublicPath(path: string): boolean {
  const slash = path.lastIndexOf('/')
  return slash < path.length - 1 && isPublicDirectory(path.slice(0, Math.max(0, slash)))
}
