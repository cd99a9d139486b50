import { DOES_NOT_HELP, HIDE_FROM_EXPORT, defineRule, distinctNames, hideFromExport } from '../lib/plugin-api.js'

export default defineRule({
  id: 'forged-crypto-version',
  scope: 'object',
  severity: 'error',
  summary: "A library that is not OpenSSL exports OpenSSL names under OpenSSL's own version nodes",
  why:
    "ld.so compares version names, not libraries: a definition under OPENSSL_3.0.0 takes exactly the references that OpenSSL's clients make, " +
    'even where it is not the default version. Giving a copy the versions of the original makes the clash certain.',
  remedy: HIDE_FROM_EXPORT,
  doesNotHelp: DOES_NOT_HELP,
  references: ['https://refspecs.linuxbase.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html'],
  messages: { forged: "exports {count:OpenSSL name:OpenSSL names} under OpenSSL's own version {nodes}, and is not OpenSSL" },
  options: {},

  *check({ facts, genuine }) {
    if (facts.isProgram || genuine !== null) return
    const forged = facts.guarded.filter(symbol => symbol.isOwnNode && symbol.reach !== 'all')
    if (forged.length === 0) return
    const names = distinctNames(forged)
    yield {
      message: 'forged',
      symbols: names,
      data: { count: names.length, nodes: [...new Set(forged.flatMap(({ version }) => version ?? []))].sort() },
      remedy: hideFromExport(facts),
    }
  },
})
