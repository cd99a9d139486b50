/**
 * A version script that exports a library's own symbols and hides the rest: the fix that works for every way of bundling.
 *
 * `local: *` is essential: a script that only lists exports leaves everything else exported without a version.
 * Source: GNU ld manual, VERSION Command; verified against ld.so with and without `local: *`.
 */
import { printable, textOf } from '../bytes/names.js'
import type { ObjectFacts } from '../facts/model.js'

/** Up to this many symbols are listed; more are summarised as prefix patterns. */
const LISTED = 12

/** For the object's own exports, on one line; `null` if it has none. */
export function versionScriptFor({ exports, guarded, versionNodes }: ObjectFacts): string | null {
  const unwanted = new Set(guarded.map(({ name }) => name))
  const own = [...new Set(exports.map(({ name }) => name))].filter(name => !unwanted.has(name) && !isLinkerMade(name)).sort()
  if (own.length === 0) return null
  const globals = own.length <= LISTED ? own.map(quoted) : prefixed(own, [...unwanted])
  const node = versionNodes[0]
  return `${node === undefined ? '' : `${quoted(node)} `}{ global: ${globals.join('; ')}; local: *; };`
}

/** A symbol that needs no quotes: without pattern characters or punctuation, and not a keyword. */
const PLAIN = /^(?!(?:global|local|extern)$)[A-Za-z_.$][\w.$]*$/

/** Quoted symbols are literal for the link editor; control characters are escaped for the terminal. */
function quoted(name: string): string {
  return PLAIN.test(name) ? name : `"${printable(textOf(name))}"`
}

/** Symbols that the link editor adds to dynsym itself. */
function isLinkerMade(name: string): boolean {
  return /^(_init|_fini|_end|_edata|_etext|__bss_start|__bss_start__|_bss_end__|__bss_end__|__end__)$/.test(name)
}

/** `mysql_*` for all symbols with that prefix, unless an unwanted one has it too. */
function prefixed(own: readonly string[], unwanted: readonly string[]): string[] {
  const patterns = new Set<string>()
  for (const name of own) {
    const prefix = !PLAIN.test(name) ? null : name.startsWith('_Z') ? '_Z' : (/^_*[A-Za-z0-9]+_/.exec(name)?.[0] ?? null)
    const isSafe = prefix !== null && !unwanted.some(other => other.startsWith(prefix))
    patterns.add(isSafe ? `${prefix}*` : quoted(name))
  }
  return [...patterns]
}
