/** Thresholds that fail a run when exceeded: --max-warnings, and badness. */
import { summaryOf, type Notice, type Report } from './report.js'
import { NO_CONFIGURATION } from './rpmlint/configuration.js'
import { BADNESS_OVER_THRESHOLD, exceeds, totalBadness } from './rpmlint/scoring.js'

/** An error for each exceeded threshold. `maxWarnings` is `null` for no limit. */
export function thresholdNotices(report: Report, maxWarnings: number | null): Notice[] {
  const { warning } = summaryOf(report)
  const { scoring = NO_CONFIGURATION.scoring } = report
  const badness = totalBadness(report)
  return [
    ...(maxWarnings !== null && warning > maxWarnings
      ? [failure('too-many-warnings', `${warning} ${warning === 1 ? 'warning exceeds' : 'warnings exceed'} --max-warnings ${maxWarnings}`)]
      : []),
    ...(exceeds(badness, scoring)
      ? [failure(BADNESS_OVER_THRESHOLD, `badness ${badness} exceeds the threshold of ${scoring.threshold}`)]
      : []),
  ]
}

function failure(id: string, message: string): Notice {
  return { id, severity: 'error', message, file: null, line: null }
}
