/**
 * GitLab's code quality report: an array of issues.
 *
 * Source: GitLab's documentation of the format; lib/gitlab/ci/reports/codequality_reports.rb, where the last of two entries with one fingerprint
 * wins. Waived findings are omitted: the format cannot express them.
 */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { jsonText } from './json-text.js'
import { annotationsOf, type Annotation } from './annotations.js'

const SEVERITIES = { error: 'critical', warning: 'major', info: 'info' } as const

export function renderGitlab(report: Report, context: RenderContext): string {
  return jsonText(annotationsOf(report, context).map(issueOf), 1)
}

function issueOf({ source, id, severity, path, line, text, fingerprint }: Annotation): object {
  return {
    description: text,
    check_name: id,
    fingerprint,
    severity: source === 'unchecked' ? 'blocker' : SEVERITIES[severity],
    location: { path: path ?? '.', lines: { begin: line } },
  }
}
