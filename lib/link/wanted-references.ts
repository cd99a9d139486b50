/** The references of an object that somebody asks about, worked out once for all programs that it is part of. */
import type { LinkDynamic } from './link-object.js'
import { NO_VERSION, kindOf } from './references.js'

/** Chooses symbols by name. */
export type IsWanted = (name: string) => boolean

export class WantedReferences {
  /** Rows of the object's references, in the order of relocation. */
  readonly rows: Uint32Array
  readonly #dynamic: LinkDynamic
  readonly #names: readonly string[]
  #readingOrder: Uint32Array | null = null

  /** `names` are those of the references, row by row. */
  constructor(dynamic: LinkDynamic, names: readonly string[], isWanted: IsWanted) {
    this.#dynamic = dynamic
    this.#names = names
    const rows: number[] = []
    names.forEach((name, row) => {
      if (isWanted(name)) rows.push(row)
    })
    this.rows = Uint32Array.from(rows)
  }

  /** Places in `rows`, by symbol, version and kind: the same however a link editor has laid out its tables. */
  get readingOrder(): Uint32Array {
    this.#readingOrder ??= Uint32Array.from(this.rows.keys()).sort((a, b) => this.#compare(this.rows[a]!, this.rows[b]!) || a - b)
    return this.#readingOrder
  }

  #compare(a: number, b: number): number {
    return (
      compare(this.#names[a]!, this.#names[b]!) ||
      compare(this.#versionOf(a), this.#versionOf(b)) ||
      compare(this.#kindOf(a), this.#kindOf(b))
    )
  }

  #versionOf(row: number): string {
    const index = this.#dynamic.references.versions[row]!
    return index === NO_VERSION ? '' : (this.#dynamic.versions[index]?.name ?? '')
  }

  #kindOf(row: number): string {
    return kindOf(this.#dynamic.references.demands[row]!)
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
