import { conclusive, defineRule, distinctNames } from '../lib/plugin-api.js'
import type { GuardedImport, ObjectSubject } from '../lib/plugin-api.js'

export default defineRule({
  id: 'unlinked-crypto-import',
  scope: 'object',
  severity: 'warning',
  summary: 'A file needs {family} symbols, but links no library that provides them',
  why:
    'ld.so binds each of these symbols to whatever library of the process defines it. The file works as long as something else loads ' +
    '{systemLibraries}; otherwise it binds to any other library that exports the symbols, or fails.',
  remedy:
    'Link the libraries that are used: add {linkFlags} to the link line, and -Wl,-z,defs, which makes undefined symbols an error. The file then has a DT_NEEDED ' +
    'entry of its own, and its references carry the versions of the library.',
  doesNotHelp:
    'Not enough: a Requires in the spec file (it installs the library, but does not load it), or the link line of the program alone.',
  references: ['https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.dynamic.html'],
  messages: {
    unlinked: 'has no DT_NEEDED entry for a library that provides the {count:symbol:symbols} it needs from {libraries}',
  },
  options: {},

  *check(subject) {
    const { facts, genuine } = subject
    if (genuine !== null || facts.isNested) return
    const needed = conclusive(facts.guardedImports.filter(symbol => !symbol.isOptional && !isLinked(subject, symbol)))
    if (needed.length === 0) return
    const names = distinctNames(needed)
    const libraries = [...new Set(needed.map(({ library }) => library))].sort()
    yield { message: 'unlinked', symbols: names, data: { count: names.length, libraries } }
  },
})

/** Does a DT_NEEDED entry of the object provide it: one of the family's libraries, or one of the same package that exports it? */
function isLinked({ facts, package: owner }: ObjectSubject, { name, family }: GuardedImport): boolean {
  return facts.needed.some(soname => {
    if (owner.guardedSoname(soname)?.families.includes(family) === true) return true
    return owner.facts.objects.some(other => other.soname === soname && other.exports.some(symbol => symbol.name === name))
  })
}
