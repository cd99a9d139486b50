/**
 * A report: the result of a run, as plain data. All formats are rendered from it, and exit-status.ts computes the exit status from it.
 */
import type { Identity, PackageFacts, Note } from '../facts/model.js'
import type { Finding } from './finding.js'
import type { Scoring } from './rpmlint/configuration.js'
import type { Severity } from './rule.js'

export interface Report {
  readonly tool: { readonly name: string; readonly version: string }
  /** In order of the command line, then of path. */
  readonly packages: readonly PackageReport[]
  readonly notices: readonly Notice[]
  /** From rpmlint's configuration, if any was given. */
  readonly scoring?: Scoring
}

/** A diagnostic about the run rather than a package, such as an unused waiver. One of severity `error` fails the run. */
export interface Notice {
  readonly id: string
  readonly severity: Severity
  readonly message: string
  /** The file that it is about, as the user named it, and the line in it; `null` if none. */
  readonly file: string | null
  readonly line: number | null
}

export type PackageReport = CheckedPackage | UncheckedPackage

export interface CheckedPackage {
  readonly outcome: 'checked'
  /** As given on the command line. */
  readonly path: string
  /** `null` for a standalone ELF file. */
  readonly identity: Identity | null
  readonly isSource: boolean
  readonly sourceRpm: string | null
  /** Number of ELF objects checked, including those in nested archives. */
  readonly objects: number
  readonly findings: readonly Finding[]
  /** Reported, but not findings: contents that could not be read. */
  readonly notes: readonly Note[]
}

export interface UncheckedPackage {
  readonly outcome: 'unchecked'
  readonly path: string
  readonly reason: 'unreadable' | 'malformed' | 'limit' | 'unsupported' | 'internal'
  readonly structure: string | null
  readonly offset: number | null
  readonly message: string
}

export interface Summary {
  readonly packages: number
  readonly checked: number
  readonly unchecked: number
  readonly objects: number
  readonly error: number
  readonly warning: number
  readonly info: number
  readonly waived: number
}

export function checkedPackage(path: string, facts: PackageFacts, findings: readonly Finding[]): CheckedPackage {
  return {
    outcome: 'checked',
    path,
    identity: facts.identity,
    isSource: facts.provenance.isSource,
    sourceRpm: facts.provenance.sourceRpm,
    objects: objectCount(facts),
    findings,
    notes: notesOf(facts).filter(({ isOdd }) => !isOdd),
  }
}

export type Counts = Pick<Summary, Severity | 'waived'>

export function summaryOf({ packages }: Report): Summary {
  const checked = packages.filter(entry => entry.outcome === 'checked')
  return {
    packages: packages.length,
    checked: checked.length,
    unchecked: packages.length - checked.length,
    objects: checked.reduce((sum, { objects }) => sum + objects, 0),
    ...countsOf(checked.flatMap(entry => entry.findings)),
  }
}

/** A waived finding is counted only as waived. */
export function countsOf(findings: readonly Finding[]): Counts {
  const counting = findings.filter(({ waived }) => waived === null)
  const count = (severity: Severity): number => counting.filter(finding => finding.severity === severity).length
  return { error: count('error'), warning: count('warning'), info: count('info'), waived: findings.length - counting.length }
}

/** With those of the packages inside, which have no report of their own. */
function notesOf({ notes, inner }: PackageFacts): Note[] {
  return [...notes, ...inner.flatMap(({ path, facts }) => notesOf(facts).map(note => ({ ...note, message: `${path}!${note.message}` })))]
}

function objectCount(facts: PackageFacts): number {
  return facts.objects.length + facts.inner.reduce((sum, inner) => sum + objectCount(inner.facts), 0)
}
