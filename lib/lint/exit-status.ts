/** The exit status of a run; rpmlint/exit-status.ts has rpmlint's. */
import { isAtLeast, type Finding } from './finding.js'
import type { Report } from './report.js'
import type { FailOn } from './settings.js'

/** 0 clean, 1 findings at or above the threshold, 2 incomplete, which takes precedence; a run without packages is incomplete. */
export function exitStatusOf(report: Report, failOn: FailOn): 0 | 1 | 2 {
  if (report.packages.length === 0 || report.packages.some(({ outcome }) => outcome === 'unchecked')) return 2
  if (failOn === 'never') return 0
  if (report.notices.some(({ severity }) => severity === 'error')) return 1
  const fails = (finding: Finding): boolean => finding.waived === null && isAtLeast(finding.severity, failOn)
  return report.packages.some(entry => entry.outcome === 'checked' && entry.findings.some(fails)) ? 1 : 0
}
