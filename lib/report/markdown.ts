/**
 * The report as GitHub Flavored Markdown, for a job summary or a comment.
 *
 * GitHub rejects a summary of more than 1,024 KiB as a whole (actions/runner, FileCommandManager.cs): a longer report is cut between items, and
 * says so at the end.
 */
import { MOST_SEVERE_FIRST, type Finding } from '../lint/finding.js'
import { summaryOf, type PackageReport, type Report } from '../lint/report.js'
import { findingItem, fixItem, noteItem, noticeItem, packageRow, uncheckedItem } from './markdown-items.js'

/** Bytes, well below GitHub's limit. */
export const MARKDOWN_LIMIT = 1_000_000
const ROOM_FOR_THE_END = 200

export function renderMarkdown(report: Report): string {
  return markdownWithin(report, MARKDOWN_LIMIT)
}

/** At most `limit` bytes, cut between items. */
export function markdownWithin(report: Report, limit: number): string {
  const pieces = piecesOf(report)
  const kept: string[] = []
  let left = limit - ROOM_FOR_THE_END
  for (const piece of pieces) {
    left -= Buffer.byteLength(piece)
    if (left < 0) break
    kept.push(piece)
  }
  const lines = pieces.slice(kept.length).join('').split('\n').length - 1
  return kept.length === pieces.length
    ? kept.join('')
    : `${kept.join('')}\n… and ${lines} more lines, left out because the report is too long.\n`
}

/** The report may be cut after each of them. */
function piecesOf(report: Report): string[] {
  const { packages, notices } = report
  const findings = packages.flatMap(findingsOf)
  const counting = mostSevereFirst(findings.filter(({ finding }) => finding.waived === null))
  const waived = findings.filter(({ finding }) => finding.waived !== null)
  return [
    `## ${headline(report)}\n`,
    ...section('| package | errors | warnings | info | waived |\n|---|---:|---:|---:|---:|\n', packages.map(packageRow)),
    ...section('### Not checked\n', packages.flatMap(uncheckedItem)),
    ...section('### Findings\n', counting.map(findingItem)),
    ...section('### Fixes\n', fixesOf(counting)),
    ...section('### Waived\n', waived.map(findingItem)),
    ...section('### Notes\n', packages.flatMap(noteItem)),
    ...section('### Notices\n', notices.map(noticeItem)),
  ]
}

function headline(report: Report): string {
  const { packages, error, warning, info, waived, unchecked } = summaryOf(report)
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
  const found = [count(error, 'error'), count(warning, 'warning'), `${info} info`]
  if (waived > 0) found.push(`${waived} waived`)
  if (unchecked > 0) found.push(`${unchecked} not checked`)
  return `rpmlint-ts: ${found.join(', ')} in ${count(packages, 'package')}`
}

/** Empty if there are no items. */
function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`\n${title}`, ...items]
}

interface Listed {
  readonly path: string
  readonly finding: Finding
}

function mostSevereFirst(listed: readonly Listed[]): Listed[] {
  return MOST_SEVERE_FIRST.flatMap(severity => listed.filter(({ finding }) => finding.severity === severity))
}

/** Each fix once, with its rules. */
function fixesOf(listed: readonly Listed[]): string[] {
  const remedies = new Map<string, Set<string>>()
  for (const { finding } of listed) remedies.set(finding.remedy, (remedies.get(finding.remedy) ?? new Set()).add(finding.rule))
  return [...remedies].map(([remedy, rules]) => fixItem([...rules], remedy))
}

function findingsOf(entry: PackageReport): Listed[] {
  return entry.outcome === 'unchecked' ? [] : entry.findings.map(finding => ({ path: entry.path, finding }))
}
