import {
  DOES_NOT_HELP,
  HIDE_FROM_EXPORT,
  HIDING_IN_DETAIL,
  conclusive,
  defineRule,
  distinctNames,
  exportFix,
  hidingData,
  internalsBeside,
  matchesWildcard,
  names as nameList,
  findingAbout,
} from '../lib/plugin-api.js'

export default defineRule({
  id: 'unversioned-crypto-export',
  scope: 'object',
  severity: 'error',
  summary: 'A shared library exports unversioned {family} symbols, which satisfy any reference',
  why:
    'ld.so searches the libraries of a process in one order and binds a reference to the first definition that fits. An unversioned definition fits ' +
    'every reference, even a versioned one such as {versionedReference}: a program that also uses {systemLibraries} binds to whichever library ' +
    'comes first in the load order. {incident}',
  remedy: HIDE_FROM_EXPORT,
  remedyInDetail: HIDING_IN_DETAIL,
  doesNotHelp: DOES_NOT_HELP,
  references: [
    'https://akkadia.org/drepper/dsohowto.pdf',
    'https://refspecs.linuxbase.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html',
  ],
  messages: {
    exported:
      'exports {count:unversioned {families} symbol:unversioned {families} symbols}: a program that also loads {libraries} may bind to this library instead',
    data: 'exports data named like {count:{families} function:{families} functions}: a program that also loads {libraries} may call it',
    partlyData:
      'exports {count:unversioned {families} symbol:unversioned {families} symbols}, {dataCount} of them as data instead of functions: a program that ' +
      'also loads {libraries} may bind to this library instead',
    generic:
      'exports {count:unversioned generic symbol:unversioned generic symbols} that {family} also defines, which alone does not prove a copy',
  },
  options: {
    allow: nameList([], '{family} symbols that a package may export, or patterns of them; for a library meant to replace {family}'),
  },

  *check(subject, { allow }) {
    const { facts, genuine, clients, package: owner } = subject
    if (facts.isProgram || genuine !== null) return
    // If the genuine library has no versions either, its own symbols are just as unversioned.
    const unversioned = facts.guarded.filter(({ name, family, reach }) => {
      return reach === 'all' && owner.family(family)?.isVersioned === true && !isAllowed(name, allow)
    })
    const count = conclusive(unversioned).filter(({ isData }) => !isData).length
    const hasData = unversioned.some(({ isData }) => isData)
    const proven = !hasData ? 'exported' : count === 0 ? 'data' : 'partlyData'
    yield* findingAbout(unversioned, { proven, generic: 'generic' }, symbols => ({
      data: {
        libraries: [...new Set(symbols.map(({ library }) => library))].sort(),
        ...internalsBeside(facts),
        ...(hasData ? { dataCount: distinctNames(symbols.filter(({ isData }) => isData)).length } : {}),
        ...hidingData(facts, clients),
      },
      remedy: proven === 'data' ? MAKE_STATIC : exportFix(subject),
    }))
  },
})

/** There is no bundled copy that could be dropped. */
const MAKE_STATIC =
  'Declare these variables static, or compile their source with -fvisibility=hidden. A null pointer that is used where the headers lack a function ' +
  'needs no external linkage.'

function isAllowed(name: string, patterns: readonly string[]): boolean {
  return patterns.some(pattern => matchesWildcard(pattern, name))
}
