/**
 * A report as a list of annotations, for formats that can only express problems in files: one for each finding, each unchecked package and each
 * notice. Waived findings have none.
 */
import { createHash } from 'node:crypto'
import type { Finding } from '../lint/finding.js'
import type { Notice, PackageReport, Report, UncheckedPackage } from '../lint/report.js'
import type { Severity } from '../lint/rule.js'
import { relativePath, reportedPath, type PathContext } from './reported-path.js'
import { safeText, safeLines, symbolList } from './safe-text.js'

export interface Annotation {
  readonly source: 'finding' | 'unchecked' | 'notice'
  /** The id of the rule or the notice, or `unchecked`. */
  readonly id: string
  readonly severity: Severity
  /** The file to annotate; `null` for none. */
  readonly path: string | null
  readonly line: number
  /** One line. */
  readonly text: string
  /** The fix, in lines; empty if unknown. */
  readonly remedy: string
  /** Unique within a report. */
  readonly fingerprint: string
}

/** In the order of the report; notices come last. */
export function annotationsOf(report: Report, context: PathContext): Annotation[] {
  const annotations = [
    ...report.packages.flatMap(entry => packageAnnotations(entry, context)),
    ...report.notices.map(notice => noticeAnnotation(notice, context)),
  ]
  const distinct = distinctFingerprints(annotations)
  return annotations.map((annotation, index) => ({ ...annotation, fingerprint: distinct[index] ?? annotation.fingerprint }))
}

/**
 * The fingerprints, made unique: if a report has two packages of the same name, those of the second get a number appended. GitLab silently drops
 * all but the last entry of a fingerprint.
 */
export function distinctFingerprints(entries: readonly { readonly fingerprint: string }[]): string[] {
  const seen = new Map<string, number>()
  return entries.map(({ fingerprint }) => {
    const occurrence = (seen.get(fingerprint) ?? 0) + 1
    seen.set(fingerprint, occurrence)
    return occurrence === 1 ? fingerprint : `${fingerprint}:${occurrence}`
  })
}

/** `/usr/lib64/libx.so.1: exports 2 OpenSSL symbols … (CRYPTO_lock, CRYPTO_add_lock)`; with the package if the annotated path is another. */
export function sentenceOf(finding: Finding, packagePath: string, { reportPath }: PathContext): string {
  const where = [reportPath === null ? null : packagePath, finding.file === packagePath ? null : finding.file].filter(part => part !== null)
  const names = finding.symbols.length === 0 ? '' : ` (${symbolList(finding.symbols)})`
  const unwaived = finding.unwaived === null ? '' : `; not waived: ${finding.unwaived}`
  return `${where.length === 0 ? '' : `${safeText(where.join('!'))}: `}${safeText(finding.message)}${names}${safeText(unwaived)}`
}

/** Why a package was not checked, without its path. */
export function uncheckedSentence({ reason, message }: UncheckedPackage): string {
  return `not checked (${reason}): ${safeText(message)}`
}

function packageAnnotations(entry: PackageReport, context: PathContext): Annotation[] {
  const place = { path: safeText(reportedPath(entry.path, context)), line: 1 }
  if (entry.outcome === 'unchecked') {
    const text = `${safeText(entry.path)}: ${uncheckedSentence(entry)}`
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
      remedy: safeLines(finding.remedy),
      fingerprint: finding.fingerprint,
    }))
}

function noticeAnnotation({ id, severity, message, file, line }: Notice, { workingDirectory }: PathContext): Annotation {
  return {
    source: 'notice',
    id,
    severity,
    path: file === null ? null : safeText(relativePath(file, workingDirectory)),
    line: line ?? 1,
    text: safeText(message),
    remedy: '',
    fingerprint: hash('notice', id, file ?? '', message),
  }
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32)
}
