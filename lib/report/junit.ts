/**
 * Test results as JUnit's reporters write them: a suite for each package, a test for each rule.
 *
 * Source: junit-10.xsd of Jenkins' xunit-plugin, which has no `file` of a test, and GitLab's parser (lib/gitlab/ci/parsers/test/junit.rb), which
 * shows the text inside failure, error or skipped. There is no time in it, so that the same packages give the same file.
 */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { reportedPath } from './reported-path.js'
import { verdictsOf, type Verdict, type VerdictGroup } from './verdicts.js'
import { element, textElement, xmlDocument } from './xml.js'

export function renderJunit(report: Report, context: RenderContext): string {
  const groups = verdictsOf(report, context)
  const { skipped: _, ...counts } = countsOf(groups.flatMap(({ verdicts }) => verdicts))
  const suites = groups.map((group, index) => suiteOf(group, report.packages[index]?.path ?? null, context))
  return xmlDocument(element('testsuites', { name: report.tool.name, ...counts }, suites))
}

function suiteOf({ path, owner, verdicts }: VerdictGroup, file: string | null, context: RenderContext): string {
  const place = file === null ? {} : { file: reportedPath(file, context) }
  return element(
    'testsuite',
    { name: path, ...countsOf(verdicts), ...place },
    verdicts.map(verdict => caseOf(owner, verdict)),
  )
}

function countsOf(verdicts: readonly Verdict[]) {
  const count = (outcome: Verdict['outcome']): number => verdicts.filter(verdict => verdict.outcome === outcome).length
  return { tests: verdicts.length, failures: count('fail'), errors: count('error'), skipped: count('skip') }
}

const ELEMENTS = { fail: 'failure', error: 'error', skip: 'skipped' } as const

function caseOf(classname: string, { name, outcome, message, details }: Verdict): string {
  const test = { classname, name }
  if (outcome === 'pass') return element('testcase', test)
  if (outcome === 'info') return element('testcase', test, [textElement('system-out', {}, details)])
  return element('testcase', test, [textElement(ELEMENTS[outcome], { type: name, message }, details)])
}
