/**
 * Workflow commands of GitHub Actions: each annotation as a command, the most severe first.
 *
 * Source: actions/runner, for the length of a message. GitHub shows only the first ten annotations of each level in a step: if there are more, the
 * tenth says how many are only in the log.
 */
import { MOST_SEVERE_FIRST } from '../lint/finding.js'
import type { Report } from '../lint/report.js'
import type { Severity } from '../lint/rule.js'
import type { RenderContext } from './format.js'
import { annotationsOf, type Annotation } from './annotations.js'
import { truncated } from './safe-text.js'
import { workflowCommand } from './workflow-command.js'

const KINDS = { error: 'error', warning: 'warning', info: 'notice' } as const

const SHOWN = 10
const MESSAGE_LIMIT = 4096 // UTF-16 units, before escapes

export function renderGithub(report: Report, context: RenderContext): string {
  const annotations = annotationsOf(report, context)
  const lines = MOST_SEVERE_FIRST.flatMap(severity =>
    linesOf(
      severity,
      annotations.filter(annotation => annotation.severity === severity),
    ),
  )
  return lines.map(line => `${line}\n`).join('')
}

function linesOf(severity: Severity, annotations: readonly Annotation[]): string[] {
  const lines = annotations.map(lineOf)
  if (lines.length <= SHOWN) return lines
  const rest = lines.length - (SHOWN - 1)
  const text = `${rest} more of severity ${severity} than GitHub shows here; see the log of this step`
  const more = workflowCommand(KINDS[severity], { title: 'rpmlint-ts' }, text)
  return [...lines.slice(0, SHOWN - 1), more, ...lines.slice(SHOWN - 1)]
}

function lineOf({ severity, id, path, line, text, remedy }: Annotation): string {
  const place = path === null ? {} : { file: path, line }
  const message = truncated(remedy === '' ? text : `${text}\nFix: ${remedy}`, MESSAGE_LIMIT)
  return workflowCommand(KINDS[severity], { ...place, title: id }, message)
}
