/**
 * The links that ldconfig makes: a library that a package brings without the link of its soname is found by it all the same, in the directories that
 * ldconfig goes through.
 *
 * Source: search_dir of glibc's elf/ldconfig.c, which looks at files named `lib*.so*` and `ld-*.so*`.
 */
import { configuredDirectories, type ConfigFiles } from '../link/loader-config.js'

/** Its own directories, wherever the loader of the system looks. */
const SYSTEM_DIRECTORIES = ['/lib', '/lib64', '/usr/lib', '/usr/lib64']
const LIBRARY = /^(?:lib|ld-).*\.so/s

/** Byte strings. */
export interface NamedLibrary {
  /** Without links. */
  readonly path: string
  readonly soname: string
}

/** `files` has /etc/ld.so.conf, and `resolve` follows links to a directory. Where two have one soname, both links are told, in their order. */
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
