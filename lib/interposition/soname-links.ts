/**
 * The links that ldconfig creates: a library that a package contains without a link for its soname is found by that soname nevertheless, in the directories that
 * ldconfig scans.
 *
 * Source: search_dir of glibc's elf/ldconfig.c, which looks at files named `lib*.so*` and `ld-*.so*`.
 */
import { configuredDirectories, type ConfigFiles } from '../link/loader-config.js'

/** ldconfig's own directories, whatever the loader searches. */
const SYSTEM_DIRECTORIES = ['/lib', '/lib64', '/usr/lib', '/usr/lib64']
const LIBRARY = /^(?:lib|ld-).*\.so/s

/** Byte strings. */
export interface NamedLibrary {
  /** Without links. */
  readonly path: string
  readonly soname: string
}

/** `files` has /etc/ld.so.conf, and `resolve` follows links to a directory. If two libraries share a soname, both links are returned, in their order. */
export function sonameLinks(
  libraries: readonly NamedLibrary[],
  files: ConfigFiles,
  resolve: (directory: string) => string | null,
): { readonly path: string; readonly target: string }[] {
  const directories = new Set([...SYSTEM_DIRECTORIES, ...configuredDirectories('/etc/ld.so.conf', files)].map(resolve))
  return libraries.flatMap(({ path, soname }) => {
    const directory = path.slice(0, path.lastIndexOf('/'))
    const name = path.slice(directory.length + 1)
    const isLinked = directories.has(directory) && LIBRARY.test(name) && !soname.includes('/') && soname !== name && soname !== ''
    return isLinked ? [{ path: `${directory}/${soname}`, target: name }] : []
  })
}
