/**
 * The state of one package's scan: limits, catalogue, and the buffer for ELF files.
 */
import type { Catalogue } from '../../catalogue/catalogue.js'
import { LimitError } from '../../errors/check-error.js'
import type { InnerPackage, LoaderFiles, Note, ObjectFacts, StaticArchiveFacts } from '../../facts/model.js'
import type { Limits } from '../../limits/limits.js'
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
  #scratch: Buffer = Buffer.alloc(0)
  #nestedBytes = 0

  constructor(options: ScanOptions, openNested: OpenNested) {
    this.openNested = openNested
    this.limits = options.limits
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

  /** Counts what nested archives unpack to, all of them together. */
  spendNested(bytes: number): void {
    this.#nestedBytes += bytes
    if (this.#nestedBytes > this.limits.unpackedBytes) {
      throw new LimitError(`nested archives: unpack to more than ${this.limits.unpackedBytes} bytes`, 'nested archives')
    }
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
