/**
 * rpmlint's exit status. `--fail-on` replaces its --strict, which turns everything into an error, and `--exit-zero` its --permissive.
 *
 * Source: rpmlint 2.x, rpmlint/lint.py and rpmlint/cli.py.
 */
import { isAtLeast } from '../finding.js'
import type { Report } from '../report.js'
import type { FailOn } from '../settings.js'
import { NO_CONFIGURATION } from './configuration.js'
import { exceeds, isLine, totalBadness } from './scoring.js'

const MISSING = 2
const UNREADABLE = 3
const ERRORS = 64
const ONLY_PROMOTED = 65
const BADNESS = 66

export function rpmlintStatusOf(report: Report, failOn: FailOn, isPermissive: boolean): number {
  const unchecked = report.packages.filter(entry => entry.outcome === 'unchecked')
  if (unchecked.some(({ reason }) => reason !== 'unreadable')) return UNREADABLE
  if (unchecked.length > 0 || report.packages.length === 0) return MISSING // rpmlint passes an empty directory; a gate must not
  if (exceeds(totalBadness(report), report.scoring ?? NO_CONFIGURATION.scoring)) return BADNESS
  if (isPermissive || failOn === 'never') return 0
  return errorStatus(report, failOn)
}

function errorStatus({ packages, notices }: Report, failOn: Exclude<FailOn, 'never'>): number {
  const findings = packages.flatMap(entry => (entry.outcome === 'checked' ? entry.findings : [])).filter(({ waived }) => waived === null)
  if (findings.some(({ severity }) => severity === 'error') || notices.some(notice => isLine(notice) && notice.severity === 'error'))
    return ERRORS
  return findings.some(({ severity }) => isAtLeast(severity, failOn)) ? ONLY_PROMOTED : 0
}
