/** What a waiver says about a finding. */
import { textOf } from '../../bytes/names.js'
import { matchesWildcard } from '../../bytes/wildcard.js'
import type { Finding } from '../finding.js'
import type { Claim } from './claim.js'
import type { Waiver } from './waiver.js'

/** `packages` are the names of the packages that the finding is in, from the outermost on. `null` where the waiver is for another finding. */
export function waiverClaim(waiver: Waiver, finding: Finding, packages: readonly string[], today: string): Claim | null {
  const { rule, reason, owner, expires } = waiver
  if (rule !== finding.rule || !isMeant(waiver.package, packages) || !isMeant(waiver.file, pathsOf(finding))) return null
  const name = owner === null ? 'waiver' : `waiver of ${owner}`
  return {
    name,
    waived: { by: 'waiver', reason, owner, expires },
    covered: coveredBy(waiver, finding),
    failure: failureOf(waiver, finding, name, today),
  }
}

/** A pattern that is not there means anything; one that is means one of the texts. */
function isMeant(pattern: string | null, texts: readonly string[]): boolean {
  return pattern === null || texts.some(text => matchesWildcard(pattern, text))
}

/** All names of the file: which of its hardlinks comes first is chance. */
function pathsOf({ file, data }: Finding): string[] {
  const alsoAt = Array.isArray(data['alsoAt']) ? data['alsoAt'].map(String) : []
  return file === null ? [] : [file, ...alsoAt]
}

function coveredBy({ symbols }: Waiver, finding: Finding): readonly string[] | 'all' {
  if (symbols === 'any' || finding.symbols.length === 0) return 'all'
  return finding.symbols.filter(symbol => symbols?.includes(textOf(symbol)) === true)
}

function failureOf({ symbols, reason, expires }: Waiver, finding: Finding, name: string, today: string): string | null {
  if (expires !== null && today > expires) return `${name} expired on ${expires}: ${reason}`
  if (symbols === null && finding.symbols.length > 0)
    return `${name} does not apply: it lists no symbols; list them, or use symbols = "any"`
  return null
}
