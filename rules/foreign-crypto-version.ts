import { DOES_NOT_HELP, HIDE_FROM_EXPORT, defineRule, distinctNames, hideFromExport, isConclusive, textOf } from '../lib/plugin-api.js'

export default defineRule({
  id: 'foreign-crypto-version',
  scope: 'object',
  severity: 'warning',
  summary: 'A library exports OpenSSL names under a version of its own, to which unversioned references still bind',
  why:
    'A version of its own protects programs that were linked against a versioned OpenSSL. A program that refers to the name without a version ' +
    '(linked against an unversioned OpenSSL, or with this library before libcrypto on the link line) still gets this definition; and musl ' +
    'ignores versions altogether.',
  remedy: HIDE_FROM_EXPORT,
  doesNotHelp: DOES_NOT_HELP,
  references: ['https://refspecs.linuxbase.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html'],
  messages: {
    exported: 'exports {count:OpenSSL name:OpenSSL names} under {nodes}: references without a version still bind here',
    faint: 'exports {count:name:names} that OpenSSL has too, under {nodes}; alone that is too common to prove a copy of OpenSSL',
  },
  options: {},

  *check({ facts, genuine }) {
    if (facts.isProgram || genuine !== null) return
    const foreign = facts.guarded.filter(symbol => symbol.reach === 'unversioned' && !symbol.isOwnNode)
    if (foreign.length === 0) return
    const names = distinctNames(foreign)
    const proves = isConclusive(foreign)
    yield {
      message: proves ? 'exported' : 'faint',
      severity: proves ? 'warning' : 'info',
      symbols: names,
      data: {
        count: names.length,
        nodes: [...new Set(foreign.map(({ version }) => (version === null ? 'the hidden base version' : textOf(version))))].sort(),
      },
      remedy: hideFromExport(facts),
    }
  },
})
