/**
 * A report as verdicts, for the formats of test results: each package is held against each rule that ran. So what is clean is seen to be, and a
 * test keeps its name from build to build, which lets a dashboard tell a new failure from an old one.
 */
import { isAtLeast, type Finding } from '../lint/finding.js'
import type { Notice, PackageReport, Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { sentenceOf, uncheckedSentence } from './remarks.js'
import { shown, shownLines, shownWaiver } from './shown.js'

export interface Verdict {
  /** The rule, or `checked`, or the notice. */
  readonly name: string
  /** `info`: told, but it fails nothing; `skip`: all of it is waived; `error`: there is no verdict. */
  readonly outcome: 'pass' | 'fail' | 'info' | 'skip' | 'error'
  /** One line; empty where there is nothing to say. */
  readonly message: string
  /** All of it, in lines. */
  readonly details: string
}

export interface VerdictGroup {
  readonly path: string
  /** `libdemo.x86_64`, without version and release; the path where there is no such name, or two packages have it. */
  readonly owner: string
  readonly verdicts: readonly Verdict[]
}

/** A group for each package, and one for what is about the run. */
export function verdictsOf(report: Report, context: RenderContext): VerdictGroup[] {
  const owners = ownersOf(report.packages)
  const groups = report.packages.map((entry, index) => ({
    path: shown(entry.path),
    owner: owners[index] ?? shown(entry.path),
    verdicts: packageVerdicts(entry, context),
  }))
  const { name } = report.tool
  return report.notices.length === 0 ? groups : [...groups, { path: name, owner: name, verdicts: noticeVerdicts(report.notices, context) }]
}

function ownersOf(packages: readonly PackageReport[]): string[] {
  const names = packages.map(nameOf)
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return names.map((name, index) => shown(counts.get(name) === 1 ? name : (packages[index]?.path ?? name)))
}

function nameOf(entry: PackageReport): string {
  if (entry.outcome === 'unchecked' || entry.identity === null) return entry.path
  const { name, arch } = entry.identity
  return arch === '' ? name : `${name}.${arch}` // a build root need not have one
}

function packageVerdicts(entry: PackageReport, context: RenderContext): Verdict[] {
  if (entry.outcome === 'unchecked') {
    const message = uncheckedSentence(entry)
    return [{ name: 'checked', outcome: 'error', message, details: message }]
  }
  const notes = entry.notes.map(({ message }) => shown(message))
  const ids = new Set([...context.rules.map(({ id }) => id), ...entry.findings.map(({ rule }) => rule)])
  return [
    { name: 'checked', outcome: notes.length === 0 ? 'pass' : 'info', message: notes[0] ?? '', details: notes.join('\n') },
    ...[...ids].map(id =>
      ruleVerdict(
        id,
        entry.path,
        entry.findings.filter(({ rule }) => rule === id),
        context,
      ),
    ),
  ]
}

function ruleVerdict(name: string, path: string, findings: readonly Finding[], context: RenderContext): Verdict {
  const counting = findings.filter(({ waived }) => waived === null)
  const failing = counting.find(finding => fails(finding, context))
  const first = failing ?? counting[0] ?? findings[0]
  if (first === undefined) return { name, outcome: 'pass', message: '', details: '' }
  const more = (counting.length === 0 ? findings : counting).length - 1
  const message = first.waived === null ? sentenceOf(first, path, { ...context, reportPath: null }) : `waived: ${shownWaiver(first.waived)}`
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
  lines.push(finding.waived === null ? `Fix: ${shownLines(finding.remedy)}` : `waived: ${shownWaiver(finding.waived)}`)
  return lines.join('\n')
}

/** The second of a kind has a number behind its name. */
function noticeVerdicts(notices: readonly Notice[], { failOn }: RenderContext): Verdict[] {
  return notices.map(({ id, severity, message, file, line }, index) => {
    const occurrence = notices.slice(0, index).filter(other => other.id === id).length + 1
    const where = file === null ? '' : `${shown(file)}${line === null ? '' : `:${line}`}: `
    const text = where + shown(message)
    const outcome = severity === 'error' && failOn !== 'never' ? 'fail' : 'info'
    return { name: occurrence === 1 ? id : `${id} ${occurrence}`, outcome, message: text, details: text }
  })
}
