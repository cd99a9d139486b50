/**
 * Findings as rpmlint prints them, so that filters and scripts written for it work: `NAME.ARCH: E: rule detail…`, one line a finding,
 * in rpmlint's order (descending by rule, then by level).
 *
 * Source: rpmlint 2.x, rpmlint/filter.py.
 */
import { printable, textOf } from '../bytes/names.js'
import { summaryOf, type CheckedPackage, type PackageReport, type Report } from '../lint/report.js'
import type { Severity } from '../lint/rule.js'

const LEVELS: Readonly<Record<Severity, string>> = { error: 'E', warning: 'W', info: 'I' }

interface Line {
  readonly rule: string
  readonly level: string
  readonly text: string
}

export function renderRpmlint(report: Report): string {
  const lines = [...report.packages.flatMap(packageLines), ...noticeLines(report)]
  lines.sort((a, b) => compare(b.rule, a.rule) || compare(b.level, a.level))
  return [...lines.map(({ text }) => text), footer(report), ''].join('\n')
}

function packageLines(entry: PackageReport): Line[] {
  if (entry.outcome === 'unchecked') return []
  return entry.findings
    .filter(({ waived }) => waived === null)
    .map(({ rule, severity, file, symbols }) => lineOf(ownerOf(entry), severity, rule, [file ?? '', ...symbols.map(textOf)]))
}

/** On the last package, as rpmlint tells of a filter that nothing needed. */
function noticeLines({ packages, notices, tool }: Report): Line[] {
  const last = packages.findLast(entry => entry.outcome === 'checked')
  return notices.map(({ id, severity, message }) => lineOf(last === undefined ? tool.name : ownerOf(last), severity, id, [message]))
}

/** As rpmlint has it: no dot where a build root was given no architecture. */
function ownerOf({ identity, path }: CheckedPackage): string {
  if (identity === null) return printable(path)
  return printable(identity.arch === '' ? identity.name : `${identity.name}.${identity.arch}`)
}

function lineOf(owner: string, severity: Severity, rule: string, details: readonly string[]): Line {
  const level = LEVELS[severity]
  return { rule, level, text: [`${owner}: ${level}: ${rule}`, ...details.filter(detail => detail !== '').map(printable)].join(' ') }
}

/** Always the plural, as rpmlint has it; no running time, so that two runs over the same packages print the same. */
function footer(report: Report): string {
  const { checked, waived, ...counts } = summaryOf(report)
  const [error, warning] = (['error', 'warning'] as const).map(
    level => counts[level] + report.notices.filter(({ severity }) => severity === level).length,
  )
  return ` ${checked} packages and 0 specfiles checked; ${error} errors, ${warning} warnings, ${waived} filtered, ${error} badness `
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
