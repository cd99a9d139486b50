/**
 * Workflow commands of GitHub Actions: each remark as an annotation, the gravest first.
 *
 * Source: actions/toolkit, command.ts, for what is escaped; actions/runner for the length of a message. GitHub shows the first ten annotations of
 * a kind in a step, so where there are more, the tenth says how many stand in the log alone.
 */
import { GRAVEST_FIRST } from '../lint/finding.js'
import type { Report } from '../lint/report.js'
import type { Severity } from '../lint/rule.js'
import type { RenderContext } from './format.js'
import { remarksOf, type Remark } from './remarks.js'
import { clipped } from './shown.js'

const KINDS = { error: 'error', warning: 'warning', info: 'notice' } as const

const SHOWN = 10
const MESSAGE_LIMIT = 4096 // UTF-16 units, before escapes

export function renderGithub(report: Report, context: RenderContext): string {
  const remarks = remarksOf(report, context)
  const lines = GRAVEST_FIRST.flatMap(severity =>
    linesOf(
      severity,
      remarks.filter(remark => remark.severity === severity),
    ),
  )
  return lines.map(line => `${line}\n`).join('')
}

function linesOf(severity: Severity, remarks: readonly Remark[]): string[] {
  const lines = remarks.map(lineOf)
  if (lines.length <= SHOWN) return lines
  const rest = lines.length - (SHOWN - 1)
  const kind = KINDS[severity]
  const more = `::${kind} title=rpmlint-ts::${rest} more of severity ${severity} than GitHub shows here; see the log of this step`
  return [...lines.slice(0, SHOWN - 1), more, ...lines.slice(SHOWN - 1)]
}

function lineOf({ severity, id, path, line, text, remedy }: Remark): string {
  const place = path === null ? [] : [`file=${property(path)}`, `line=${line}`]
  const message = clipped(remedy === '' ? text : `${text}\nFix: ${remedy}`, MESSAGE_LIMIT)
  return `::${KINDS[severity]} ${[...place, `title=${property(id)}`].join(',')}::${data(message)}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
