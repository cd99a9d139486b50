/**
 * A guarded family: a library whose names no other package may export, as plain data. Another family is another file beside
 * data/openssl.json and a line in catalogue.ts.
 */
import { matchesWildcard } from '../bytes/wildcard.js'

/** The form of the data files. */
export interface FamilyData {
  readonly schema: number
  readonly family: string
  readonly title: string
  readonly provenance: string
  /** Does the genuine library give its names versions? Where it does not, being unversioned proves nothing. */
  readonly isVersioned: boolean
  /** Release series in order; symbols refer to them by base-36 index. */
  readonly releases: readonly string[]
  readonly implementations: Readonly<Record<string, string>>
  /** Regular expression of the version nodes that are the family's own. */
  readonly versionNodes: string
  /** Regular expressions of the names of packages that rightly ship it. */
  readonly packages: readonly string[]
  readonly libraries: readonly LibraryData[]
  /** Functions that do nothing in the genuine library too. */
  readonly noOps: readonly string[]
  readonly traces: readonly TraceData[]
}

export interface LibraryData {
  readonly name: string
  /** Patterns of sonames (lib/bytes/wildcard.ts). */
  readonly sonames: readonly string[]
  /** `NAME first last flags implementations`: series as base-36 indexes; flags f function, o object, d deprecated, w weak name. */
  readonly symbols: readonly string[]
}

/** A string that a copy of the library leaves in its read-only data. */
export interface TraceData {
  readonly implementation: string
  /** Literals to search for; `pattern` is tried only around them. Each has 7 bytes or more: the shortest sets the pace of the search. */
  readonly anchors: readonly string[]
  /** Regular expression; its first group, if any, is the version. */
  readonly pattern: string
  /** Names a source file: one alone proves nothing, any program has strings. */
  readonly isSourcePath?: boolean
}

/** What the catalogue knows of one name. */
export interface GuardedName {
  readonly name: string
  readonly library: string
  /** So generic that other code bears it by chance. */
  readonly isWeak: boolean
  readonly firstRelease: string
  readonly lastRelease: string
  /** Other libraries that define it, such as BoringSSL. */
  readonly implementations: readonly string[]
}

export class Family {
  readonly data: FamilyData
  readonly #libraryOf = new Map<string, LibraryData>()
  readonly #lineOf = new Map<string, string>()
  /** By first two bytes: 1 where a guarded name begins with them. Most of a C++ library's names need no hashing then. */
  readonly #beginnings = new Uint8Array(0x10000)
  readonly #nodes: RegExp
  readonly #packages: readonly RegExp[]
  readonly #noOps: ReadonlySet<string>

  constructor(data: FamilyData) {
    this.data = data
    this.#nodes = new RegExp(data.versionNodes)
    this.#packages = data.packages.map(pattern => new RegExp(pattern))
    this.#noOps = new Set(data.noOps)
    for (const library of data.libraries) {
      for (const line of library.symbols) {
        const name = line.slice(0, line.indexOf(' '))
        this.#beginnings[beginningOf(name)] = 1
        this.#libraryOf.set(name, library)
        this.#lineOf.set(name, line)
      }
    }
  }

  /** Is the name guarded? The question asked for every export of every library; `find` answers in full. */
  guards(name: string): boolean {
    return this.#beginnings[beginningOf(name)] === 1 && this.#lineOf.has(name)
  }

  find(name: string): GuardedName | null {
    const line = this.#lineOf.get(name)
    const library = this.#libraryOf.get(name)
    if (line === undefined || library === undefined) return null
    const [, first = '', last = '', flags = '', implementations = ''] = line.split(' ')
    return {
      name,
      library: library.name,
      isWeak: flags.includes('w'),
      firstRelease: this.#release(first),
      lastRelease: this.#release(last),
      implementations: [...implementations].map(letter => this.data.implementations[letter] ?? letter),
    }
  }

  /** The library that bears this soname, such as `libcrypto` for libcrypto.so.3; `null` for any other. */
  libraryOfSoname(soname: string): string | null {
    return this.data.libraries.find(library => library.sonames.some(pattern => matchesWildcard(pattern, soname)))?.name ?? null
  }

  isOwnNode(version: string): boolean {
    return this.#nodes.test(version)
  }

  /** Does a package of this name rightly ship the genuine library? */
  isOwnPackage(name: string): boolean {
    return this.#packages.some(pattern => pattern.test(name))
  }

  isKnownNoOp(name: string): boolean {
    return this.#noOps.has(name)
  }

  #release(index: string): string {
    return this.data.releases[Number.parseInt(index, 36)] ?? index
  }
}

function beginningOf(name: string): number {
  return (name.charCodeAt(0) << 8) | name.charCodeAt(1)
}
