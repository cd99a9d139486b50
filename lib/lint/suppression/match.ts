/**
 * A match: a waiver, baseline entry or filter that is about a finding. A finding is waived when its valid matches together cover all its
 * symbols, so that there is a reason for each.
 */
import { textOf } from '../../bytes/names.js'
import type { Finding, Waived } from '../finding.js'

export interface Match {
  /** The subject of messages: `the waiver of dba@example.org`. */
  readonly name: string
  readonly waived: Waived
  /** Symbols of the finding that it covers; `all` also covers a finding without symbols. */
  readonly covered: readonly string[] | 'all'
  /** Why it is not valid, as a sentence; `null` if it is. */
  readonly failure: string | null
}

/** Symbols listed before the rest is counted. */
const LISTED = 4

/** The finding, waived if its matches cover it, else with the reasons why they do not. */
export function applyMatches(finding: Finding, matches: readonly Match[]): Finding {
  const valid = matches.filter(({ failure }) => failure === null)
  const { needed, uncovered } = coverage(finding, valid)
  if (needed.length > 0 && uncovered.length === 0)
    return { ...finding, waived: combined(needed.map(({ waived }) => waived)), unwaived: null }
  const reasons = [...matches.flatMap(({ failure }) => failure ?? []), ...(valid.length === 0 ? [] : [notCovered(valid, uncovered)])]
  return reasons.length === 0 ? finding : { ...finding, unwaived: reasons.join('; ') }
}

/** The matches that cover a symbol which no earlier one covers, and the symbols that none covers. */
function coverage({ symbols }: Finding, valid: readonly Match[]): { needed: readonly Match[]; uncovered: readonly string[] } {
  const total = valid.find(({ covered }) => covered === 'all')
  if (total !== undefined) return { needed: [total], uncovered: [] }
  const needed: Match[] = []
  let uncovered: readonly string[] = symbols
  for (const match of valid) {
    const left = uncovered.filter(symbol => !match.covered.includes(symbol))
    if (left.length < uncovered.length) needed.push(match)
    uncovered = left
  }
  return { needed, uncovered }
}

/** All reasons and owners, and the earliest expiry date. */
function combined(all: readonly Waived[]): Waived {
  const each = (values: readonly (string | null)[], between: string): string | null => {
    const known = [...new Set(values.filter(value => value !== null))]
    return known.length === 0 ? null : known.join(between)
  }
  return {
    by: all[0]?.by ?? 'waiver',
    reason:
      each(
        all.map(({ reason }) => reason),
        '; ',
      ) ?? '',
    owner: each(
      all.map(({ owner }) => owner),
      ', ',
    ),
    expires: all.flatMap(({ expires }) => expires ?? []).sort()[0] ?? null,
  }
}

function notCovered(valid: readonly Match[], uncovered: readonly string[]): string {
  const names = [...new Set(valid.map(({ name }) => name))]
  return `${names.join(' and ')} ${names.length === 1 ? 'does' : 'do'} not cover ${firstFew(uncovered.map(textOf))}`
}

/** The first few symbols, as text, and the number of the rest. */
export function firstFew(symbols: readonly string[]): string {
  const listed = symbols.slice(0, LISTED).join(', ')
  return symbols.length > LISTED ? `${listed} and ${symbols.length - LISTED} more` : listed
}
