/**
 * From a library's name to a file, as musl searches: LD_LIBRARY_PATH, then RUNPATH or RPATH of the object and its chain of loaders, then the system's list. The
 * first file of that name is used, whatever it is.
 *
 * Source: load_library, path_open and fixup_rpath of musl 1.2's ldso/dynlink.c.
 */
import { canMuslMap } from './file-head.js'
import type { FoundFile } from './glibc-search.js'
import { LoadFailure, type LinkMap } from './link-map.js'
import type { LoaderSetup } from './setup.js'

/** Used without /etc/ld-musl-ARCH.path. */
const DEFAULT_PATH = '/lib:/usr/local/lib:/usr/lib'

/** Throws `LoadFailure` if none is found. `loader` is the object that needs it; `null` for a preloaded library. `systemPath` is the result of `muslSystemPath`. */
export function findMuslLibrary(name: string, loader: LinkMap | null, systemPath: string, setup: LoaderSetup): FoundFile {
  for (const path of placesOf(name, loader, systemPath, setup)) {
    const absolute = path.startsWith('/') ? path : `${setup.workingDirectory}/${path}`
    const file = setup.files.open(absolute)
    // Links in a circle end the whole search.
    if (file === null && setup.files.openError(absolute) === 'ELOOP')
      throw new LoadFailure(`Error loading shared library ${name}: Symbolic link loop`)
    if (file === null) continue
    const isFit = file.fault === null && canMuslMap(file.head, setup.host)
    if (!isFit) throw new LoadFailure(`Error loading shared library ${name}: ${absolute} is not a library that this program can load`)
    return { path: absolute, file }
  }
  throw new LoadFailure(`Error loading shared library ${name}: No such file or directory`)
}

/** The library directories of the system that `interpreter`, the loader's own path, belongs to. */
export function muslSystemPath(interpreter: string | null, { files }: LoaderSetup): string {
  const path = interpreter ?? ''
  const slash = path.lastIndexOf('/')
  const architecture = slash < 0 ? null : architectureOf(path.slice(slash + 1))
  const prefix = path.slice(0, Math.max(0, path.lastIndexOf('/', slash - 1)))
  const bytes = architecture === null ? null : files.read(`${prefix}/etc/ld-musl-${architecture}.path`)
  return bytes === null ? DEFAULT_PATH : (Buffer.from(bytes).toString('latin1').split('\0', 1)[0] ?? '')
}

const LOADER = { prefix: 'ld-musl-', suffix: '.so.1' } as const

/** `x86_64` of `ld-musl-x86_64.so.1`. */
function architectureOf(loader: string): string | null {
  const architecture = loader.slice(LOADER.prefix.length, -LOADER.suffix.length)
  return loader === `${LOADER.prefix}${architecture}${LOADER.suffix}` && architecture !== '' ? architecture : null
}

function* placesOf(name: string, loader: LinkMap | null, systemPath: string, { libraryPath }: LoaderSetup): Generator<string> {
  if (name.includes('/')) {
    yield name
    return
  }
  const inList = (list: string): string[] =>
    list
      .split(/[:\n]/)
      .filter(directory => directory !== '')
      .map(directory => `${directory}/${name}`)
  if (libraryPath !== null) yield* inList(libraryPath)
  for (let map = loader; map !== null; map = map.loader) yield* inList(originExpanded(map))
  yield* inList(systemPath)
}

/** Only the token $ORIGIN is supported; a path with any other token is dropped entirely. */
function originExpanded({ dynamic, origin }: LinkMap): string {
  const path = dynamic?.runpath ?? dynamic?.rpath ?? ''
  const expanded = path.replace(/\$(?:ORIGIN|\{ORIGIN\})/g, () => origin)
  return path.replace(/\$(?:ORIGIN|\{ORIGIN\})/g, '').includes('$') ? '' : expanded
}
