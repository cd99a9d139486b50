/**
 * Test results as JUnit XML: a suite for each package, a test case for each rule.
 *
 * Source: junit-10.xsd of Jenkins' xunit-plugin, which has no `file` of a test case, and GitLab's parser (lib/gitlab/ci/parsers/test/junit.rb), which
 * shows the text inside failure, error or skipped. It has no timestamps, so that the output is reproducible.
 */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { reportedPath } from './reported-path.js'
import { testSuitesOf, type TestCase, type TestSuite } from './test-cases.js'
import { element, textElement, xmlDocument } from './xml.js'

export function renderJunit(report: Report, context: RenderContext): string {
  const testSuites = testSuitesOf(report, context)
  const { skipped: _, ...counts } = countsOf(testSuites.flatMap(({ testCases }) => testCases))
  const suites = testSuites.map((testSuite, index) => suiteOf(testSuite, report.packages[index]?.path ?? null, context))
  return xmlDocument(element('testsuites', { name: report.tool.name, ...counts }, suites))
}

function suiteOf({ path, owner, testCases }: TestSuite, file: string | null, context: RenderContext): string {
  const place = file === null ? {} : { file: reportedPath(file, context) }
  return element(
    'testsuite',
    { name: path, ...countsOf(testCases), ...place },
    testCases.map(testCase => caseOf(owner, testCase)),
  )
}

function countsOf(testCases: readonly TestCase[]) {
  const count = (outcome: TestCase['outcome']): number => testCases.filter(testCase => testCase.outcome === outcome).length
  return { tests: testCases.length, failures: count('fail'), errors: count('error'), skipped: count('skip') }
}

const ELEMENTS = { fail: 'failure', error: 'error', skip: 'skipped' } as const

function caseOf(classname: string, { name, outcome, message, details }: TestCase): string {
  const test = { classname, name }
  if (outcome === 'pass') return element('testcase', test)
  if (outcome === 'info') return element('testcase', test, [textElement('system-out', {}, details)])
  return element('testcase', test, [textElement(ELEMENTS[outcome], { type: name, message }, details)])
}
