/**
 * Claims on a finding: what a waiver, a baseline or a filter says about it. A finding is waived when the claims that hold cover all its
 * names together, so that each name has someone who gave a reason for it.
 */
import { textOf } from '../../bytes/names.js'
import type { Finding, Waived } from '../finding.js'

export interface Claim {
  /** As sentences begin with it: `waiver of dba@example.org`. */
  readonly name: string
  readonly waived: Waived
  /** Names of the finding that it covers; `all` covers a finding without names too. */
  readonly covered: readonly string[] | 'all'
  /** Why it does not hold, as a sentence; `null` where it does. */
  readonly failure: string | null
}

/** Names told before the rest is counted. */
const TOLD = 4

/** The finding with what the claims on it come to. */
export function settled(finding: Finding, claims: readonly Claim[]): Finding {
  const holding = claims.filter(({ failure }) => failure === null)
  const { needed, open } = coverage(finding, holding)
  if (needed.length > 0 && open.length === 0) return { ...finding, waived: together(needed.map(({ waived }) => waived)), unwaived: null }
  const complaints = [...claims.flatMap(({ failure }) => failure ?? []), ...(holding.length === 0 ? [] : [beyond(holding, open)])]
  return complaints.length === 0 ? finding : { ...finding, unwaived: complaints.join('; ') }
}

/** The claims that cover something which those before them do not, and the names that none covers. */
function coverage({ symbols }: Finding, holding: readonly Claim[]): { needed: readonly Claim[]; open: readonly string[] } {
  const whole = holding.find(({ covered }) => covered === 'all')
  if (whole !== undefined) return { needed: [whole], open: [] }
  const needed: Claim[] = []
  let open: readonly string[] = symbols
  for (const claim of holding) {
    const left = open.filter(symbol => !claim.covered.includes(symbol))
    if (left.length < open.length) needed.push(claim)
    open = left
  }
  return { needed, open }
}

/** All reasons and owners, and the day on which the first of them ends. */
function together(all: readonly Waived[]): Waived {
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

function beyond(holding: readonly Claim[], open: readonly string[]): string {
  const names = [...new Set(holding.map(({ name }) => name))]
  return `${names.join(' and ')} ${names.length === 1 ? 'does' : 'do'} not cover ${few(open.map(textOf))}`
}

/** The first few names, as text, and how many more there are. */
export function few(symbols: readonly string[]): string {
  const told = symbols.slice(0, TOLD).join(', ')
  return symbols.length > TOLD ? `${told} and ${symbols.length - TOLD} more` : told
}
