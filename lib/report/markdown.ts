/**
 * The report as GitHub Flavored Markdown, for the summary of a job or a comment.
 *
 * GitHub refuses a summary of more than 1,024 KiB as a whole (actions/runner, FileCommandManager.cs): what would not fit is left out item by
 * item, and the end says so.
 */
import { GRAVEST_FIRST, type Finding } from '../lint/finding.js'
import { summaryOf, type PackageReport, type Report } from '../lint/report.js'
import { findingItem, fixItem, noteItem, noticeItem, packageRow, uncheckedItem } from './markdown-items.js'

/** Bytes, with room to spare below GitHub's limit. */
export const MARKDOWN_LIMIT = 1_000_000
const ROOM_FOR_THE_END = 200

export function renderMarkdown(report: Report): string {
  return markdownWithin(report, MARKDOWN_LIMIT)
}

/** In no more than `limit` bytes, cut between items. */
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

/** Each ends where the report may end. */
function piecesOf(report: Report): string[] {
  const { packages, notices } = report
  const findings = packages.flatMap(findingsOf)
  const counting = gravestFirst(findings.filter(({ finding }) => finding.waived === null))
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

/** Nothing where there are no items. */
function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`\n${title}`, ...items]
}

interface Listed {
  readonly path: string
  readonly finding: Finding
}

function gravestFirst(listed: readonly Listed[]): Listed[] {
  return GRAVEST_FIRST.flatMap(severity => listed.filter(({ finding }) => finding.severity === severity))
}

/** Each remedy once, with the rules that it is for. */
function fixesOf(listed: readonly Listed[]): string[] {
  const remedies = new Map<string, Set<string>>()
  for (const { finding } of listed) remedies.set(finding.remedy, (remedies.get(finding.remedy) ?? new Set()).add(finding.rule))
  return [...remedies].map(([remedy, rules]) => fixItem([...rules], remedy))
}

function findingsOf(entry: PackageReport): Listed[] {
  return entry.outcome === 'unchecked' ? [] : entry.findings.map(finding => ({ path: entry.path, finding }))
}
