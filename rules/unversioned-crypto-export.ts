import {
  DOES_NOT_HELP,
  HIDE_FROM_EXPORT,
  defineRule,
  distinctNames,
  hideFromExport,
  isConclusive,
  matchesWildcard,
  names as nameList,
} from '../lib/plugin-api.js'

export default defineRule({
  id: 'unversioned-crypto-export',
  scope: 'object',
  severity: 'error',
  summary: 'A shared library exports OpenSSL names that take every reference: no version, or the base version',
  why:
    'ld.so searches all libraries of a process in one order and takes the first definition that fits. One without a version fits every reference, ' +
    "also one that asks for CRYPTO_lock@OPENSSL_1.0.1: any program that uses both this library and libcrypto gets this library's function " +
    'whenever it comes first in the load order. In 2012 that crashed Postfix, through a MySQL client library.',
  remedy: HIDE_FROM_EXPORT,
  doesNotHelp: DOES_NOT_HELP,
  references: [
    'https://akkadia.org/drepper/dsohowto.pdf',
    'https://refspecs.linuxbase.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html',
  ],
  messages: {
    exported:
      'exports {count:OpenSSL name:OpenSSL names} without a version: any program that also loads {libraries} may be served from here instead',
    faint: 'exports {count:name:names} that OpenSSL has too, without a version; alone that is too common to prove a copy of OpenSSL',
  },
  options: {
    allow: nameList([], 'OpenSSL symbols that a package may export, or patterns of them; for a library that is meant to replace OpenSSL'),
  },

  *check({ facts, genuine }, { allow }) {
    if (facts.isProgram || genuine !== null) return
    const taking = facts.guarded.filter(symbol => symbol.reach === 'all' && !isAllowed(symbol.name, allow))
    if (taking.length === 0) return
    const names = distinctNames(taking)
    const proves = isConclusive(taking)
    yield {
      message: proves ? 'exported' : 'faint',
      severity: proves ? 'error' : 'info',
      symbols: names,
      data: { count: names.length, libraries: [...new Set(taking.map(({ library }) => library))].sort() },
      remedy: hideFromExport(facts),
    }
  },
})

function isAllowed(name: string, patterns: readonly string[]): boolean {
  return patterns.some(pattern => matchesWildcard(pattern, name))
}
