/**
 * What a walk through one package shares: limits, catalogue, and the buffer in which ELF files are gathered.
 */
import type { Catalogue } from '../../catalogue/catalogue.js'
import { LimitError } from '../../errors/check-error.js'
import type { InnerPackage, LoadingFacts, Note, ObjectFacts, StaticArchiveFacts } from '../../facts/model.js'
import type { Limits } from '../../limits/limits.js'
import type { NestedKind } from './content-handling.js'

export interface ArchivePlace {
  readonly path: string
  /** 1 for an archive that the package holds, 2 for one inside that. */
  readonly depth: number
  /** Archives around the package, for an RPM inside another. */
  readonly nesting: number
}

/**
 * Reads a nested archive: `openNested` of nested.ts. Members get it from their walk, which gets it as a constructor parameter, and import it nowhere:
 * it reads archives that have members again, and member → nested → tar → member would be a cycle of imports.
 */
export type OpenNested = (
  content: NestedKind,
  source: AsyncIterable<Uint8Array>,
  place: ArchivePlace,
  walk: Walk,
  collector: Collector,
) => Promise<void>

/** Bytes that are allocated at once for a stated size; what is larger grows by doubling. */
const SIZE_CAP = 16 * 1024 * 1024

export interface WalkOptions {
  readonly limits: Limits
  readonly catalogue: Catalogue
  /** Compute every object's SHA-256, asked for or not. */
  readonly wantsSha256: boolean
  /** Keep what ld.so would need to load the objects. */
  readonly wantsLinks?: boolean
}

export class Walk {
  readonly limits: Limits
  readonly catalogue: Catalogue
  readonly wantsSha256: boolean
  readonly wantsLinks: boolean
  readonly openNested: OpenNested
  #scratch: Buffer = Buffer.alloc(0)
  #nestedBytes = 0

  constructor(options: WalkOptions, openNested: OpenNested) {
    this.openNested = openNested
    this.limits = options.limits
    this.catalogue = options.catalogue
    this.wantsSha256 = options.wantsSha256
    this.wantsLinks = options.wantsLinks === true
  }

  /**
   * A buffer of `length` bytes, whose first `keep` bytes are those of the one before. There is one for the whole walk: only one ELF file
   * is gathered at a time, and facts keep no reference to its bytes.
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

  /** The size that a nested archive states, as far as memory is allocated for it before the bytes are there: nobody has verified it. */
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

/** Where the facts about one package, nested archives included, are gathered. */
export class Collector {
  readonly objects: ObjectFacts[] = []
  readonly archives: StaticArchiveFacts[] = []
  readonly inner: InnerPackage[] = []
  readonly notes: Note[] = []
  readonly configuration: LoadingFacts['configuration'][number][] = []
}
