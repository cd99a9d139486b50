/**
 * Test results in the Test Anything Protocol, version 14 (testanything.org): a test for each package and rule. What there is to say stands in a
 * YAML block, in JSON's quotes, which are YAML's too.
 */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { jsonText } from './json-text.js'
import { verdictsOf, type Verdict } from './verdicts.js'

export function renderTap(report: Report, context: RenderContext): string {
  const verdicts = verdictsOf(report, context).flatMap(({ owner, verdicts: own }) => own.map(verdict => ({ owner, verdict })))
  const plan = verdicts.length === 0 ? '1..0 # SKIP nothing to check' : `1..${verdicts.length}`
  const points = verdicts.flatMap(({ owner, verdict }, index) => pointOf(index + 1, owner, verdict))
  return ['TAP version 14', plan, ...points, ''].join('\n')
}

function pointOf(number: number, owner: string, { name, outcome, message, details }: Verdict): string[] {
  const isOk = outcome !== 'fail' && outcome !== 'error'
  const point = `${isOk ? 'ok' : 'not ok'} ${number} - ${escaped(`${owner} ${name}`)}`
  if (outcome === 'pass') return [point]
  if (outcome === 'skip') return [`${point} # SKIP ${escaped(message)}`]
  return [point, '  ---', `  severity: ${outcome}`, `  message: ${quoted(message)}`, `  details: ${quoted(details)}`, '  ...']
}

/** A `#` would begin a directive. */
function escaped(text: string): string {
  return text.replace(/[\\#]/g, '\\$&')
}

function quoted(text: string): string {
  return jsonText(text, 0).trimEnd()
}
