/**
 * Results for a tmt test with `result: custom`: a list of name, result and notes. Written as JSON, which tmt reads as results.json; it is
 * also valid YAML.
 *
 * Source: tmt/schemas/results.yaml; tmt/result.py for the effect of a result. `warn` would fail the run as `fail` does, so findings that
 * do not fail the run are `info`.
 */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { jsonText } from './json-text.js'
import { segmentOf } from './uri.js'
import { testSuitesOf, type TestCase } from './test-cases.js'

export function renderTmt(report: Report, context: RenderContext): string {
  const results = testSuitesOf(report, context).flatMap(({ owner, testCases }) => testCases.map(testCase => resultOf(owner, testCase)))
  return jsonText(results, 1)
}

/** Names are paths of two segments, percent-encoded. */
function resultOf(owner: string, { name, outcome, details }: TestCase): object {
  return { name: `/${segmentOf(owner)}/${segmentOf(name)}`, result: outcome, note: details === '' ? [] : details.split('\n\n') }
}
