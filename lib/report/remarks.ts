/**
 * A report as a list of remarks, for the formats that know problems in files and nothing else: each finding that counts, each package that could
 * not be checked, each notice. What is waived is no remark.
 */
import { createHash } from 'node:crypto'
import type { Finding } from '../lint/finding.js'
import type { Notice, PackageReport, Report, UncheckedPackage } from '../lint/report.js'
import type { Severity } from '../lint/rule.js'
import { relativePath, reportedPath, type PathContext } from './reported-path.js'
import { shown, shownLines, shownNames } from './shown.js'

export interface Remark {
  readonly source: 'finding' | 'unchecked' | 'notice'
  /** The rule, the notice, or `unchecked`. */
  readonly id: string
  readonly severity: Severity
  /** The file to show it at; `null` where it is about none. */
  readonly path: string | null
  readonly line: number
  /** One line. */
  readonly text: string
  /** How to mend it, in lines; empty where nobody knows. */
  readonly remedy: string
  /** No two remarks of a report have the same. */
  readonly fingerprint: string
}

/** In the order of the report; notices come last. */
export function remarksOf(report: Report, context: PathContext): Remark[] {
  const remarks = [
    ...report.packages.flatMap(entry => packageRemarks(entry, context)),
    ...report.notices.map(notice => noticeRemark(notice, context)),
  ]
  const distinct = distinctFingerprints(remarks)
  return remarks.map((remark, index) => ({ ...remark, fingerprint: distinct[index] ?? remark.fingerprint }))
}

/**
 * The fingerprints, all different: where two packages of one name are in a report, the second's findings have a number behind theirs. GitLab lets
 * the last of two with the same fingerprint win without a word.
 */
export function distinctFingerprints(entries: readonly { readonly fingerprint: string }[]): string[] {
  const seen = new Map<string, number>()
  return entries.map(({ fingerprint }) => {
    const occurrence = (seen.get(fingerprint) ?? 0) + 1
    seen.set(fingerprint, occurrence)
    return occurrence === 1 ? fingerprint : `${fingerprint}:${occurrence}`
  })
}

/** `/usr/lib64/libx.so.1: exports 2 OpenSSL names … (CRYPTO_lock, CRYPTO_add_lock)`; the package is named where the page does not show its path. */
export function sentenceOf(finding: Finding, packagePath: string, { reportPath }: PathContext): string {
  const where = [reportPath === null ? null : packagePath, finding.file === packagePath ? null : finding.file].filter(part => part !== null)
  const names = finding.symbols.length === 0 ? '' : ` (${shownNames(finding.symbols)})`
  const unwaived = finding.unwaived === null ? '' : `; not waived: ${finding.unwaived}`
  return `${where.length === 0 ? '' : `${shown(where.join('!'))}: `}${shown(finding.message)}${names}${shown(unwaived)}`
}

/** Why a package was not checked, without its path. */
export function uncheckedSentence({ reason, message }: UncheckedPackage): string {
  return `not checked (${reason}): ${shown(message)}`
}

function packageRemarks(entry: PackageReport, context: PathContext): Remark[] {
  const place = { path: shown(reportedPath(entry.path, context)), line: 1 }
  if (entry.outcome === 'unchecked') {
    const text = `${shown(entry.path)}: ${uncheckedSentence(entry)}`
    return [
      { source: 'unchecked', id: 'unchecked', severity: 'error', ...place, text, remedy: '', fingerprint: hash('unchecked', entry.path) },
    ]
  }
  return entry.findings
    .filter(({ waived }) => waived === null)
    .map(finding => ({
      source: 'finding',
      id: finding.rule,
      severity: finding.severity,
      ...place,
      text: sentenceOf(finding, entry.path, context),
      remedy: shownLines(finding.remedy),
      fingerprint: finding.fingerprint,
    }))
}

function noticeRemark({ id, severity, message, file, line }: Notice, { workingDirectory }: PathContext): Remark {
  return {
    source: 'notice',
    id,
    severity,
    path: file === null ? null : shown(relativePath(file, workingDirectory)),
    line: line ?? 1,
    text: shown(message),
    remedy: '',
    fingerprint: hash('notice', id, file ?? '', message),
  }
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32)
}
