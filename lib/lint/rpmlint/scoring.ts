/** Badness: rpmlint's way of weighing findings. Source: rpmlint 2.x, rpmlint/filter.py, add_info. */
import type { Finding } from '../finding.js'
import type { Notice, Report } from '../report.js'
import type { Severity } from '../rule.js'
import { NO_CONFIGURATION, type Scoring } from './configuration.js'

/** What the finding counts: what the configuration says, else 1 for an error and 0 for anything less. */
export function badnessOf({ rule, severity }: Pick<Finding, 'rule' | 'severity'>, { badness }: Scoring): number {
  return stated(rule, badness) ?? (severity === 'error' ? 1 : 0)
}

/** Badness makes an error of any finding, and none a warning of an error. A rule that is blocked is made graver only. */
export function scoredSeverity({ rule, severity }: Pick<Finding, 'rule' | 'severity'>, { badness }: Scoring, isBlocked: boolean): Severity {
  const count = stated(rule, badness)
  if (count === null) return severity
  if (count > 0) return 'error'
  return severity === 'error' && !isBlocked ? 'warning' : severity
}

/** The sum over the findings that count; a notice that is an error counts 1, as rpmlint's unused filters do. */
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

/** The notice that the sum is too large has a line of its own in rpmlint's output, and is no part of the sum. */
export function isLine({ id }: Notice): boolean {
  return id !== BADNESS_OVER_THRESHOLD
}

export function exceeds(total: number, { threshold }: Scoring): boolean {
  return threshold > 0 && total > threshold
}

function stated(rule: string, badness: Scoring['badness']): number | null {
  return (Object.hasOwn(badness, rule) ? badness[rule] : undefined) ?? null
}
