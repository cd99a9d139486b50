/**
 * Findings as rpmlint prints them, so that filters and scripts written for it work: `NAME.ARCH: E: rule detail…`, one line a finding,
 * in rpmlint's order (descending by rule, then by level).
 *
 * Source: rpmlint 2.x, rpmlint/filter.py.
 */
import { printable, textOf } from '../bytes/names.js'
import type { Identity } from '../facts/model.js'
import type { Finding } from '../lint/finding.js'
import { summaryOf, type Report } from '../lint/report.js'
import type { Severity } from '../lint/rule.js'

const LEVELS: Readonly<Record<Severity, string>> = { error: 'E', warning: 'W', info: 'I' }

export function renderRpmlint(report: Report): string {
  const lines: { readonly rule: string; readonly level: string; readonly text: string }[] = []
  for (const entry of report.packages) {
    if (entry.outcome === 'unchecked') continue
    const owner = entry.identity === null ? printable(entry.path) : printable(ownerOf(entry.identity))
    for (const finding of entry.findings) {
      if (finding.waived === null) lines.push({ rule: finding.rule, level: LEVELS[finding.severity], text: lineOf(owner, finding) })
    }
  }
  lines.sort((a, b) => compare(b.rule, a.rule) || compare(b.level, a.level))
  return [...lines.map(({ text }) => text), footer(report), ''].join('\n')
}

/** As rpmlint has it: no dot where a build root was given no architecture. */
function ownerOf({ name, arch }: Identity): string {
  return arch === '' ? name : `${name}.${arch}`
}

function lineOf(owner: string, { rule, severity, file, symbols }: Finding): string {
  const details = [file ?? '', ...symbols.map(textOf)].filter(detail => detail !== '').map(printable)
  return [`${owner}: ${LEVELS[severity]}: ${rule}`, ...details].join(' ')
}

/** Always the plural, as rpmlint has it; no running time, so that two runs over the same packages print the same. */
function footer(report: Report): string {
  const { checked, error, warning, waived } = summaryOf(report)
  return ` ${checked} packages and 0 specfiles checked; ${error} errors, ${warning} warnings, ${waived} filtered, ${error} badness `
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
