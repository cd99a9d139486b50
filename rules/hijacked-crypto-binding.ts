import { HIDE_FROM_EXPORT, defineRule, hideFromExport } from '../lib/plugin-api.js'
import type { Json, Interposition, ObjectSubject, ObjectReference } from '../lib/plugin-api.js'

export default defineRule({
  id: 'hijacked-crypto-binding',
  scope: 'object',
  severity: 'error',
  summary: 'With other packages given: a program would bind {family} symbols to the wrong library',
  why:
    'This simulates what ld.so does with these packages installed together: it searches the libraries that a program needs, breadth first, and binds ' +
    'every reference to the first definition that fits. Neither the program nor the genuine library is at fault; they share the process with another ' +
    'library that exports the same symbols. The rule needs other packages: check --with PATH. On a live system LD_DEBUG=bindings LD_BIND_NOW=1 PROGRAM 2>&1 | grep ' +
    '{exampleSymbol} shows it, in lines like "binding file PROGRAM [0] to LIBRARY [0]: normal symbol `{exampleSymbol}\'"; rpmlint-ts bindings PROGRAM ' +
    'reports it without running anything. LD_LIBRARY_PATH, LD_PRELOAD and dlopen can change it.',
  remedy: HIDE_FROM_EXPORT,
  doesNotHelp:
    'Not enough: -Bsymbolic, protected or weak symbols, strip, symbol versions in {systemLibraries} (an unversioned definition satisfies every ' +
    'reference), or another order on the link line (it helps this one program, but the calls of the other library to its own functions then bind to ' +
    '{systemLibraries}).',
  references: ['https://man7.org/linux/man-pages/man8/ld.so.8.html', 'https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    toThis:
      '{victim} would bind {count:{families} symbol:{families} symbols} to this library instead of {meant}{others}; load order: {order}{notes}',
    toOther:
      '{victim} would bind {count:{families} symbol:{families} symbols} to {provider} instead of {meant}{others}; load order: {order}{notes}',
    pluginToThis:
      '{victim}, loaded by a program that has not loaded {meant} before, would bind {count:{families} symbol:{families} symbols} to this library{others}; load order: {order}{notes}',
    pluginToOther:
      '{victim}, loaded by a program that has not loaded {meant} before, would bind {count:{families} symbol:{families} symbols} to {provider}{others}; load order: {order}{notes}',
    reversed:
      '{victim} would bind {count:{families} symbol:{families} symbols} to {provider} instead of its own definitions, although the data structures of the two may differ{others}; load order: {order}',
  },
  options: {},

  *check({ facts, interpositions }: ObjectSubject) {
    const reported = mostSevere(interpositions)
    const [first] = reported
    if (first === undefined) return
    const symbols = [...new Set(reported.flatMap(entry => entry.symbols))].sort()
    yield {
      message: messageFor(first),
      severity: first.kind === 'hijacked' && !first.start.isPlugin ? 'error' : 'warning',
      symbols,
      data: {
        victim: victimOf(first),
        provider: nameOf(first.provider),
        meant: first.intended.path,
        order: shownOrder(first),
        others: othersOf(reported),
        notes: notesOf(interpositions, reported),
        count: symbols.length,
        bindings: interpositions.map(json),
      },
      remedy: first.concerns === 'provider' || first.kind === 'reversed' ? hideFromExport(facts) : fixElsewhere(first),
    }
  },
})

/** Programs before plugins, and both before a library whose references to itself are interposed. */
function mostSevere(interpositions: readonly Interposition[]): readonly Interposition[] {
  const hijacked = interpositions.filter(({ kind }) => kind === 'hijacked')
  const certain = hijacked.filter(({ start }) => !start.isPlugin)
  return [certain, hijacked, interpositions].find(some => some.length > 0) ?? []
}

function messageFor({ kind, concerns, start }: Interposition): 'toThis' | 'toOther' | 'pluginToThis' | 'pluginToOther' | 'reversed' {
  if (kind === 'reversed') return 'reversed'
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

function othersOf(reported: readonly Interposition[]): string {
  const more = new Set(reported.map(({ start }) => start.root.path)).size - 1
  return more === 0 ? '' : ` (and so would ${more} more)`
}

/** Other interposed bindings in the same processes. */
function notesOf(interpositions: readonly Interposition[], reported: readonly Interposition[]): string {
  const notes: string[] = []
  if (reported.some(({ referrer, intended }) => referrer.path === intended.path))
    notes.push(`${reported[0]?.intended.path} would not even bind to its own definitions`)
  const reversed = interpositions.find(({ kind }) => kind === 'reversed')
  if (reversed !== undefined && !reported.includes(reversed))
    notes.push(`elsewhere, in ${reversed.start.root.path}, its own calls would bind to ${reversed.provider.path}`)
  return notes.map(note => `; ${note}`).join('')
}

/** Only the library that exports the symbols can be fixed, in its own package. */
function fixElsewhere({ provider, intended }: Interposition): string {
  const owner = provider.package === null ? '' : ` of ${provider.package}`
  return `Check ${provider.path}${owner} with rpmlint-ts and hide the symbols there. Until then, do not load it here, or link ${intended.path} before it.`
}

function json({ kind, start, referrer, provider, intended, symbols }: Interposition): Json {
  return {
    kind,
    program: start.root.path,
    package: start.root.package,
    isPlugin: start.isPlugin,
    referrer: referrer.path,
    provider: provider.path,
    meant: intended.path,
    symbols: [...symbols],
    order: [...start.order],
  }
}
