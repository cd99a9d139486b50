/**
 * The report as plain text: package, file, message, symbols, why and fix. The explanation is printed once per rule, and each fix once. Unchecked
 * packages are reported on standard error, not here.
 */
import { printable } from '../bytes/names.js'
import type { Finding } from '../lint/finding.js'
import { summaryOf, type CheckedPackage, type Notice, type Report } from '../lint/report.js'
import type { FailOn } from '../lint/settings.js'
import type { AnyRule, Severity } from '../lint/rule.js'
import { symbolList } from './safe-text.js'
import type { Style } from './style.js'
import { wrap } from './wrap.js'

export interface TextOptions {
  readonly style: Style
  /** Columns of the terminal; text is wrapped to it. */
  readonly width: number
  /** No infos, clean packages or explanations. */
  readonly isQuiet: boolean
  /** Severity that fails the run: a quiet report omits infos unless they do. */
  readonly failOn?: FailOn
  /** Source of explanations. */
  readonly rules: readonly AnyRule[]
}

const INDENT = '      '

/** Ends with a newline, or is empty if a quiet run has nothing to report. */
export function renderText(report: Report, options: TextOptions): string {
  const printed = new Set<string>()
  const parts = report.packages
    .map(entry => (entry.outcome === 'checked' ? renderChecked(entry, printed, options) : ''))
    .filter(part => part !== '')
  const notices = report.notices.filter(({ severity }) => isShown(severity, options)).map(notice => renderNotice(notice, options))
  if (notices.length > 0) parts.push(notices.join('\n'))
  if (!options.isQuiet) parts.push(renderSummary(report, options.style))
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`
}

function renderChecked(entry: CheckedPackage, printed: Set<string>, options: TextOptions): string {
  const { style, isQuiet } = options
  const findings = entry.findings.filter(({ severity, waived }) => waived === null && isShown(severity, options))
  const notes = isQuiet
    ? []
    : entry.notes.map(({ message }) => `  ${style.dim('note')}  ${wrap(printable(message), options.width, INDENT).trimStart()}`)
  if (findings.length === 0 && isQuiet) return ''
  const objects = `${entry.objects} ELF object${entry.objects === 1 ? '' : 's'}`
  const title = `${style.bold(printable(entry.path))}${entry.sourceRpm === null ? '' : style.dim(`  from ${printable(entry.sourceRpm)}`)}`
  if (findings.length === 0) return [`${title}: ${style.green('clean')} ${style.dim(`(${objects})`)}`, ...notes].join('\n')
  return [title, ...findings.map(finding => renderFinding(finding, printed, options)), ...notes].join('\n')
}

function isShown(severity: Severity, { isQuiet, failOn }: TextOptions): boolean {
  return !isQuiet || severity !== 'info' || failOn === 'info'
}

function renderFinding(finding: Finding, printed: Set<string>, options: TextOptions): string {
  const { style, width, isQuiet } = options
  const where = finding.file === null ? '(package)' : printable(finding.file)
  const lines = [
    `  ${severityMark(finding.severity, style)} ${style.bold(where)} ${style.dim(finding.rule)}`,
    wrap(printable(finding.message), width, INDENT),
  ]
  if (finding.symbols.length > 0) lines.push(wrap(symbolList(finding.symbols), width, INDENT))
  const alsoAt = finding.data['alsoAt']
  if (Array.isArray(alsoAt)) lines.push(wrap(printable(`also at ${alsoAt.join(', ')}`), width, INDENT))
  if (finding.unwaived !== null) lines.push(wrap(printable(`not waived: ${finding.unwaived}`), width, INDENT))
  const why = options.rules.find(({ id }) => id === finding.rule)?.why ?? ''
  if (!isQuiet && finding.severity !== 'info' && !printed.has(finding.rule)) lines.push(wrap(`why: ${why}`, width, INDENT))
  if (!isQuiet && finding.severity !== 'info' && !printed.has(finding.remedy)) lines.push(fixOf(finding, options))
  printed.add(finding.rule).add(finding.remedy)
  return lines.join('\n')
}

/** Lines of a fix. */
const FIX_LINES = 5

/** As many alternatives as fit; never a part of one, which could be a script. The rest is in the explanation of the rule and in other formats. */
function fixOf({ rule: id, remedy }: Finding, { width, rules }: TextOptions): string {
  const items = `fix: ${printableLines(remedy)}`.split('\n').map(item => wrap(item, width, INDENT).split('\n'))
  const isDetailed = rules.find(rule => rule.id === id)?.remedyInDetail !== undefined
  const fits = (count: number): boolean => items.slice(0, count).flat().length <= FIX_LINES - (isDetailed || count < items.length ? 1 : 0)
  const count = items.findLastIndex((_, index) => fits(index + 1)) + 1
  const shown = count === 0 ? items[0]!.slice(0, FIX_LINES - 1) : items.slice(0, count).flat()
  return [...shown, ...(isDetailed || count < items.length ? [`${INDENT}more: rpmlint-ts explain ${printable(id)}`] : [])].join('\n')
}

function renderNotice({ id, severity, message, file, line }: Notice, { style, width }: TextOptions): string {
  const where = file === null ? '(run)' : printable(line === null ? file : `${file}:${line}`)
  return `${severityMark(severity, style)} ${style.bold(where)} ${style.dim(id)}\n${wrap(printable(message), width, INDENT)}`
}

function severityMark(severity: Severity, style: Style): string {
  return { error: style.red('error'), warning: style.yellow('warning'), info: style.cyan('info') }[severity]
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}

function renderSummary(report: Report, style: Style): string {
  const { packages, unchecked, objects, error, warning, info, waived } = summaryOf(report)
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
  const found = [
    error > 0 ? style.red(count(error, 'error')) : '0 errors',
    warning > 0 ? style.yellow(count(warning, 'warning')) : '0 warnings',
    `${info} info`,
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(unchecked > 0 ? [style.red(`${unchecked} not checked`)] : []),
  ]
  return `${count(packages, 'package')}, ${count(objects, 'ELF object')}: ${found.join(', ')}`
}
