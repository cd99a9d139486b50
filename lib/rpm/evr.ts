/**
 * Which of two versions is newer: epoch, then version, then release, each compared as rpm compares them.
 *
 * Source: rpmvercmp() of rpm's rpmio/rpmvercmp.c; rpm-version(7).
 */

/** Text, or byte strings: only ASCII counts. */
export interface Evr {
  /** `null` counts as 0. */
  readonly epoch: number | null
  readonly version: string
  readonly release: string
}

/** Below 0 where `a` is the older, 0 where rpm calls them equal, above 0 where `a` is the newer. */
export function compareEvr(a: Evr, b: Evr): number {
  return (a.epoch ?? 0) - (b.epoch ?? 0) || compareVersions(a.version, b.version) || compareVersions(a.release, b.release)
}

/** Runs of digits, runs of letters, and the two marks that mean something; all else only separates. */
const PARTS = /[0-9]+|[A-Za-z]+|~|\^/g

/** One part against another, by what they are; what is at the end counts as a part of its own. */
type PartKind = '~' | 'end' | '^' | 'letters' | 'digits'

/** From the oldest to the newest: 1.0~rc1 < 1.0 < 1.0^git1 < 1.0.a < 1.0.1. */
const RANKS: readonly PartKind[] = ['~', 'end', '^', 'letters', 'digits']

/** rpmvercmp. */
export function compareVersions(a: string, b: string): number {
  const left = a.match(PARTS) ?? []
  const right = b.match(PARTS) ?? []
  for (let at = 0; at < left.length || at < right.length; at++) {
    const order = compareParts(left[at] ?? '', right[at] ?? '')
    if (order !== 0) return order
  }
  return 0
}

function compareParts(a: string, b: string): number {
  const kind = partKindOf(a)
  const ranks = RANKS.indexOf(kind) - RANKS.indexOf(partKindOf(b))
  if (ranks !== 0) return ranks
  if (kind === 'digits') return compareNumbers(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}

function partKindOf(part: string): PartKind {
  if (part === '') return 'end'
  if (part === '~' || part === '^') return part
  return /^\d/.test(part) ? 'digits' : 'letters'
}

/** Of any length, so not as numbers of the language. */
function compareNumbers(a: string, b: string): number {
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  if (left.length !== right.length) return left.length - right.length
  return left < right ? -1 : left > right ? 1 : 0
}
