/**
 * Placeholders for guarded libraries that no package contains: empty libraries with that soname, so that they have their place in the load order.
 *
 * A client library is seldom checked together with libcrypto, and only the objects loaded before libcrypto matter.
 */
import type { Endianness } from '../bytes/reader.js'
import { LinkedObject, type Files, type LoaderFile, type OpenError } from '../link/linked-file.js'
import { EMPTY_DYNAMIC, EMPTY_LIBRARY } from '../link/empty-library.js'
import type { LinkObject } from '../link/link-object.js'
import { isPublicPath } from '../facts/public-path.js'

/** An installed object, as far as placeholders depend on it. */
interface Neighbour {
  /** Its real path is that of the installation: a standalone file lies elsewhere. */
  readonly file: LoaderFile
}

export class PlaceholderLibraries implements Files {
  readonly #files: Files
  readonly #neighbours: readonly Neighbour[]
  readonly #isGuarded: (soname: string) => boolean
  /** Sonames in public directories. */
  #there: ReadonlySet<string> | null = null
  readonly #made = new Map<string, PlaceholderLibrary>()

  /** `neighbours` are the objects of one class, byte order and machine. */
  constructor(files: Files, neighbours: readonly Neighbour[], isGuarded: (soname: string) => boolean) {
    this.#files = files
    this.#neighbours = neighbours
    this.#isGuarded = isGuarded
  }

  open(path: string): LoaderFile | null {
    return this.#files.open(path) ?? this.#placeholderAt(path)
  }

  read(path: string): Uint8Array | null {
    return this.#files.read(path)
  }

  list(path: string): readonly string[] {
    return this.#files.list(path)
  }

  resolve(path: string): string | null {
    return this.#files.resolve(path)
  }

  withLinks(links: ReadonlyMap<string, string>): PlaceholderLibraries {
    return new PlaceholderLibraries(this.#files.withLinks(links), this.#neighbours, this.#isGuarded)
  }

  openError(path: string): OpenError {
    return this.#files.openError(path)
  }

  /** Only in default directories, which are searched last, and for no soname that a package provides. */
  #placeholderAt(path: string): PlaceholderLibrary | null {
    const soname = path.slice(path.lastIndexOf('/') + 1)
    if (!this.#isGuarded(soname) || !isPublicPath(path) || this.#isThere(soname)) return null
    const known = this.#made.get(soname)
    if (known !== undefined) return known
    const [neighbour] = this.#neighbours
    if (neighbour === undefined) return null
    const made = new PlaceholderLibrary(path, soname, neighbour.file)
    this.#made.set(soname, made)
    return made
  }

  #isThere(soname: string): boolean {
    this.#there ??= new Set(
      this.#neighbours.flatMap(({ file }) => (isPublicPath(file.realPath) ? (file.linked().object.dynamic?.soname ?? []) : [])),
    )
    return this.#there.has(soname)
  }
}

export class PlaceholderLibrary implements LoaderFile {
  readonly realPath: string
  readonly identity: string
  readonly head: Uint8Array
  readonly fault = null
  readonly #linked: LinkedObject

  /** `like` is any object of the required class, byte order and machine. */
  constructor(path: string, soname: string, like: LoaderFile) {
    const { object } = like.linked()
    this.realPath = path
    this.identity = `placeholder for ${soname}`
    this.head = libraryHead(like.head, object.endianness)
    this.#linked = new LinkedObject(emptyLibrary(object, soname))
  }

  linked(): LinkedObject {
    return this.#linked
  }
}

const E_TYPE = 16 // u16
const ET_DYN = 3

/** The same ELF header, for a shared object. */
function libraryHead(head: Uint8Array, endianness: Endianness): Uint8Array {
  const copy = Uint8Array.from(head)
  new DataView(copy.buffer).setUint16(E_TYPE, ET_DYN, endianness === 'little')
  return copy
}

function emptyLibrary({ elfClass, endianness, machine }: LinkObject, soname: string): LinkObject {
  return { ...EMPTY_LIBRARY, elfClass, endianness, machine, dynamic: { ...EMPTY_DYNAMIC, soname } }
}
