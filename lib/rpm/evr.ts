/**
 * Compares versions as rpm does: epoch, then version, then release.
 *
 * Source: rpmvercmp() of rpm's rpmio/rpmvercmp.c; rpm-version(7).
 */

/** Text or byte strings: only ASCII characters matter. */
export interface Evr {
  /** `null` counts as 0. */
  readonly epoch: number | null
  readonly version: string
  readonly release: string
}

/** Negative if `a` is older, 0 if rpm considers them equal, positive if `a` is newer. */
export function compareEvr(a: Evr, b: Evr): number {
  return (a.epoch ?? 0) - (b.epoch ?? 0) || compareVersions(a.version, b.version) || compareVersions(a.release, b.release)
}

/** Runs of digits, runs of letters, and the two special characters; all other characters only separate. */
const PARTS = /[0-9]+|[A-Za-z]+|~|\^/g

/** Kinds of parts; the end of a version counts as a part too. */
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

/** Compares decimal numbers of any length, which may exceed JavaScript's numbers. */
function compareNumbers(a: string, b: string): number {
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  if (left.length !== right.length) return left.length - right.length
  return left < right ? -1 : left > right ? 1 : 0
}
