/** The releases of which an object's copy of a guarded library can be, by the internal symbols that it exports: no release has quite those of another. */
import type { InternalExport } from '../facts/model.js'
import { distinctNames } from './evidence.js'

/** Fewer symbols than this prove no copy, and so have no date. */
const NEEDED = 3
/** This share of the symbols has to be in one series: distributors add a few of their own, and one patch level of each was read. */
const SHARE = 0.95
/** A copy that leaks this many symbols would leak its assembler, too, if it had any. */
const MANY = 100

export interface Dating {
  /** `3.0`, `1.1.0 to 3.2`, `3.5 or later`; `null` if the symbols contradict each other, as a fork's do. */
  readonly releases: string | null
  /** `null` if no assembler is among the symbols, and they are too few to exclude it. */
  readonly hasAssembler: boolean | null
}

/** `internals` are those of one family, with its `releases`, oldest first; `null` if there are too few distinctive ones. */
export function datingOf(internals: readonly InternalExport[], releases: readonly string[]): Dating | null {
  const distinctive = internals.filter(({ isGeneric, isForkApi, isShared }) => !isGeneric && !isForkApi && !isShared)
  const count = distinctNames(distinctive).length
  if (count < NEEDED) return null
  const votes = releases.map((_, index) => distinctNames(distinctive.filter(({ series }) => includes(series, index))).length)
  const most = Math.max(0, ...votes)
  const first = votes.indexOf(most)
  const last = votes.lastIndexOf(most)
  return {
    releases: most === 0 || most < SHARE * count ? null : rangeOf(releases, first, last),
    hasAssembler: internals.some(({ isAssembler }) => isAssembler) || (count >= MANY ? false : null),
  }
}

function includes({ first, last }: InternalExport['series'], index: number): boolean {
  return first <= index && index <= last
}

function rangeOf(releases: readonly string[], first: number, last: number): string {
  const from = releases[first] ?? ''
  if (last === releases.length - 1) return `${from} or later`
  return first === last ? from : `${from} to ${releases[last] ?? ''}`
}
