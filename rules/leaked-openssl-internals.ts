import { HIDE_FROM_EXPORT, HIDING_IN_DETAIL, conclusive, defineRule, distinctNames, hideFromExport, hidingData } from '../lib/plugin-api.js'
import type { InternalExport, ObjectFacts, ObjectSubject } from '../lib/plugin-api.js'

/** This many symbols that no real library ever exported prove a copy: fewer coincide by chance. */
const NEVER_EXPORTED_NEEDED = 3

export default defineRule({
  id: 'leaked-openssl-internals',
  scope: 'object',
  severity: 'warning',
  summary: 'Exports internal symbols of a static copy of {family}',
  why:
    'A static copy whose API is hidden can still export what lies beneath it: assembler, which -fvisibility=hidden does not reach, or functions that ' +
    'a list of symbols to hide leaves out. If two copies in one process export them, the calls of one bind to the other, and so it is with a copy and a ' +
    'real library {unlisted}, which exports its internal symbols too. Releases differ in what these functions expect, so the process crashes, or ' +
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
    const families = new Set(candidates.map(({ family }) => family))
    const proven = [...families].filter(family => isProven(candidates.filter(symbol => symbol.family === family)))
    if (proven.length === 0) return
    const symbols = candidates.filter(({ family }) => proven.includes(family))
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
      remedy: hideFromExport(subject.facts, subject.clients),
    }
  },
})

/** Then other rules report the file, with the same fix. */
function exportsApi({ guarded }: ObjectFacts): boolean {
  return conclusive(guarded.filter(({ reach, isOwnNode }) => reach !== 'own-version' || isOwnNode)).length > 0
}

function isProven(symbols: readonly InternalExport[]): boolean {
  return onceExported(symbols).length > 0 || isLeak(symbols)
}

/** Of these, one is enough: the genuine library exported it. Generic symbols, and those of a fork's API, occur elsewhere too. */
function onceExported(symbols: readonly InternalExport[]): InternalExport[] {
  return symbols.filter(({ wasExported, isGeneric, isForkApi }) => wasExported !== 'no' && !isGeneric && !isForkApi)
}

/** Assembler that several libraries contain proves none of them. */
function isLeak(symbols: readonly InternalExport[]): boolean {
  const distinctive = symbols.filter(({ isGeneric, isForkApi, isShared }) => !isGeneric && !isForkApi && !isShared)
  return distinctNames(distinctive).length >= NEVER_EXPORTED_NEEDED
}

/** A library that binds its own calls itself only offers the symbols, but a program comes first in every lookup. */
function isHazard(symbols: readonly InternalExport[], { facts }: ObjectSubject): boolean {
  const isExposed = ({ isInterposable }: InternalExport): boolean => facts.isProgram || isInterposable
  return onceExported(symbols).some(symbol => symbol.wasExported === 'yes' && isExposed(symbol)) || isLeak(symbols)
}
