/** Badness: rpmlint's weights of findings. Source: rpmlint 2.x, rpmlint/filter.py, add_info. */
import type { Finding } from '../finding.js'
import type { Notice, Report } from '../report.js'
import type { Severity } from '../rule.js'
import { NO_CONFIGURATION, type Scoring } from './configuration.js'

/** The badness from the configuration, else 1 for an error and 0 for lower severities. */
export function badnessOf({ rule, severity }: Pick<Finding, 'rule' | 'severity'>, { badness }: Scoring): number {
  return stated(rule, badness) ?? (severity === 'error' ? 1 : 0)
}

/** A positive badness turns any finding into an error, 0 turns an error into a warning. The severity of a blocked rule is never lowered. */
export function scoredSeverity({ rule, severity }: Pick<Finding, 'rule' | 'severity'>, { badness }: Scoring, isBlocked: boolean): Severity {
  const count = stated(rule, badness)
  if (count === null) return severity
  if (count > 0) return 'error'
  return severity === 'error' && !isBlocked ? 'warning' : severity
}

/** The sum over findings that are not waived; a notice of severity error counts 1, as rpmlint's unused filters do. */
export function totalBadness({
  packages,
  notices,
  scoring = NO_CONFIGURATION.scoring,
}: Pick<Report, 'packages' | 'notices' | 'scoring'>): number {
  const findings = packages.flatMap(entry => (entry.outcome === 'checked' ? entry.findings : [])).filter(({ waived }) => waived === null)
  const sum = findings.reduce((before, finding) => before + badnessOf(finding, scoring), 0)
  return sum + notices.filter(notice => isLine(notice) && notice.severity === 'error').length
}

export const BADNESS_OVER_THRESHOLD = 'badness-over-threshold'

/** Does the notice count, and have a line? rpmlint reports an exceeded threshold in its footer instead. */
export function isLine({ id }: Notice): boolean {
  return id !== BADNESS_OVER_THRESHOLD
}

export function exceeds(total: number, { threshold }: Scoring): boolean {
  return threshold > 0 && total > threshold
}

function stated(rule: string, badness: Scoring['badness']): number | null {
  return (Object.hasOwn(badness, rule) ? badness[rule] : undefined) ?? null
}
