/**
 * A version script that exports a library's own names and hides the rest: the fix that works for every way of bundling.
 *
 * `local: *` is what does it. A script that only names exports leaves all else exported without a version.
 * Source: GNU ld manual, VERSION Command; verified against ld.so with and without `local: *`.
 */
import { textOf } from '../bytes/names.js'
import type { ObjectFacts } from '../facts/model.js'

/** Names that fit a script before prefixes stand for them. */
const LISTED = 12

/** For the object's own exports, or `null` where it has none: then there is nothing to keep. `{ … }` on one line. */
export function versionScriptFor({ exports, guarded, versionNodes }: ObjectFacts): string | null {
  const unwanted = new Set(guarded.map(({ name }) => name))
  const own = [...new Set(exports.map(({ name }) => name))].filter(name => !unwanted.has(name) && !isLinkerMade(name)).sort()
  if (own.length === 0) return null
  const globals = own.length <= LISTED ? own : prefixed(own, [...unwanted])
  const node = versionNodes[0]
  const script = `${node === undefined ? '' : `${node} `}{ global: ${globals.join('; ')}; local: *; };`
  return textOf(script)
}

/** Names that the link editor puts into dynsym by itself. */
function isLinkerMade(name: string): boolean {
  return /^(_init|_fini|_end|_edata|_etext|__bss_start|__bss_start__|_bss_end__|__bss_end__|__end__)$/.test(name)
}

/** `mysql_*` for the names that begin so, as long as no unwanted name begins so too. */
function prefixed(own: readonly string[], unwanted: readonly string[]): string[] {
  const patterns = new Set<string>()
  for (const name of own) {
    const prefix = name.startsWith('_Z') ? '_Z' : (/^_*[A-Za-z0-9]+_/.exec(name)?.[0] ?? null)
    const isSafe = prefix !== null && !unwanted.some(other => other.startsWith(prefix))
    patterns.add(isSafe ? `${prefix}*` : name)
  }
  return [...patterns]
}
