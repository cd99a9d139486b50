/**
 * A version script that exports a library's own names and hides the rest: the fix that works for every way of bundling.
 *
 * `local: *` is what does it. A script that only names exports leaves all else exported without a version.
 * Source: GNU ld manual, VERSION Command; verified against ld.so with and without `local: *`.
 */
import { printable, textOf } from '../bytes/names.js'
import type { ObjectFacts } from '../facts/model.js'

/** Names that fit a script before prefixes stand for them. */
const LISTED = 12

/** For the object's own exports, or `null` where it has none: then there is nothing to keep. `{ … }` on one line. */
export function versionScriptFor({ exports, guarded, versionNodes }: ObjectFacts): string | null {
  const unwanted = new Set(guarded.map(({ name }) => name))
  const own = [...new Set(exports.map(({ name }) => name))].filter(name => !unwanted.has(name) && !isLinkerMade(name)).sort()
  if (own.length === 0) return null
  const globals = own.length <= LISTED ? own.map(written) : prefixed(own, [...unwanted])
  const node = versionNodes[0]
  return `${node === undefined ? '' : `${written(node)} `}{ global: ${globals.join('; ')}; local: *; };`
}

/** A name that stands for itself in a script: no pattern, no end of a statement, no word of the language. */
const PLAIN = /^(?!(?:global|local|extern)$)[A-Za-z_.$][\w.$]*$/

/** In quotes the link editor takes every character for itself; and what a terminal would obey is escaped. */
function written(name: string): string {
  return PLAIN.test(name) ? name : `"${printable(textOf(name))}"`
}

/** Names that the link editor puts into dynsym by itself. */
function isLinkerMade(name: string): boolean {
  return /^(_init|_fini|_end|_edata|_etext|__bss_start|__bss_start__|_bss_end__|__bss_end__|__end__)$/.test(name)
}

/** `mysql_*` for the names that begin so, as long as no unwanted name begins so too. */
function prefixed(own: readonly string[], unwanted: readonly string[]): string[] {
  const patterns = new Set<string>()
  for (const name of own) {
    const prefix = !PLAIN.test(name) ? null : name.startsWith('_Z') ? '_Z' : (/^_*[A-Za-z0-9]+_/.exec(name)?.[0] ?? null)
    const isSafe = prefix !== null && !unwanted.some(other => other.startsWith(prefix))
    patterns.add(isSafe ? `${prefix}*` : written(name))
  }
  return [...patterns]
}
