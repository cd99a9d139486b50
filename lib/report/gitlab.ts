/**
 * GitLab's code quality report: an array of problems.
 *
 * Source: GitLab's documentation of the format; lib/gitlab/ci/reports/codequality_reports.rb, where the last of two entries with one fingerprint
 * wins. What is waived is left out, for the format cannot say it.
 */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { jsonText } from './json-text.js'
import { remarksOf, type Remark } from './remarks.js'

const SEVERITIES = { error: 'critical', warning: 'major', info: 'info' } as const

export function renderGitlab(report: Report, context: RenderContext): string {
  return jsonText(remarksOf(report, context).map(problemOf), 1)
}

function problemOf({ source, id, severity, path, line, text, fingerprint }: Remark): object {
  return {
    description: text,
    check_name: id,
    fingerprint,
    severity: source === 'unchecked' ? 'blocker' : SEVERITIES[severity],
    location: { path: path ?? '.', lines: { begin: line } },
  }
}
