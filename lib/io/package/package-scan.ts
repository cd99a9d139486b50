/**
 * The state of one package's scan: limits, catalogue, and the buffer for ELF files.
 */
import type { Catalogue } from '../../catalogue/catalogue.js'
import { LimitError } from '../../errors/check-error.js'
import type { InnerPackage, LoaderFiles, Note, ObjectFacts, StaticArchiveFacts } from '../../facts/model.js'
import type { Limits } from '../../limits/limits.js'
import { UnpackCosts } from '../decompress/unpack-costs.js'
import type { NestedKind } from './content-handling.js'

export interface ArchiveLocation {
  readonly path: string
  /** 1 for an archive directly in the package, 2 for one inside that. */
  readonly depth: number
  /** Number of archives around the package, for an RPM inside another. */
  readonly nesting: number
}

/**
 * Reads a nested archive: `openNested` of nested.ts. Members get it from their scan, which gets it as a constructor parameter, instead of importing it:
 * nested archives have members again, and member → nested → tar → member would be an import cycle.
 */
export type OpenNested = (
  content: NestedKind,
  source: AsyncIterable<Uint8Array>,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
) => Promise<void>

/** Maximum bytes that are allocated at once for a stated size; larger files grow by doubling. */
const SIZE_CAP = 16 * 1024 * 1024

export interface ScanOptions {
  readonly limits: Limits
  readonly catalogue: Catalogue
  /** Compute every object's SHA-256. */
  readonly wantsSha256: boolean
  /** Collect `ObjectFacts.link`. */
  readonly wantsLinks?: boolean
  /** Stops reading. */
  readonly signal?: AbortSignal | null
}

export class PackageScan {
  readonly limits: Limits
  readonly catalogue: Catalogue
  readonly wantsSha256: boolean
  readonly wantsLinks: boolean
  readonly openNested: OpenNested
  /** Of all its streams and nested archives together. */
  readonly costs: UnpackCosts
  #scratch: Buffer = Buffer.alloc(0)
  #nameBytes = 0

  constructor(options: ScanOptions, openNested: OpenNested) {
    this.openNested = openNested
    this.limits = options.limits
    this.costs = new UnpackCosts(options.limits)
    this.catalogue = options.catalogue
    this.wantsSha256 = options.wantsSha256
    this.wantsLinks = options.wantsLinks === true
  }

  /**
   * A buffer of `length` bytes, whose first `keep` bytes are those of the previous one. It is shared by the whole scan: only one ELF file
   * is buffered at a time, and facts keep no reference to its bytes.
   */
  scratch(length: number, keep = 0): Uint8Array {
    if (length > this.#scratch.length) {
      const isGrowing = keep > 0
      const grown = Buffer.allocUnsafeSlow(isGrowing ? Math.max(length, Math.min(2 * this.#scratch.length, this.limits.elfBytes)) : length)
      this.#scratch.copy(grown, 0, 0, keep)
      this.#scratch = grown
    }
    return this.#scratch.subarray(0, length)
  }

  /** Number of bytes to allocate for a size that a nested archive states: unlike a payload's, it is not checked against a header. */
  cappedSize(size: number | null | undefined): number {
    return Math.min(size ?? 0, SIZE_CAP)
  }

  /** Counts the names of an object: a thousand small ones, each with a long name for every symbol, would not fit into memory as a report. */
  spendNames({ path, exports, imports, versionNodes, needed }: ObjectFacts): void {
    for (const { name, version } of exports) this.#nameBytes += name.length + (version?.length ?? 0)
    for (const { name, version, from } of imports) this.#nameBytes += name.length + (version?.length ?? 0) + (from?.length ?? 0)
    for (const name of [...versionNodes, ...needed]) this.#nameBytes += name.length
    if (this.#nameBytes > this.limits.nameBytes)
      throw new LimitError(`${path}: names of more than ${this.limits.nameBytes} bytes up to here`, 'names')
  }
}

/** Collects the facts about one package, including its nested archives. */
export class FactsCollector {
  readonly objects: ObjectFacts[] = []
  readonly archives: StaticArchiveFacts[] = []
  readonly inner: InnerPackage[] = []
  readonly notes: Note[] = []
  readonly configuration: LoaderFiles['configuration'][number][] = []

  addNotes(notes: readonly Note[]): void {
    for (const note of notes) this.notes.push(note)
  }
}
