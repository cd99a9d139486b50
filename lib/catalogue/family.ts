/**
 * A guarded family: a library whose symbols no other package may export, as plain data. To add a family, add a
 * file beside data/openssl.json and a line to catalogue.ts; see CONTRIBUTING.md.
 */
import { matchesWildcard } from '../bytes/wildcard.js'
import { SymbolRows, type SymbolRow } from './symbol-rows.js'

/** The part of a data file that is used at run time. A file may also hold its sources, releases and other implementations. */
export interface FamilyData {
  readonly schema: number
  readonly family: string
  /** Display name: `OpenSSL`. */
  readonly title: string
  /** Does the genuine library have symbol versions? If not, an unversioned symbol proves nothing. */
  readonly isVersioned: boolean
  /** Series of releases, oldest first, to which the rows of symbols refer. Without them a copy is not dated by its symbols. */
  readonly releases?: readonly string[]
  /** Regular expression of the version nodes that are the family's own; `null` where it has none. */
  readonly versionNodes: string | null
  /** Regular expressions of the names of packages that may ship it. */
  readonly packages: readonly string[]
  readonly libraries: readonly LibraryData[]
  /** Functions that are stubs in some release of the library or of a fork too. */
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
  /** A sentence: how to build the library with a soname and version nodes of one's own. */
  readonly ownSoname?: string
  /** Releases whose libraries have no export list, and so export their internal symbols: `up to 1.0.2`. */
  readonly unlisted?: string
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
  /**
   * Symbols that the library's objects define but that are not part of its API, in the same form. Flags: f function, o object, a code that is always assembler; x a real library
   * exported it, l probably; w generic symbol; c CRYPTOGAMS code, which other libraries contain too. Implementations are forks of whose API it is part.
   */
  readonly internals?: readonly string[]
}

/** A symbol that the library's objects define but that is not part of its API: only a static copy with default visibility exports it. */
export interface InternalSymbol {
  readonly name: string
  /** Such as `libcrypto`. */
  readonly library: string
  /**
   * Did the genuine shared library export it? Those before 1.1.0 had no export list, so their own calls and a copy's can meet; `likely` where only
   * the objects were seen.
   */
  readonly wasExported: 'yes' | 'likely' | 'no'
  /** So generic that other code defines it by chance. */
  readonly isGeneric: boolean
  readonly isAssembler: boolean
  /** Code that other libraries contain too, under the same name. */
  readonly isShared: boolean
  /** Part of the API of some fork. */
  readonly isForkApi: boolean
  /** Indexes of the first and last series of the library that have it. */
  readonly series: Series
}

/** Consecutive series of a library, by their index in the family's releases. */
export interface Series {
  readonly first: number
  readonly last: number
}

/** A string that a copy of the library leaves in its read-only data. The headers' text of the version is in clients as well. */
export interface TraceData {
  readonly implementation: string
  /** Literals to search for; `pattern` is tried only around them. At least 7 bytes each: the shortest determines the speed of the search. */
  readonly anchors: readonly string[]
  /** Regular expression; its first group, if any, is the version. */
  readonly pattern: string
  /** A path of a source file: one alone proves nothing, since any program may contain the string. */
  readonly isSourcePath?: boolean
  /** Part of the library's code or tables, which no client contains: it proves a copy, as a version string does not. */
  readonly isCode?: boolean
  /** Forks contain it too: it does not say of which implementation a copy is. */
  readonly isShared?: boolean
}

export class Family {
  readonly data: FamilyData
  /** A list for each library's symbols, then one for each library's internal symbols. */
  readonly #rows: SymbolRows
  readonly #nodes: RegExp | null
  readonly #packages: readonly RegExp[]
  readonly #noOps: ReadonlySet<string>

  constructor(data: FamilyData) {
    this.data = data
    this.#nodes = data.versionNodes === null ? null : new RegExp(data.versionNodes)
    this.#packages = data.packages.map(pattern => new RegExp(pattern))
    this.#noOps = new Set(data.noOps)
    this.#rows = new SymbolRows([...data.libraries.map(({ symbols }) => symbols), ...data.libraries.map(({ internals = [] }) => internals)])
  }

  guards(name: string): boolean {
    return this.#guarded(name) !== null
  }

  /** Is it a symbol of the family, be it guarded or internal? */
  has(name: string): boolean {
    return this.#rows.find(name) !== null
  }

  /** The library that defines the symbol, such as `libcrypto`; `null` for a symbol that is not guarded. */
  libraryOf(name: string): string | null {
    const found = this.#guarded(name)
    return found === null ? null : (this.data.libraries[found.list]?.name ?? null)
  }

  /** So generic that other code defines it by chance. */
  isGeneric(name: string): boolean {
    return this.#flagsOf(name).includes('w')
  }

  /** Is it a function in every release? ASN.1 templates (`X_it`) were data in early releases. */
  isFunction(name: string): boolean {
    return this.#flagsOf(name).includes('f') && !name.endsWith('_it')
  }

  /** Details of an internal symbol; `null` for all others, guarded ones included. */
  internal(name: string): InternalSymbol | null {
    const found = this.#rows.find(name)
    const library = found === null ? undefined : this.data.libraries[found.list - this.data.libraries.length]
    return found === null || library === undefined ? null : internalSymbol(name, library.name, parsed(found.row))
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

  #guarded(name: string): SymbolRow | null {
    const found = this.#rows.find(name)
    return found !== null && found.list < this.data.libraries.length ? found : null
  }

  #flagsOf(name: string): string {
    const found = this.#guarded(name)
    return found === null ? '' : parsed(found.row).flags
  }
}

interface Row {
  readonly series: Series
  readonly flags: string
  readonly implementations: string
}

function parsed(row: string): Row {
  const [, first = '', last = '', flags = '', implementations = ''] = row.split(' ', 5)
  return { series: { first: Number.parseInt(first, 36), last: Number.parseInt(last, 36) }, flags, implementations }
}

function internalSymbol(name: string, library: string, { series, flags, implementations }: Row): InternalSymbol {
  return {
    name,
    library,
    wasExported: flags.includes('x') ? 'yes' : flags.includes('l') ? 'likely' : 'no',
    isGeneric: flags.includes('w'),
    isAssembler: flags.includes('a'),
    isShared: flags.includes('c'),
    isForkApi: implementations !== '',
    series,
  }
}
