/**
 * Text for pages that others render and files that others parse: printable, and without the characters that XML 1.0 (section 2.2) and strict
 * readers of UTF-8 forbid, which are written as escapes too: lone surrogates, U+FFFE and U+FFFF.
 */
import { printable, textOf } from '../bytes/names.js'
import type { Waived } from '../lint/finding.js'

/** In one line. */
export function shown(text: string): string {
  return printable(text).replace(/\p{Surrogate}|[\ufffe\uffff]/gu, character => `\\u${character.charCodeAt(0).toString(16)}`)
}

/** Each line for itself. */
export function shownLines(text: string): string {
  return text.split('\n').map(shown).join('\n')
}

/** Names shown before the rest is counted. */
const SHOWN = 4

/** The first few names, and how many more there are; one more is shown rather than counted. */
export function firstNames(symbols: readonly string[]): { readonly names: readonly string[]; readonly more: number } {
  const names = symbols.slice(0, symbols.length === SHOWN + 1 ? SHOWN + 1 : SHOWN)
  return { names, more: symbols.length - names.length }
}

/** Byte-string names in a line: the first few, and how many more. */
export function shownNames(symbols: readonly string[]): string {
  const { names, more } = firstNames(symbols)
  const list = names.map(name => shown(textOf(name))).join(', ')
  return more === 0 ? list : `${list} and ${more} more`
}

/** At most `limit` UTF-16 units, cut between characters; an ellipsis tells that there was more. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Why a finding does not count, who said so and for how long. */
export function shownWaiver({ reason, owner, expires }: Waived): string {
  const parts = [reason, ...(owner === null ? [] : [`owner: ${owner}`]), ...(expires === null ? [] : [`until ${expires}`])]
  return shown(parts.join('; '))
}
