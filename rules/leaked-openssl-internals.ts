import {
  HIDE_FROM_EXPORT,
  HIDING_IN_DETAIL,
  conclusive,
  conclusiveInternals,
  defineRule,
  distinctNames,
  exportFix,
  hidingData,
  isLeak,
  onceExported,
} from '../lib/plugin-api.js'
import type { InternalExport, ObjectFacts, ObjectSubject } from '../lib/plugin-api.js'

export default defineRule({
  id: 'leaked-openssl-internals',
  scope: 'object',
  severity: 'warning',
  summary: 'Exports internal symbols of a static copy of {family}',
  why:
    'A static copy whose API is hidden can still export what lies beneath it: assembler, which -fvisibility=hidden does not reach, or functions that ' +
    'a list of symbols to hide leaves out. If two copies in one process export them, the calls of one bind to the other; likewise for a copy and a ' +
    'real library {unlisted}, which exports its internal symbols too. These functions differ from release to release, so the process crashes, or ' +
    'computes something else. Where a file exports the API as well, other rules report it, and this one does not.',
  remedy: HIDE_FROM_EXPORT,
  remedyInDetail: HIDING_IN_DETAIL,
  doesNotHelp: 'Not enough: -fvisibility=hidden, where the symbols come from assembler; strip, or symbol versions in {systemLibraries}.',
  references: ['https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    onceExported:
      'exports {count:internal {families} symbol:internal {families} symbols} ({once} also exported by {libraries} {unlisted}): calls can bind to the ' +
      'wrong library, in either direction',
    leaked:
      'exports {count:internal {families} symbol:internal {families} symbols}, which no release of {systemLibraries} exports: a static copy leaks, and ' +
      'another one in the process can bind to it',
  },
  options: {},

  *check(subject) {
    if (subject.genuine !== null || exportsApi(subject.facts)) return
    const candidates = subject.facts.internals.filter(
      ({ family, reach }) => reach !== 'own-version' && !subject.package.isOwnPackage(family),
    )
    const symbols = conclusiveInternals(candidates)
    if (symbols.length === 0) return
    const names = distinctNames(symbols)
    const once = symbols.filter(({ wasExported }) => wasExported !== 'no')
    yield {
      message: once.length > 0 ? 'onceExported' : 'leaked',
      severity: isHazard(symbols, subject) ? 'warning' : 'info',
      symbols: names,
      data: {
        count: names.length,
        once: distinctNames(once).length,
        libraries: [...new Set(once.map(({ library }) => library))].sort(),
        assembler: distinctNames(symbols.filter(({ isAssembler }) => isAssembler)).length,
        ...hidingData(subject.facts, subject.clients),
      },
      remedy: exportFix(subject),
    }
  },
})

/** Then other rules report the file, with the same fix. */
function exportsApi({ guarded }: ObjectFacts): boolean {
  return conclusive(guarded.filter(({ reach, isOwnNode }) => reach !== 'own-version' || isOwnNode)).length > 0
}

/** A library that binds its own calls itself only offers the symbols, but a program comes first in every lookup. */
function isHazard(symbols: readonly InternalExport[], { facts }: ObjectSubject): boolean {
  const isExposed = ({ isInterposable }: InternalExport): boolean => facts.isProgram || isInterposable
  return onceExported(symbols).some(symbol => symbol.wasExported === 'yes' && isExposed(symbol)) || isLeak(symbols)
}
