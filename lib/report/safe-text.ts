/**
 * Text that is safe in output that others render or parse: unprintable characters are escaped, and so are those that XML 1.0 (section 2.2) and
 * strict UTF-8 decoders reject: lone surrogates, U+FFFE and U+FFFF.
 */
import { printable, textOf } from '../bytes/names.js'
import type { Waived } from '../lint/finding.js'

/** On one line. */
export function safeText(text: string): string {
  return printable(text).replace(/\p{Surrogate}|[\ufffe\uffff]/gu, character => `\\u${character.charCodeAt(0).toString(16)}`)
}

/** Keeps line breaks. */
export function safeLines(text: string): string {
  return text.split('\n').map(safeText).join('\n')
}

/** Symbols listed before the rest is counted. */
const SHOWN = 4

/** The first few symbols, and the number of the rest; a single remaining one is listed rather than counted. */
export function firstSymbols(symbols: readonly string[]): { readonly names: readonly string[]; readonly more: number } {
  const names = symbols.slice(0, symbols.length === SHOWN + 1 ? SHOWN + 1 : SHOWN)
  return { names, more: symbols.length - names.length }
}

/** The first few symbols (byte strings) on one line, and the number of the rest. */
export function symbolList(symbols: readonly string[]): string {
  const { names, more } = firstSymbols(symbols)
  const list = names.map(name => safeText(textOf(name))).join(', ')
  return more === 0 ? list : `${list} and ${more} more`
}

/** At most `limit` UTF-16 units, cut between characters; with an ellipsis if truncated. */
export function truncated(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** The reason, owner and expiry of a waiver. */
export function waiverText({ reason, owner, expires }: Waived): string {
  const parts = [reason, ...(owner === null ? [] : [`owner: ${owner}`]), ...(expires === null ? [] : [`until ${expires}`])]
  return safeText(parts.join('; '))
}
