import { HIDE_FROM_EXPORT, SEPARATE_COPY, defineRule, exportFix, versionsFor } from '../lib/plugin-api.js'
import type { Json, Interposition, ObjectSubject, ObjectReference } from '../lib/plugin-api.js'

export default defineRule({
  id: 'hijacked-crypto-binding',
  scope: 'object',
  severity: 'error',
  summary: 'With other packages given: a program would bind {family} symbols to the wrong library',
  why:
    'This simulates what ld.so does with these packages installed together: it searches the libraries that a program needs, breadth first, and binds ' +
    'every reference to the first definition that fits. Neither the program nor the genuine library is at fault; they share the process with another ' +
    'library that exports the same symbols.',
  remedy: HIDE_FROM_EXPORT,
  remedyInDetail: [
    'The rule needs other packages: check --with PATH. On a live system LD_DEBUG=bindings LD_BIND_NOW=1 PROGRAM 2>&1 | grep {exampleSymbol} shows the ' +
      'binding, in lines like "binding file PROGRAM [0] to LIBRARY [0]: normal symbol `{exampleSymbol}\'"; rpmlint-ts bindings PROGRAM reports it without ' +
      'running anything. LD_LIBRARY_PATH, LD_PRELOAD and dlopen can change it.',
    'Only the library or program that exports the symbols can be fixed. Nothing helps in the package of a victim: to link it with the genuine library ' +
      'first moves the fault to the next program. How to hide symbols: rpmlint-ts explain unversioned-crypto-export, for programs ' +
      'crypto-export-from-program.',
  ].join('\n\n'),
  doesNotHelp:
    'Not enough: -Bsymbolic, protected or weak symbols, strip, symbol versions in {systemLibraries} (an unversioned definition satisfies every ' +
    'reference), or another order on the link line (it helps this one program, but the calls of the other library to its own functions then bind to ' +
    '{systemLibraries}).',
  references: ['https://man7.org/linux/man-pages/man8/ld.so.8.html', 'https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    toThis:
      '{victim} would bind {count:{families} symbol:{families} symbols} to this {kind} instead of {meant}{others}; load order: {order}{notes}',
    toOther:
      '{victim} would bind {count:{families} symbol:{families} symbols} to {provider} instead of {meant}{others}; load order: {order}{notes}',
    pluginToThis:
      '{victim}, loaded by a program that has not loaded {meant} before, would bind {count:{families} symbol:{families} symbols} to this {kind}{others}; load order: {order}{notes}',
    pluginToOther:
      '{victim}, loaded by a program that has not loaded {meant} before, would bind {count:{families} symbol:{families} symbols} to {provider}{others}; load order: {order}{notes}',
    hostedByThis:
      '{victim}, if this program loads it, would bind {count:{families} symbol:{families} symbols} to the program instead of {meant}{others}: a program comes first in every lookup',
    hostedByOther:
      '{victim}, if {provider} loads it, would bind {count:{families} symbol:{families} symbols} to that program instead of {meant}{others}: a program comes first in every lookup',
    reversed:
      '{victim} would bind {count:{families} symbol:{families} symbols} to {provider} instead of its own definitions, although the data structures of the two may differ{others}; load order: {order}',
  },
  options: {},

  *check(subject: ObjectSubject) {
    const { facts, interpositions } = subject
    const misbindings = interpositions.filter(({ kind }) => kind !== 'unlinked')
    const reported = new Set(mostSevere(misbindings))
    for (const [index, { victim, others }] of groupsOf(victimsOf(reported)).entries()) {
      const { first, symbols } = victim
      const keys = new Set([victim, ...others].map(each => keyOf(each.first)))
      yield {
        message: messageFor(first),
        severity: first.kind === 'hijacked' && !first.start.isPlugin ? 'error' : 'warning',
        symbols,
        data: {
          victim: victimOf(first),
          provider: nameOf(first.provider),
          kind: facts.isProgram ? 'program' : 'library',
          meant: first.intended.path,
          order: shownOrder(first),
          others: othersOf(others),
          notes: notesOf(misbindings, [victim, ...others]),
          count: symbols.length,
          bindings: misbindings.filter(entry => (reported.has(entry) ? keys.has(keyOf(entry)) : index === 0)).map(json),
        },
        remedy: remedyFor(first, subject),
      }
    }
  },
})

/** An object of a process, and the symbols that it alone would bind to one wrong library. */
interface Victim {
  readonly first: Interposition
  /** Sorted. */
  readonly symbols: readonly string[]
}

/** The victim with most symbols first; then in the order of processes. */
function victimsOf(interpositions: Iterable<Interposition>): Victim[] {
  const groups = new Map<string, Interposition[]>()
  for (const entry of interpositions) {
    const key = keyOf(entry)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [entry])
    else group.push(entry)
  }
  const victims = [...groups.values()].map(group => ({ first: group[0]!, symbols: symbolsOf(group) }))
  return victims.sort((a, b) => b.symbols.length - a.symbols.length)
}

/**
 * A finding is about one victim, with its own symbols alone. Victims without a symbol beyond those are listed there: each symbol that is interposed is in some
 * finding, so that no waiver of one covers more than was seen.
 */
function groupsOf(victims: readonly Victim[]): { readonly victim: Victim; readonly others: readonly Victim[] }[] {
  const groups: { readonly victim: Victim; readonly symbols: ReadonlySet<string>; readonly others: Victim[] }[] = []
  const bySymbols = new Map<string, (typeof groups)[number]>() // most victims have the same symbols as another
  for (const victim of victims) {
    const key = victim.symbols.join()
    const known = bySymbols.get(key) ?? groups.find(({ symbols }) => victim.symbols.every(symbol => symbols.has(symbol)))
    const group = known ?? { victim, symbols: new Set(victim.symbols), others: [] }
    bySymbols.set(key, group)
    if (known === undefined) groups.push(group)
    else known.others.push(victim)
  }
  return groups
}

/** The same for all interpositions of one victim and one provider. */
function keyOf(entry: Interposition): string {
  return [victimOf(entry), entry.provider.path].join('\0')
}

function symbolsOf(interpositions: readonly Interposition[]): string[] {
  return [...new Set(interpositions.flatMap(({ symbols }) => symbols))].sort()
}

/** Programs before plugins, and both before a library whose references to itself are interposed. */
function mostSevere(interpositions: readonly Interposition[]): readonly Interposition[] {
  const hijacked = interpositions.filter(({ kind }) => kind === 'hijacked')
  const certain = hijacked.filter(({ start }) => !start.isPlugin)
  return [certain, hijacked, interpositions].find(some => some.length > 0) ?? []
}

type Message = 'toThis' | 'toOther' | 'pluginToThis' | 'pluginToOther' | 'hostedByThis' | 'hostedByOther' | 'reversed'

function messageFor({ kind, concerns, start }: Interposition): Message {
  if (kind === 'reversed') return 'reversed'
  if (start.host !== undefined) return concerns === 'provider' ? 'hostedByThis' : 'hostedByOther'
  if (concerns === 'provider') return start.isPlugin ? 'pluginToThis' : 'toThis'
  return start.isPlugin ? 'pluginToOther' : 'toOther'
}

/** `/usr/lib64/libssl.so.10 in /usr/libexec/postfix/smtp (postfix-2.6.6-2.el6.x86_64)`. */
function victimOf({ start, referrer }: Interposition): string {
  return referrer.path === start.root.path ? nameOf(start.root) : `${referrer.path} in ${nameOf(start.root)}`
}

function nameOf({ path, package: owner }: ObjectReference): string {
  return owner === null ? path : `${path} (${owner})`
}

/** From the root on; uninvolved objects in between are counted. */
function shownOrder({ start, referrer, provider, intended }: Interposition): string {
  const shown: string[] = []
  let between = 0
  for (const path of start.order) {
    if (![start.root, referrer, provider, intended].some(side => side.path === path)) {
      between++
      continue
    }
    if (between > 0) shown.push(`${between} more`)
    between = 0
    shown.push(path)
  }
  return shown.join(', ')
}

/** Victims that are listed beside the worst; the data has all. */
const LISTED = 3

function othersOf(victims: readonly Victim[]): string {
  if (victims.length === 0) return ''
  const listed = victims.slice(0, LISTED).map(({ first, symbols }) => `${victimOf(first)} with ${symbols.length}`)
  const more = victims.length - listed.length
  return ` (and so would ${[...listed, ...(more === 0 ? [] : [`${more} more`])].join(', ')})`
}

/** Other interposed bindings in the same processes. */
function notesOf(interpositions: readonly Interposition[], victims: readonly Victim[]): string {
  const notes: string[] = []
  const own = victims.find(({ first }) => first.referrer.path === first.intended.path)
  if (own !== undefined) notes.push(`${own.first.intended.path} would not even bind to its own definitions`)
  const isReported = victims.some(({ first }) => first.kind === 'reversed')
  const reversed = isReported ? undefined : interpositions.find(({ kind }) => kind === 'reversed')
  if (reversed !== undefined) notes.push(`elsewhere, in ${reversed.start.root.path}, its own calls would bind to ${reversed.provider.path}`)
  const processors = victims.map(({ first }) => first.start.processor ?? null)
  if (processors[0] != null) notes.push(`only on processors with ${processors[0]}`)
  return notes.map(note => `; ${note}`).join('')
}

/** Who can fix it: the object for which it is reported, if that exports what it should not, or a copy in the same package; else another package. */
function remedyFor(interposition: Interposition, subject: ObjectSubject): string {
  const { concerns, kind, isMeantForCopy = false } = interposition
  if (isMeantForCopy) return SEPARATE_COPY
  if (concerns === 'root' || (concerns === 'referrer' && kind === 'hijacked')) return fixElsewhere(interposition)
  return kind === 'hijacked' && subject.genuine !== null ? versionThis(subject) : exportFix(subject)
}

/** For a genuine library without versions, which serves programs that were built for another release. */
function versionThis({ facts, package: owner }: ObjectSubject): string {
  const title = owner.family(facts.guarded[0]?.family ?? '')?.title ?? ''
  return [
    'Give the symbols of this library versions of its release.',
    versionsFor(facts.traces, title),
    'Until then keep it and the other release out of one process.',
  ].join(' ')
}

/** Only the object that exports the symbols can be fixed, in its own package. */
function fixElsewhere({ kind, provider, referrer, start }: Interposition): string {
  const exporter = kind === 'reversed' ? referrer : provider
  const owner = exporter.package === null ? '' : ` of ${exporter.package}`
  const path = start.host === undefined ? exporter.path : `the program ${exporter.path}`
  return `Nothing can be fixed in this package: check ${path}${owner} with rpmlint-ts, and have it hide the symbols.`
}

function json({ kind, start, referrer, provider, intended, symbols }: Interposition): Json {
  return {
    kind,
    program: start.root.path,
    package: start.root.package,
    isPlugin: start.isPlugin,
    ...(start.host === undefined ? {} : { host: start.host.path }),
    ...(start.processor == null ? {} : { processor: start.processor }),
    referrer: referrer.path,
    provider: provider.path,
    meant: intended.path,
    symbols: [...symbols],
    order: [...start.order],
  }
}
