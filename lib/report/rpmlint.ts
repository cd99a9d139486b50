/**
 * Findings in rpmlint's output format, so that filters and scripts written for it work: `NAME.ARCH: E: rule detail…`, one line per finding,
 * in rpmlint's order (descending by rule, then by level).
 *
 * Source: rpmlint 2.x, rpmlint/filter.py and rpmlint/lint.py.
 */
import { printable } from '../bytes/names.js'
import { summaryOf, type PackageReport, type Report } from '../lint/report.js'
import { NO_CONFIGURATION } from '../lint/rpmlint/configuration.js'
import { LEVELS, lineOwner, rpmlintLine } from '../lint/rpmlint/line.js'
import { badnessOf, exceeds, isLine, totalBadness } from '../lint/rpmlint/scoring.js'
import type { Severity } from '../lint/rule.js'

/** Columns in which rpmlint centres its footer without a terminal. */
const WIDTH = 80

interface Line {
  readonly rule: string
  readonly severity: Severity
  readonly text: string
}

export function renderRpmlint(report: Report): string {
  const lines = [...report.packages.flatMap(entry => findingLines(entry, report)), ...noticeLines(report)]
  lines.sort((a, b) => byCodeUnit(b.rule, a.rule) || byCodeUnit(LEVELS[b.severity], LEVELS[a.severity]))
  return [...lines.map(({ text }) => text), ...footer(report), ''].join('\n')
}

function findingLines(entry: PackageReport, { scoring = NO_CONFIGURATION.scoring }: Report): Line[] {
  if (entry.outcome === 'unchecked') return []
  const owner = lineOwner(entry.identity, entry.path)
  return entry.findings
    .filter(({ waived }) => waived === null)
    .map(finding => ({ rule: finding.rule, severity: finding.severity, text: rpmlintLine(owner, finding, badnessOf(finding, scoring)) }))
}

/** Attributed to the last package, as rpmlint does with unused filters. */
function noticeLines({ packages, notices, tool }: Report): Line[] {
  const last = packages.findLast(entry => entry.outcome === 'checked')
  const owner = last === undefined ? tool.name : lineOwner(last.identity, last.path)
  return notices.filter(isLine).map(({ id, severity, message }) => {
    const detail = id === 'unused-rpmlintrc-filter' ? message.slice(0, message.lastIndexOf('"') + 1) : message // rpmlint prints only the expression
    return { rule: id, severity, text: `${owner}: ${LEVELS[severity]}: ${id} ${printable(detail)}` }
  })
}

/** Always plural, as in rpmlint; without its running time, so that the output is reproducible. */
function footer(report: Report): string[] {
  const { checked, error, warning, waived } = summaryOf(report)
  const { scoring = NO_CONFIGURATION.scoring } = report
  const count = (severity: Severity): number => report.notices.filter(notice => isLine(notice) && notice.severity === severity).length
  const badness = totalBadness(report)
  const counts = `${error + count('error')} errors, ${warning + count('warning')} warnings, ${waived} filtered, ${badness} badness`
  return [
    ...(exceeds(badness, scoring) ? [centred(`Badness ${badness} exceeds threshold ${scoring.threshold}, aborting.`, '-')] : []),
    centred(`${checked} packages and 0 specfiles checked; ${counts}`, '='),
  ]
}

function centred(text: string, fill: string): string {
  const room = WIDTH - text.length - 2
  if (room <= 0) return ` ${text} `
  const left = Math.floor(room / 2)
  return `${fill.repeat(left)} ${text} ${fill.repeat(room - left)}`
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
