import { HIDE_FROM_EXPORT, defineRule, hideFromExport } from '../lib/plugin-api.js'
import type { Json, Interposition, ObjectSubject, ObjectReference } from '../lib/plugin-api.js'

export default defineRule({
  id: 'hijacked-crypto-binding',
  scope: 'object',
  severity: 'error',
  summary: 'With the packages at hand: a program would get an OpenSSL name from the wrong library',
  why:
    'This is what ld.so would do with these packages installed together, worked out as it does it: the libraries that a program needs, breadth first, ' +
    'and for every reference the first definition that fits. The program and libcrypto have done nothing wrong; they came together with a library ' +
    'that exports the same names. It is asked by check --with PATH. On a live system LD_DEBUG=bindings LD_BIND_NOW=1 PROGRAM 2>&1 | grep CRYPTO_ shows it, ' +
    'in lines like "binding file PROGRAM [0] to LIBRARY [0]: normal symbol `CRYPTO_lock\'"; rpmlint-ts bindings PROGRAM tells it without running anything. ' +
    'LD_LIBRARY_PATH, LD_PRELOAD and what a program loads by dlopen can change it.',
  remedy: HIDE_FROM_EXPORT,
  doesNotHelp:
    'Not enough: -Bsymbolic, protected or weak symbols, strip, versions on the side of libcrypto (a definition without one takes every reference), ' +
    'or another order on the link line: with libcrypto first this one program is served rightly, and the calls that the other library makes to its ' +
    'own functions go to libcrypto in their turn.',
  references: ['https://man7.org/linux/man-pages/man8/ld.so.8.html', 'https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    taken: '{victim} would get {count:OpenSSL name:OpenSSL names} from here and not from {meant}{others}; load order: {order}{notes}',
    given: '{victim} would get {count:OpenSSL name:OpenSSL names} from {provider} and not from {meant}{others}; load order: {order}{notes}',
    takenByPlugin:
      '{victim}, loaded by a program that has not loaded {meant} before, would get {count:OpenSSL name:OpenSSL names} from here{others}; load order: {order}{notes}',
    givenToPlugin:
      '{victim}, loaded by a program that has not loaded {meant} before, would get {count:OpenSSL name:OpenSSL names} from {provider}{others}; load order: {order}{notes}',
    reversed:
      '{victim} would get {count:OpenSSL name:OpenSSL names} from {provider} in the place of its own, whose callers expect other data{others}; load order: {order}',
  },
  options: {},

  *check({ facts, interpositions }: ObjectSubject) {
    const told = gravestOf(interpositions)
    const [first] = told
    if (first === undefined) return
    const symbols = [...new Set(told.flatMap(entry => entry.symbols))].sort()
    yield {
      message: messageFor(first),
      severity: first.kind === 'hijacked' && !first.start.isPlugin ? 'error' : 'warning',
      symbols,
      data: {
        victim: victimOf(first),
        provider: nameOf(first.provider),
        meant: first.intended.path,
        order: shownOrder(first),
        others: othersOf(told),
        notes: notesOf(interpositions, told),
        count: symbols.length,
        bindings: interpositions.map(json),
      },
      remedy: first.concerns === 'provider' || first.kind === 'reversed' ? hideFromExport(facts) : mendElsewhere(first),
    }
  },
})

/** What a program suffers goes before what a plugin might, and both before a library that misses itself. */
function gravestOf(interpositions: readonly Interposition[]): readonly Interposition[] {
  const hijacked = interpositions.filter(({ kind }) => kind === 'hijacked')
  const certain = hijacked.filter(({ start }) => !start.isPlugin)
  return [certain, hijacked, interpositions].find(some => some.length > 0) ?? []
}

function messageFor({ kind, concerns, start }: Interposition): 'taken' | 'given' | 'takenByPlugin' | 'givenToPlugin' | 'reversed' {
  if (kind === 'reversed') return 'reversed'
  if (concerns === 'provider') return start.isPlugin ? 'takenByPlugin' : 'taken'
  return start.isPlugin ? 'givenToPlugin' : 'given'
}

/** `/usr/lib64/libssl.so.10 in /usr/libexec/postfix/smtp (postfix-2.6.6-2.el6.x86_64)`. */
function victimOf({ start, referrer }: Interposition): string {
  return referrer.path === start.root.path ? nameOf(start.root) : `${referrer.path} in ${nameOf(start.root)}`
}

function nameOf({ path, package: owner }: ObjectReference): string {
  return owner === null ? path : `${path} (${owner})`
}

/** From the root on; what stands between and has no part in it is counted. */
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

function othersOf(told: readonly Interposition[]): string {
  const more = new Set(told.map(({ start }) => start.root.path)).size - 1
  return more === 0 ? '' : ` (and so would ${more} more)`
}

/** What else goes wrong in the same processes. */
function notesOf(interpositions: readonly Interposition[], told: readonly Interposition[]): string {
  const notes: string[] = []
  if (told.some(({ referrer, intended }) => referrer.path === intended.path))
    notes.push(`${told[0]?.intended.path} would not even get its own`)
  const reversed = interpositions.find(({ kind }) => kind === 'reversed')
  if (reversed !== undefined && !told.includes(reversed))
    notes.push(`elsewhere, in ${reversed.start.root.path}, its own calls would go to ${reversed.provider.path}`)
  return notes.map(note => `; ${note}`).join('')
}

/** Only the library that exports the names can be mended, in its own package. */
function mendElsewhere({ provider, intended }: Interposition): string {
  const owner = provider.package === null ? '' : ` of ${provider.package}`
  return `Check ${provider.path}${owner} with rpmlint-ts and have it hide the names. Until then keep it from being loaded here, or link against ${intended.path} before it.`
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
