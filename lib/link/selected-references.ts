/** The references of an object that a filter selects, computed once for all programs that load it. */
import type { LinkDynamic } from './link-object.js'
import { NO_VERSION, referenceKindOf } from './references.js'

/** Selects symbols by name (a byte string). */
export type SymbolFilter = (name: string) => boolean

export class SelectedReferences {
  /** Rows of the object's references, in the order of relocation. */
  readonly rows: Uint32Array
  readonly #dynamic: LinkDynamic
  readonly #names: readonly string[]
  #sortedOrder: Uint32Array | null = null

  /** `names` are those of the references, row by row. */
  constructor(dynamic: LinkDynamic, names: readonly string[], isSelected: SymbolFilter) {
    this.#dynamic = dynamic
    this.#names = names
    const rows: number[] = []
    names.forEach((name, row) => {
      if (isSelected(name)) rows.push(row)
    })
    this.rows = Uint32Array.from(rows)
  }

  /** Indexes into `rows`, sorted by symbol, version and kind: independent of the link editor's table layout. */
  get sortedOrder(): Uint32Array {
    this.#sortedOrder ??= Uint32Array.from(this.rows.keys()).sort((a, b) => this.#compareRows(this.rows[a]!, this.rows[b]!) || a - b)
    return this.#sortedOrder
  }

  #compareRows(a: number, b: number): number {
    return (
      compareStrings(this.#names[a]!, this.#names[b]!) ||
      compareStrings(this.#versionOf(a), this.#versionOf(b)) ||
      compareStrings(this.#referenceKindOf(a), this.#referenceKindOf(b))
    )
  }

  #versionOf(row: number): string {
    const index = this.#dynamic.references.versions[row]!
    return index === NO_VERSION ? '' : (this.#dynamic.versions[index]?.name ?? '')
  }

  #referenceKindOf(row: number): string {
    return referenceKindOf(this.#dynamic.references.flags[row]!)
  }
}

function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
