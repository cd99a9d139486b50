/** Whether a waiver is about a finding, and which symbols it covers. */
import { textOf } from '../../bytes/names.js'
import { matchesWildcard } from '../../bytes/wildcard.js'
import type { Finding } from '../finding.js'
import type { Match } from './match.js'
import type { Waiver } from './waiver.js'

/** `packages` are the names of the packages that contain the finding, outermost first. `null` if the waiver is for other findings. */
export function matchWaiver(waiver: Waiver, finding: Finding, packages: readonly string[], today: string): Match | null {
  const { rule, reason, owner, expires } = waiver
  if (rule !== finding.rule || !matchesAny(waiver.package, packages) || !matchesAny(waiver.file, pathsOf(finding))) return null
  const name = owner === null ? 'the waiver' : `the waiver of ${owner}`
  return {
    name,
    waived: { by: 'waiver', reason, owner, expires },
    covered: coveredBy(waiver, finding),
    failure: failureOf(waiver, finding, name, today),
  }
}

/** A missing pattern matches anything. */
function matchesAny(pattern: string | null, texts: readonly string[]): boolean {
  return pattern === null || texts.some(text => matchesWildcard(pattern, text))
}

/** All paths of the file: the order of its hard links is arbitrary. */
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
