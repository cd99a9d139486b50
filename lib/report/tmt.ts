/**
 * Results for a tmt test with `result: custom`: a list of name, result and notes. Written as JSON, which tmt reads as results.json, and which is
 * YAML too.
 *
 * Source: tmt/schemas/results.yaml; tmt/result.py for what a result does. `warn` would fail the run as `fail` does, so what is told and fails
 * nothing is `info`.
 */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { jsonText } from './json-text.js'
import { segmentOf } from './uri.js'
import { verdictsOf, type Verdict } from './verdicts.js'

export function renderTmt(report: Report, context: RenderContext): string {
  const results = verdictsOf(report, context).flatMap(({ owner, verdicts }) => verdicts.map(verdict => resultOf(owner, verdict)))
  return jsonText(results, 1)
}

/** Names are paths of two segments; what could be taken for another is percent-encoded. */
function resultOf(owner: string, { name, outcome, details }: Verdict): object {
  return { name: `/${segmentOf(owner)}/${segmentOf(name)}`, result: outcome, note: details === '' ? [] : details.split('\n\n') }
}
