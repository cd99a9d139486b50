/**
 * Findings as results, section 3.27: one for each finding, with all its symbols. GitHub accepts 5,000 results of a run and 100 locations of each:
 * of more, the most severe are kept, and a notification says how many were left out.
 */
import type { Location, LogicalLocation, Result, Suppression } from 'sarif'
import { textOf } from '../../bytes/names.js'
import { MOST_SEVERE_FIRST, type Finding, type Waived } from '../../lint/finding.js'
import type { Report } from '../../lint/report.js'
import type { RenderContext } from '../format.js'
import { distinctFingerprints, sentenceOf } from '../annotations.js'
import { relativePath, reportedPath } from '../reported-path.js'
import { safeText, safeLines, waiverText } from '../safe-text.js'
import type { Artifacts } from './artifacts.js'
import { messageOf } from './message.js'
import { LEVELS } from './rules.js'

const RESULTS_KEPT = 5000
const LOCATIONS_KEPT = 100

export interface Results {
  readonly results: Result[]
  readonly leftOut: number
}

interface Listed {
  readonly path: string
  readonly finding: Finding
  readonly fingerprint: string
  readonly identity: string
}

/** In the order of the report, or by severity if some must be left out. */
export function resultsOf(report: Report, artifacts: Artifacts, context: RenderContext): Results {
  const all = listed(report)
  const kept = all.length <= RESULTS_KEPT ? all : mostSevereFirst(all).slice(0, RESULTS_KEPT)
  return { results: kept.map(entry => resultOf(entry, artifacts, context)), leftOut: all.length - kept.length }
}

function listed({ packages }: Report): Listed[] {
  const found = packages.flatMap(entry =>
    entry.outcome === 'unchecked' ? [] : entry.findings.map(finding => ({ path: entry.path, finding, fingerprint: finding.fingerprint })),
  )
  const distinct = distinctFingerprints(found)
  return found.map((entry, index) => ({ ...entry, identity: distinct[index] ?? entry.fingerprint }))
}

/** Waived findings are the first to be left out: they need no action. */
function mostSevereFirst(entries: readonly Listed[]): Listed[] {
  const weight = ({ finding }: Listed): number =>
    finding.waived === null ? MOST_SEVERE_FIRST.indexOf(finding.severity) : MOST_SEVERE_FIRST.length
  return [...entries].sort((a, b) => weight(a) - weight(b))
}

function resultOf({ path, finding, fingerprint, identity }: Listed, artifacts: Artifacts, context: RenderContext): Result {
  const ruleIndex = context.rules.findIndex(({ id }) => id === finding.rule)
  const related = relatedLocations(path, finding, artifacts, context)
  if (finding.file !== null && finding.file !== path) artifacts.addInner(ownPath(path, context), finding.file)
  return {
    ruleId: finding.rule,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: LEVELS[finding.severity] ?? 'warning',
    message: messageOf(`${sentenceOf(finding, path, context)}\n\nFix: ${safeLines(finding.remedy)}`),
    locations: [{ physicalLocation: artifacts.location(reportedPath(path, context)), logicalLocations: logicalLocations(path, finding) }],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    partialFingerprints: { primaryLocationLineHash: numbered(identity), 'rpmlint-ts/v1': fingerprint },
    suppressions: finding.waived === null ? [] : [suppressionOf(finding.waived)], // if one result has them, all must (3.27.23)
    properties: { symbolCount: finding.symbols.length },
  }
}

/** In CodeQL's form, with an occurrence number. */
function numbered(identity: string): string {
  return identity.includes(':') ? identity : `${identity}:1`
}

/**
 * `pkg.rpm!/usr/lib64/libx.so.1!CRYPTO_lock`, one for each symbol, or the file itself if there are none. Locations must be unique, and two byte
 * strings can have the same text.
 */
function logicalLocations(path: string, { file, symbols }: Finding): LogicalLocation[] {
  const owner = safeText(file === null || file === path ? path : `${path}!${file}`)
  if (symbols.length === 0) return [{ fullyQualifiedName: owner, kind: 'module' }]
  const names = new Set(symbols.map(symbol => safeText(textOf(symbol))))
  return [...names].slice(0, LOCATIONS_KEPT).map(name => ({ name, fullyQualifiedName: `${owner}!${name}` }))
}

/** The package, if the result is shown at another path, and further paths of the file. */
function relatedLocations(path: string, { data }: Finding, artifacts: Artifacts, context: RenderContext): Location[] {
  const alsoAt = Array.isArray(data['alsoAt']) ? data['alsoAt'].map(String) : []
  const own = artifacts.location(ownPath(path, context))
  const places = [
    ...(context.reportPath === null ? [] : [{ text: `the package ${path}`, name: path }]),
    ...alsoAt.map(other => ({ text: `the same file at ${other}`, name: `${path}!${other}` })),
  ]
  return places.slice(0, LOCATIONS_KEPT - 1).map(({ text, name }, index) => ({
    id: index + 1,
    physicalLocation: own,
    logicalLocations: [{ fullyQualifiedName: safeText(name), kind: 'module' }],
    message: messageOf(safeText(text)),
  }))
}

/** The path of the package itself, whatever path the result is shown at. */
function ownPath(path: string, { workingDirectory }: RenderContext): string {
  return relativePath(path, workingDirectory)
}

function suppressionOf(waived: Waived): Suppression {
  return { kind: 'external', status: 'accepted', justification: waiverText(waived) }
}
