/**
 * A report as test cases, for the formats of test results: one for each package and rule. Clean packages are listed as passed, and a test case
 * keeps its name from build to build, so that dashboards can tell new failures from old ones.
 */
import { isAtLeast, type Finding } from '../lint/finding.js'
import type { Notice, PackageReport, Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { sentenceOf, uncheckedSentence } from './annotations.js'
import { safeText, safeLines, waiverText } from './safe-text.js'

export interface TestCase {
  /** The id of the rule or the notice, or `checked`. */
  readonly name: string
  /** `info`: findings that do not fail the run; `skip`: all findings are waived; `error`: not checked. */
  readonly outcome: 'pass' | 'fail' | 'info' | 'skip' | 'error'
  /** One line, may be empty. */
  readonly message: string
  /** The full text, in lines. */
  readonly details: string
}

export interface TestSuite {
  readonly path: string
  /** `libdemo.x86_64`, without version and release; the path if there is no such name or two packages share it. */
  readonly owner: string
  readonly testCases: readonly TestCase[]
}

/** A suite for each package, and one for the notices. */
export function testSuitesOf(report: Report, context: RenderContext): TestSuite[] {
  const owners = ownersOf(report.packages)
  const suites = report.packages.map((entry, index) => ({
    path: safeText(entry.path),
    owner: owners[index] ?? safeText(entry.path),
    testCases: packageTestCases(entry, context),
  }))
  const { name } = report.tool
  return report.notices.length === 0
    ? suites
    : [...suites, { path: name, owner: name, testCases: noticeTestCases(report.notices, context) }]
}

function ownersOf(packages: readonly PackageReport[]): string[] {
  const names = packages.map(nameOf)
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return names.map((name, index) => safeText(counts.get(name) === 1 ? name : (packages[index]?.path ?? name)))
}

function nameOf(entry: PackageReport): string {
  if (entry.outcome === 'unchecked' || entry.identity === null) return entry.path
  const { name, arch } = entry.identity
  return arch === '' ? name : `${name}.${arch}` // a build root may have none
}

function packageTestCases(entry: PackageReport, context: RenderContext): TestCase[] {
  if (entry.outcome === 'unchecked') {
    const message = uncheckedSentence(entry)
    return [{ name: 'checked', outcome: 'error', message, details: message }]
  }
  const notes = entry.notes.map(({ message }) => safeText(message))
  const ids = new Set([...context.rules.map(({ id }) => id), ...entry.findings.map(({ rule }) => rule)])
  return [
    { name: 'checked', outcome: notes.length === 0 ? 'pass' : 'info', message: notes[0] ?? '', details: notes.join('\n') },
    ...[...ids].map(id =>
      ruleTestCase(
        id,
        entry.path,
        entry.findings.filter(({ rule }) => rule === id),
        context,
      ),
    ),
  ]
}

function ruleTestCase(name: string, path: string, findings: readonly Finding[], context: RenderContext): TestCase {
  const counting = findings.filter(({ waived }) => waived === null)
  const failing = counting.find(finding => fails(finding, context))
  const first = failing ?? counting[0] ?? findings[0]
  if (first === undefined) return { name, outcome: 'pass', message: '', details: '' }
  const more = (counting.length === 0 ? findings : counting).length - 1
  const message = first.waived === null ? sentenceOf(first, path, { ...context, reportPath: null }) : `waived: ${waiverText(first.waived)}`
  return {
    name,
    outcome: counting.length === 0 ? 'skip' : failing === undefined ? 'info' : 'fail',
    message: more === 0 ? message : `${message}; and ${more} more`,
    details: findings.map(finding => detailsOf(finding, path, context)).join('\n\n'),
  }
}

function fails({ severity }: Finding, { failOn }: RenderContext): boolean {
  return failOn !== undefined && failOn !== 'never' && isAtLeast(severity, failOn)
}

function detailsOf(finding: Finding, path: string, context: RenderContext): string {
  const lines = [`${finding.severity}: ${sentenceOf(finding, path, { ...context, reportPath: null })}`]
  lines.push(finding.waived === null ? `Fix: ${safeLines(finding.remedy)}` : `waived: ${waiverText(finding.waived)}`)
  return lines.join('\n')
}

/** Further notices of the same id get a number. */
function noticeTestCases(notices: readonly Notice[], { failOn }: RenderContext): TestCase[] {
  return notices.map(({ id, severity, message, file, line }, index) => {
    const occurrence = notices.slice(0, index).filter(other => other.id === id).length + 1
    const where = file === null ? '' : `${safeText(file)}${line === null ? '' : `:${line}`}: `
    const text = where + safeText(message)
    const outcome = severity === 'error' && failOn !== 'never' ? 'fail' : 'info'
    return { name: occurrence === 1 ? id : `${id} ${occurrence}`, outcome, message: text, details: text }
  })
}
