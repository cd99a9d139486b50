import { defineRule, distinctNames, isConclusive } from '../lib/plugin-api.js'
import type { GuardedImport, ObjectSubject } from '../lib/plugin-api.js'

export default defineRule({
  id: 'unlinked-crypto-import',
  scope: 'object',
  severity: 'warning',
  summary: 'Needs OpenSSL names, but names no library that has them',
  why:
    'ld.so takes each of these names from whatever library of the process has it. This file does not say which it means: it works as long as ' +
    'something else brings libcrypto along, and gets the functions of any other library that exports them, or none at all, where nothing does.',
  remedy:
    'Link what is used: put -lcrypto, or -lssl -lcrypto, on the link line, and have -Wl,-z,defs tell of every name that is missing. The file then ' +
    'has a DT_NEEDED of its own, and asks for the names by their versions.',
  doesNotHelp: 'Not enough: a Requires in the spec file (it installs libcrypto, and loads nothing), or the link line of the program alone.',
  references: ['https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.dynamic.html'],
  messages: {
    unlinked: 'needs {count:name:names} of {libraries}, and none of the libraries that it names has them',
  },
  options: {},

  *check(subject) {
    const { facts, genuine } = subject
    if (genuine !== null || facts.isNested) return
    const needed = facts.guardedImports.filter(name => !name.isOptional && !isNamed(subject, name))
    if (!isConclusive(needed)) return
    const names = distinctNames(needed)
    const libraries = [...new Set(needed.map(({ library }) => library))].sort()
    yield { message: 'unlinked', symbols: names, data: { count: names.length, libraries } }
  },
})

/** Does a library that the object names have it: one of OpenSSL's, or one of the same package that exports it? */
function isNamed({ facts, package: owner }: ObjectSubject, { name, family }: GuardedImport): boolean {
  return facts.needed.some(soname => {
    if (owner.guardedSoname(soname)?.families.includes(family) === true) return true
    return owner.facts.objects.some(other => other.soname === soname && other.exports.some(symbol => symbol.name === name))
  })
}
