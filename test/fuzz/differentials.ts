/** Other programs' readings of the same inputs, by the name that `--against` has for them. */
import { againstReadelf } from './against-readelf.js'
import { againstRpm } from './against-rpm.js'
import type { FuzzCase } from './cases.js'
import type { Failure } from './properties.js'
import type { Report } from '../../lib/lint/report.js'

export interface Checked {
  readonly input: FuzzCase
  readonly genes: readonly number[]
  readonly index: number
  readonly report: Report | null
}

export interface Comparison {
  readonly unexplained: readonly { readonly failure: Failure; readonly genes: readonly number[]; readonly index: number }[]
  /** How often each known kind of difference was seen. */
  readonly explained: Readonly<Record<string, number>>
}

/** Gathers inputs, for starting the other program costs more than an input. */
export interface Differential {
  add(checked: Checked): void
  finish(): Promise<Comparison>
}

export const DIFFERENTIALS: Readonly<Record<string, () => Differential>> = { readelf: againstReadelf, rpm: againstRpm }
