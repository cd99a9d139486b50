/**
 * Test results in the Test Anything Protocol, version 14 (testanything.org): a test point for each package and rule. Details are in a YAML
 * block, quoted as JSON, which is valid YAML.
 */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { jsonText } from './json-text.js'
import { testSuitesOf, type TestCase } from './test-cases.js'

export function renderTap(report: Report, context: RenderContext): string {
  const testCases = testSuitesOf(report, context).flatMap(({ owner, testCases: own }) => own.map(testCase => ({ owner, testCase })))
  const plan = testCases.length === 0 ? '1..0 # SKIP nothing to check' : `1..${testCases.length}`
  const points = testCases.flatMap(({ owner, testCase }, index) => pointOf(index + 1, owner, testCase))
  return ['TAP version 14', plan, ...points, ''].join('\n')
}

function pointOf(number: number, owner: string, { name, outcome, message, details }: TestCase): string[] {
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
