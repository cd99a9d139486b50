/** Where ld.so looks without being told. */

/** The default directories of Red Hat, SUSE and Debian, with their subdirectories for hardware capabilities. */
const PUBLIC_DIRECTORY = /^\/(usr\/)?lib(64|32|x32)?(\/[a-z0-9_]+-linux-[a-z0-9]+)?(\/glibc-hwcaps\/[\w.-]+)?$/

/** Does ld.so look for libraries in this directory? `directory` has no slash at its end. */
export function isPublicDirectory(directory: string): boolean {
  return PUBLIC_DIRECTORY.test(directory)
}

/** Does the file lie right in such a directory? */
export function isPublicPath(path: string): boolean {
  const slash = path.lastIndexOf('/')
  return slash < path.length - 1 && isPublicDirectory(path.slice(0, Math.max(0, slash)))
}
