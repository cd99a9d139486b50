/**
 * A version script that exports a library's own symbols and hides the rest: the fix that works for every way of bundling.
 *
 * `local: *` is what does it. A script that only lists exports leaves all else exported without a version.
 * Source: GNU ld manual, VERSION Command; verified against ld.so with and without `local: *`.
 */
import { printable, textOf } from '../bytes/names.js'
import type { ObjectFacts } from '../facts/model.js'

/** Symbols that fit a script before prefixes stand for them. */
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

/** A symbol that can be written as it is: no pattern, no end of a statement, no keyword. */
const PLAIN = /^(?!(?:global|local|extern)$)[A-Za-z_.$][\w.$]*$/

/** In quotes the link editor takes every character literally; control characters are escaped for the terminal. */
function written(name: string): string {
  return PLAIN.test(name) ? name : `"${printable(textOf(name))}"`
}

/** Symbols that the link editor adds to dynsym itself. */
function isLinkerMade(name: string): boolean {
  return /^(_init|_fini|_end|_edata|_etext|__bss_start|__bss_start__|_bss_end__|__bss_end__|__end__)$/.test(name)
}

/** `mysql_*` for the symbols that begin so, as long as no unwanted one does. */
function prefixed(own: readonly string[], unwanted: readonly string[]): string[] {
  const patterns = new Set<string>()
  for (const name of own) {
    const prefix = !PLAIN.test(name) ? null : name.startsWith('_Z') ? '_Z' : (/^_*[A-Za-z0-9]+_/.exec(name)?.[0] ?? null)
    const isSafe = prefix !== null && !unwanted.some(other => other.startsWith(prefix))
    patterns.add(isSafe ? `${prefix}*` : written(name))
  }
  return [...patterns]
}
