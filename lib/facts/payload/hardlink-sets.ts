/** The hardlink sets of a package while its payload is read: which of them have no data yet. */
import { hardlinkSetsOf } from '../../rpm/hardlinks.js'
import type { PackageFile } from '../../rpm/package-files.js'

/** Files that share one inode, by their indexes in the file list, ascending. */
export interface HardlinkSet {
  readonly members: readonly number[]
  /** Members seen in the payload so far. */
  seen: number
  /** The member, by its index in the file list, with which the first data came; `null` as long as there is none. */
  dataFrom: number | null
}

export class HardlinkSets {
  readonly #sets: readonly HardlinkSet[]
  readonly #setOf = new Map<number, HardlinkSet>()

  constructor(files: readonly PackageFile[]) {
    this.#sets = hardlinkSetsOf(files).map(members => ({ members, seen: 0, dataFrom: null }))
    for (const set of this.#sets) for (const index of set.members) this.#setOf.set(index, set)
  }

  of(index: number): HardlinkSet | null {
    return this.#setOf.get(index) ?? null
  }

  /** In a stripped payload rpm writes the data of a set with its highest index. */
  carriesData(index: number): boolean {
    const set = this.of(index)
    return set === null || set.members.at(-1) === index
  }

  withoutData(): readonly HardlinkSet[] {
    return this.#sets.filter(set => set.dataFrom === null)
  }
}
