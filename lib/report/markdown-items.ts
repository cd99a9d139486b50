/** Rows and list items of the Markdown report, each with its newline. */
import { textOf } from '../bytes/names.js'
import type { Finding } from '../lint/finding.js'
import { countsOf, type Notice, type PackageReport } from '../lint/report.js'
import { codeBlock, codeCell, codeSpan, sentence } from './markdown-text.js'
import { firstSymbols, safeText, safeLines, waiverText } from './safe-text.js'
import { wrap } from './wrap.js'

const CODE_WIDTH = 100 // columns; renderers do not wrap code blocks

export function packageRow(entry: PackageReport): string {
  const name = codeCell(safeText(entry.path))
  if (entry.outcome === 'unchecked') return `| ${name} | not checked | | | |\n`
  const { error, warning, info, waived } = countsOf(entry.findings)
  return `| ${name} | ${error} | ${warning} | ${info} | ${waived} |\n`
}

export function findingItem({ path, finding }: { readonly path: string; readonly finding: Finding }): string {
  const { severity, rule, file, message, symbols, waived, unwaived } = finding
  const where = file === null || file === path ? path : `${path}!${file}`
  const words = [
    `- **${severity}** ${rule} in ${codeSpan(safeText(where))}: ${sentence(safeText(message))}`,
    ...(symbols.length === 0 ? [] : [` (${namesOf(symbols)})`]),
    ...(unwaived === null ? [] : [`; not waived: ${sentence(safeText(unwaived))}`]),
    ...(waived === null ? [] : [`; waived: ${sentence(waiverText(waived))}`]),
  ]
  return `${words.join('')}\n`
}

/** The fix for findings of some rules, in a code block: it can contain a version script. */
export function fixItem(rules: readonly string[], remedy: string): string {
  return `\n${rules.join(', ')}:\n\n${codeBlock(wrap(safeLines(remedy), CODE_WIDTH, ''))}\n`
}

export function uncheckedItem(entry: PackageReport): string[] {
  if (entry.outcome === 'checked') return []
  return [`- ${codeSpan(safeText(entry.path))} (${entry.reason}): ${sentence(safeText(entry.message))}\n`]
}

export function noteItem(entry: PackageReport): string[] {
  if (entry.outcome === 'unchecked') return []
  return entry.notes.map(({ message }) => `- ${codeSpan(safeText(entry.path))}: ${sentence(safeText(message))}\n`)
}

export function noticeItem({ severity, id, message, file, line }: Notice): string {
  const where = file === null ? '' : ` in ${codeSpan(safeText(line === null ? file : `${file}:${line}`))}`
  return `- **${severity}** ${id}${where}: ${sentence(safeText(message))}\n`
}

function namesOf(symbols: readonly string[]): string {
  const { names, more } = firstSymbols(symbols)
  const list = names.map(name => codeSpan(safeText(textOf(name)))).join(', ')
  return more === 0 ? list : `${list} and ${more} more`
}
