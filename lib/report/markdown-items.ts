/** The rows and list items of the report in Markdown, each with its line end. */
import { textOf } from '../bytes/names.js'
import type { Finding } from '../lint/finding.js'
import { countsOf, type Notice, type PackageReport } from '../lint/report.js'
import { codeBlock, codeCell, codeSpan, sentence } from './markdown-text.js'
import { firstNames, shown, shownLines, shownWaiver } from './shown.js'
import { wrap } from './wrap.js'

const CODE_WIDTH = 100 // columns; a block of code is not wrapped by the page

export function packageRow(entry: PackageReport): string {
  const name = codeCell(shown(entry.path))
  if (entry.outcome === 'unchecked') return `| ${name} | not checked | | | |\n`
  const { error, warning, info, waived } = countsOf(entry.findings)
  return `| ${name} | ${error} | ${warning} | ${info} | ${waived} |\n`
}

export function findingItem({ path, finding }: { readonly path: string; readonly finding: Finding }): string {
  const { severity, rule, file, message, symbols, waived, unwaived } = finding
  const where = file === null || file === path ? path : `${path}!${file}`
  const words = [
    `- **${severity}** ${rule} in ${codeSpan(shown(where))}: ${sentence(shown(message))}`,
    ...(symbols.length === 0 ? [] : [` (${namesOf(symbols)})`]),
    ...(unwaived === null ? [] : [`; not waived: ${sentence(shown(unwaived))}`]),
    ...(waived === null ? [] : [`; waived: ${sentence(shownWaiver(waived))}`]),
  ]
  return `${words.join('')}\n`
}

/** What helps against the findings of some rules, in a block of code: it can hold a version script. */
export function fixItem(rules: readonly string[], remedy: string): string {
  return `\n${rules.join(', ')}:\n\n${codeBlock(wrap(shownLines(remedy), CODE_WIDTH, ''))}\n`
}

export function uncheckedItem(entry: PackageReport): string[] {
  if (entry.outcome === 'checked') return []
  return [`- ${codeSpan(shown(entry.path))} (${entry.reason}): ${sentence(shown(entry.message))}\n`]
}

export function noteItem(entry: PackageReport): string[] {
  if (entry.outcome === 'unchecked') return []
  return entry.notes.map(({ message }) => `- ${codeSpan(shown(entry.path))}: ${sentence(shown(message))}\n`)
}

export function noticeItem({ severity, id, message, file, line }: Notice): string {
  const where = file === null ? '' : ` in ${codeSpan(shown(line === null ? file : `${file}:${line}`))}`
  return `- **${severity}** ${id}${where}: ${sentence(shown(message))}\n`
}

function namesOf(symbols: readonly string[]): string {
  const { names, more } = firstNames(symbols)
  const list = names.map(name => codeSpan(shown(textOf(name)))).join(', ')
  return more === 0 ? list : `${list} and ${more} more`
}
