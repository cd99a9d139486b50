/** Reviewdog Diagnostic Format (proto/rdf/reviewdog.proto): one DiagnosticResult. Waived findings are omitted. */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { jsonText } from './json-text.js'
import { annotationsOf, type Annotation } from './annotations.js'

const SEVERITIES = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const

export function renderRdjson(report: Report, context: RenderContext): string {
  return jsonText({ source: { name: report.tool.name }, diagnostics: annotationsOf(report, context).map(diagnosticOf) }, 1)
}

function diagnosticOf({ id, severity, path, line, text, remedy }: Annotation): object {
  return {
    message: remedy === '' ? text : `${text}\nFix: ${remedy}`,
    location: { path: path ?? '.', range: { start: { line } } },
    severity: SEVERITIES[severity],
    code: { value: id },
  }
}
