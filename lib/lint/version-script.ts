/**
 * A version script that exports a library's own symbols and hides the rest: the fix that works for every way of bundling.
 *
 * `local: *` is essential: a script that only lists exports leaves everything else exported without a version.
 * Source: GNU ld manual, VERSION Command; verified against ld.so with and without `local: *`.
 */
import { printable, textOf } from '../bytes/names.js'
import { isWildcard, wildcard } from '../bytes/wildcard.js'
import { forkSymbolsOf } from '../catalogue/fork-symbols.js'
import type { InternalExport, ObjectFacts } from '../facts/model.js'
import { entryPointsOf } from '../facts/plugin-entry-points.js'
import type { Client } from '../interposition/clients.js'
import { conclusive } from './evidence.js'

export interface VersionScript {
  /** The whole script, on one line. */
  readonly text: string
  /** At most about two lines of a report; ends in `...` where symbols are missing, which the link editor rejects. */
  readonly brief: string
  /** What it exports. */
  readonly exports: 'entry points' | 'imported symbols' | 'own symbols' | 'nothing'
  /** Hosts of a plugin, such as `Python`. */
  readonly hosts: readonly string[]
}

/** Up to this many symbols are listed; more are summarised as prefix patterns. */
const LISTED = 12

/** Characters of a script that is printed whole, and of the symbols in one that is not. */
const BRIEF = 110
const CUT = 60

/** For the object's own exports, on one line; `null` if it has none. */
export function versionScriptFor(object: ObjectFacts): string | null {
  const script = versionScriptOf(object)
  return script.exports === 'nothing' ? null : script.text
}

/**
 * Exports the entry points of a plugin; or, if packages that use the library were given, what they import; or else all symbols that are not a bundled
 * library's.
 */
export function versionScriptOf(object: ObjectFacts, clients: readonly Client[] = NO_CLIENTS): VersionScript {
  const known = SCRIPTS.get(object)
  if (known?.clients === clients) return known.script
  const script = scriptFor(object, clients)
  SCRIPTS.set(object, { clients, script })
  return script
}

const NO_CLIENTS: readonly Client[] = []
/** Several findings about an object have the same script, which takes a while for 60,000 symbols. */
const SCRIPTS = new WeakMap<ObjectFacts, { readonly clients: readonly Client[]; readonly script: VersionScript }>()

function scriptFor(object: ObjectFacts, clients: readonly Client[]): VersionScript {
  const unwanted = unwantedIn(object)
  const own = ownSymbols(object, unwanted)
  const isOwn = new Set(own)
  const users = clients.filter(({ symbols }) => symbols.some(name => isOwn.has(name)))
  const entry = entryPointsOf(object, own)
  const hosts = entry?.hosts.map(({ host }) => host) ?? []
  const write = (names: readonly string[], patterns: readonly string[]): Pick<VersionScript, 'text' | 'brief'> =>
    written(object, names, withoutUnwanted(patterns, names, unwanted))
  if (entry !== null && users.length === 0) {
    const exports = entry.names.length === 0 ? 'nothing' : 'entry points'
    return { ...write(entry.names, entry.names.length > LISTED ? entry.patterns : []), exports, hosts }
  }
  if (users.some(({ isElsewhere }) => isElsewhere)) {
    const imported = users.flatMap(({ symbols }) => symbols.filter(name => isOwn.has(name)))
    return { ...write([...new Set([...imported, ...(entry?.names ?? [])])].sort(), []), exports: 'imported symbols', hosts }
  }
  return { ...write(own, own.length > LISTED ? prefixesOf(own) : []), exports: own.length === 0 ? 'nothing' : 'own symbols', hosts }
}

/** Symbols of bundled libraries: their API and their internals. Generic internals are the object's own, unless it leaks others, or they are assembler. */
function unwantedIn({ guarded, internals }: ObjectFacts): ReadonlySet<string> {
  const leaks = internals.some(({ isGeneric }) => !isGeneric)
  const isForeign = ({ name, isAssembler, isShared }: InternalExport): boolean =>
    !LOADED_BY_OPENSSL.has(name) && (leaks || isAssembler || isShared)
  // One generic symbol, such as crypt, proves no copy: it is the library's own.
  return new Set([...conclusive(guarded), ...internals.filter(isForeign)].map(({ name }) => name))
}

/** Entry points of OpenSSL's engines: the library's internals, and all that an engine exports. */
const LOADED_BY_OPENSSL: ReadonlySet<string> = new Set(['bind_engine', 'v_check'])

/** Sorted. */
function ownSymbols(object: ObjectFacts, unwanted: ReadonlySet<string>): string[] {
  const { exports, isProgram } = object
  const kept = exports.filter(({ name, version, isDefault, isHidden }) => {
    // A program's copy of a library's variable has the library's version.
    const isCopied = isProgram && version !== null && !isDefault && !isHidden
    return !unwanted.has(name) && !LINKER_MADE.test(name) && !(isProgram && (isCopied || START_FILES.test(name)))
  })
  const names = [...new Set(kept.map(({ name }) => name))].sort()
  const [isForeign, isOfFork] = [foreignPrefixes(names, unwanted), forkSymbols(object)]
  return names.filter(name => !isForeign(name) && !isOfFork(name))
}

/** Symbols that the link editor adds to dynsym itself. */
const LINKER_MADE = /^(_init|_fini|_end|_edata|_etext|__bss_start|__bss_start__|_bss_end__|__bss_end__|__end__|__dso_handle)$/
/** Symbols of the start files (crt1.o), which every program exports with -rdynamic. */
const START_FILES =
  /^(main|end|edata|etext|_start|_IO_stdin_used|_?_?data_start|__libc_csu_init|__libc_csu_fini|_fp_hw|_dl_relocate_static_pie)$/

/** This many symbols of a library, or of one prefix, are no coincidence. */
const MANY = 8

/** A copy that exports this many symbols is the whole library. */
const WHOLE = 500

/**
 * No list of internal symbols is complete: in a copy of OpenSSL that exports 200 symbols of `ssl3_`, the three unknown ones are OpenSSL's too. Prefixes of its
 * API, such as `PKCS7_`, are nobody else's in an object that exports all of it.
 */
function foreignPrefixes(own: readonly string[], unwanted: ReadonlySet<string>): (name: string) => boolean {
  const ownCounts = countsOf(own)
  const isForeign = ([prefix, count]: readonly [string, number]): boolean => {
    if (unwanted.size >= WHOLE && /^[A-Z][A-Z0-9]+_$/.test(prefix)) return true
    return count >= MANY && 2 * count >= (ownCounts.get(prefix) ?? 0)
  }
  const foreign = new Set([...countsOf(unwanted)].filter(isForeign).map(([prefix]) => prefix))
  return name => foreign.has(prefixOf(name) ?? '')
}

/** A copy of a fork exports its API beside that of the guarded library. */
function forkSymbols({ guarded }: ObjectFacts): (name: string) => boolean {
  const families = [...new Set(guarded.map(({ family }) => family))]
  const copied = families.filter(id => guarded.filter(({ family }) => family === id).length >= MANY).map(forkSymbolsOf)
  return name => copied.some(isForkSymbol => isForkSymbol(name))
}

function countsOf(names: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) {
    const prefix = prefixOf(name)
    if (prefix !== null) counts.set(prefix, (counts.get(prefix) ?? 0) + 1)
  }
  return counts
}

/** A symbol that needs no quotes: without pattern characters or punctuation, and not a keyword. */
const PLAIN = /^(?!(?:global|local|extern)$)[A-Za-z_.$][\w.$]*$/

/** `mysql_` of `mysql_init`, `_Z` of C++; `null` for a symbol without a prefix. */
function prefixOf(name: string): string | null {
  if (!PLAIN.test(name)) return null
  return name.startsWith('_Z') ? '_Z' : (/^_*[A-Za-z0-9]+_/.exec(name)?.[0] ?? null)
}

function prefixesOf(names: readonly string[]): string[] {
  return [...new Set(names.flatMap(name => prefixOf(name) ?? []))].map(prefix => `${prefix}*`)
}

/** Patterns that match no unwanted symbol, and the names that none of these matches. */
function withoutUnwanted(patterns: readonly string[], names: readonly string[], unwanted: ReadonlySet<string>): string[] {
  const all = [...unwanted]
  const safe = patterns.map(pattern => ({ pattern, matches: matcherOf(pattern) })).filter(({ matches }) => !all.some(matches))
  const rest = safe.length === 0 ? names : names.filter(name => !safe.some(({ matches }) => matches(name)))
  return [...safe.map(({ pattern }) => pattern), ...rest.map(quoted)].sort()
}

/** Nearly all patterns are prefixes. */
function matcherOf(pattern: string): (name: string) => boolean {
  const prefix = pattern.slice(0, -1)
  return pattern.endsWith('*') && !isWildcard(prefix) ? name => name.startsWith(prefix) : wildcard(pattern)
}

/** Quoted symbols are literal for the link editor; control characters are escaped for the terminal. */
function quoted(name: string): string {
  return PLAIN.test(name) ? name : `"${printable(textOf(name))}"`
}

/** Clients refer to `my_symbol@V_2`, so symbols keep their nodes. */
function written(object: ObjectFacts, names: readonly string[], globals: readonly string[]): Pick<VersionScript, 'text' | 'brief'> {
  const nodes = nodesOf(object, new Set(names))
  const parts = nodes.length > 1 ? nodes : [{ name: nodes[0]?.name ?? null, globals }]
  const text = scriptOf(parts)
  if (text.length <= BRIEF) return { text, brief: text }
  return { text, brief: scriptOf(parts.map(({ name, globals: all }) => ({ name, globals: shortened(all, CUT / parts.length) }))) }
}

/** A node of a version script; without a name, the only one. */
interface ScriptNode {
  readonly name: string | null
  readonly globals: readonly string[]
}

/**
 * With the symbols of `kept`; those without a version go to the first node, where unversioned references find them. A node without a symbol stays, since
 * programs may require it, unless it is one of the guarded library's.
 */
function nodesOf({ exports, guarded, versionNodes, isProgram }: ObjectFacts, kept: ReadonlySet<string>): ScriptNode[] {
  if (isProgram) return []
  const foreign = new Set(guarded.filter(({ isOwnNode }) => isOwnNode).map(({ version }) => version))
  const isUsed = new Set(exports.filter(({ name }) => kept.has(name)).map(({ version }) => version))
  const nodes = new Map(versionNodes.filter(name => isUsed.has(name) || !foreign.has(name)).map(name => [name, new Set<string>()]))
  const [first] = nodes.values()
  for (const { name, version } of exports) if (kept.has(name)) (nodes.get(version ?? '') ?? first)?.add(name)
  return [...nodes].map(([name, symbols]) => ({ name, globals: [...symbols].sort().map(quoted) }))
}

function scriptOf(nodes: readonly ScriptNode[]): string {
  return nodes
    .map(({ name, globals }, index) => {
      const lead = name === null ? '' : `${quoted(name)} `
      const parts = [...(globals.length === 0 ? [] : [`global: ${globals.join('; ')};`]), ...(index === 0 ? ['local: *;'] : [])]
      return `${lead}{ ${parts.join(' ')} };`
    })
    .join(' ')
}

/** As many as fit in `limit` characters. */
function shortened(globals: readonly string[], limit: number): string[] {
  let length = 0
  const shown = globals.filter(each => (length += each.length + 2) <= limit)
  return shown.length === globals.length ? shown : [...shown, '...']
}
