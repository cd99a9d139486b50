/**
 * A guarded family: a library whose symbols no other package may export, as plain data. To add a family, add a
 * file beside data/openssl.json and a line to catalogue.ts; see CONTRIBUTING.md.
 */
import { matchesWildcard } from '../bytes/wildcard.js'

/** The part of a data file that is used at run time. A file may also hold its sources, releases and other implementations. */
export interface FamilyData {
  readonly schema: number
  readonly family: string
  /** Display name: `OpenSSL`. */
  readonly title: string
  /** Does the genuine library have symbol versions? If not, an unversioned symbol proves nothing. */
  readonly isVersioned: boolean
  /** Regular expression of the version nodes that are the family's own; `null` where it has none. */
  readonly versionNodes: string | null
  /** Regular expressions of the names of packages that may ship it. */
  readonly packages: readonly string[]
  readonly libraries: readonly LibraryData[]
  /** Functions that are stubs in the genuine library too. */
  readonly noOps: readonly string[]
  readonly traces: readonly TraceData[]
  readonly texts: FamilyTexts
}

/** Text for messages and documentation of a family (family-words.ts). Sentences end with a full stop; empty ones are omitted. */
export interface FamilyTexts {
  /** How to link the system's library: `-lssl -lcrypto`. */
  readonly linkFlags: string
  /** A well-known symbol. */
  readonly exampleSymbol: string
  /** A versioned reference to it, as in client programs: `CRYPTO_lock@OPENSSL_1.0.1`. `null` where the library has no versions. */
  readonly versionedReference: string | null
  /** Patterns for a version script that hides most of the family. */
  readonly symbolPatterns: readonly string[]
  /** What callers of a stub get: `no lock, no key`. */
  readonly stubEffect: string
  /** A sentence about an incident that interposition caused. */
  readonly incident: string
  /** A sentence: since when the genuine library has symbol versions. Empty if it has none, like the next. */
  readonly versioning: string
  /** A sentence: how to build the genuine library with symbol versions. */
  readonly versioningFix: string
  /** URLs of documentation, by rule. */
  readonly references: Readonly<Record<string, readonly string[]>>
}

export interface LibraryData {
  readonly name: string
  /** Patterns of sonames (lib/bytes/wildcard.ts). */
  readonly sonames: readonly string[]
  /** `NAME first last flags implementations`: series as base-36 indexes; flags f function, o object, d deprecated, w generic symbol. */
  readonly symbols: readonly string[]
}

/** A string that a copy of the library leaves in its read-only data. */
export interface TraceData {
  readonly implementation: string
  /** Literals to search for; `pattern` is tried only around them. At least 7 bytes each: the shortest determines the speed of the search. */
  readonly anchors: readonly string[]
  /** Regular expression; its first group, if any, is the version. */
  readonly pattern: string
  /** A path of a source file: one alone proves nothing, since any program may contain the string. */
  readonly isSourcePath?: boolean
}

export class Family {
  readonly data: FamilyData
  /** Rows of all libraries' symbols, one after the other. A row is parsed when it is asked for: at start-up that would cost more than the rest. */
  readonly #rowOf = new Map<string, number>()
  /** By the first two bytes: 1 if a guarded symbol begins with them. This saves hashing most symbols of a C++ library. */
  readonly #prefixes = new Uint8Array(0x10000)
  readonly #nodes: RegExp | null
  readonly #packages: readonly RegExp[]
  readonly #noOps: ReadonlySet<string>

  constructor(data: FamilyData) {
    this.data = data
    this.#nodes = data.versionNodes === null ? null : new RegExp(data.versionNodes)
    this.#packages = data.packages.map(pattern => new RegExp(pattern))
    this.#noOps = new Set(data.noOps)
    let row = 0
    for (const { symbols } of data.libraries) {
      for (const line of symbols) {
        const name = line.slice(0, line.indexOf(' '))
        this.#prefixes[prefixOf(name)] = 1
        this.#rowOf.set(name, row++)
      }
    }
  }

  guards(name: string): boolean {
    return this.#prefixes[prefixOf(name)] === 1 && this.#rowOf.has(name)
  }

  /** The library that defines the symbol, such as `libcrypto`; `null` for a symbol that is not guarded. */
  libraryOf(name: string): string | null {
    return this.#entryOf(name)?.library.name ?? null
  }

  /** So generic that other code defines it by chance. */
  isGeneric(name: string): boolean {
    const [, , , flags = ''] = this.#entryOf(name)?.line.split(' ', 4) ?? []
    return flags.includes('w')
  }

  /** The library that has this soname, such as `libcrypto` for libcrypto.so.3; `null` for any other. */
  libraryOfSoname(soname: string): string | null {
    return this.data.libraries.find(library => library.sonames.some(pattern => matchesWildcard(pattern, soname)))?.name ?? null
  }

  isOwnNode(version: string): boolean {
    return this.#nodes?.test(version) === true
  }

  /** May a package of this name ship the genuine library? */
  isOwnPackage(name: string): boolean {
    return this.#packages.some(pattern => pattern.test(name))
  }

  isKnownNoOp(name: string): boolean {
    return this.#noOps.has(name)
  }

  #entryOf(name: string): { readonly library: LibraryData; readonly line: string } | null {
    let row = this.#rowOf.get(name) ?? -1
    for (const library of this.data.libraries) {
      const line = library.symbols[row]
      if (line !== undefined) return { library, line }
      row -= library.symbols.length
      if (row < 0) break
    }
    return null
  }
}

function prefixOf(name: string): number {
  return (name.charCodeAt(0) << 8) | name.charCodeAt(1)
}
