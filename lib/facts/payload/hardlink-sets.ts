/** The hardlink sets of a package while its payload passes: which are still without data. */
import { hardlinkSetsOf } from '../../rpm/hardlinks.js'
import type { PackageFile } from '../../rpm/package-files.js'

/** Files that share one inode, by their indexes in the file list, ascending. */
export interface LinkSet {
  readonly members: readonly number[]
  /** Members that have come. */
  entered: number
  hasData: boolean
}

export class PayloadLinks {
  readonly #sets: readonly LinkSet[]
  readonly #setOf = new Map<number, LinkSet>()

  constructor(files: readonly PackageFile[]) {
    this.#sets = hardlinkSetsOf(files).map(members => ({ members, entered: 0, hasData: false }))
    for (const set of this.#sets) for (const index of set.members) this.#setOf.set(index, set)
  }

  of(index: number): LinkSet | null {
    return this.#setOf.get(index) ?? null
  }

  /** Where rpm writes the data of a stripped set: at the greatest index. */
  carriesData(index: number): boolean {
    const set = this.of(index)
    return set === null || set.members.at(-1) === index
  }

  withoutData(): readonly LinkSet[] {
    return this.#sets.filter(set => !set.hasData)
  }
}
