import { HIDE_FROM_EXPORT, defineRule, distinctNames, hideFromExport, isConclusive } from '../lib/plugin-api.js'

export default defineRule({
  id: 'do-nothing-crypto-export',
  scope: 'object',
  severity: 'error',
  summary: 'An exported OpenSSL function does nothing: callers get silence instead of cryptography',
  why:
    'The machine code of these functions returns at once. Whoever binds to them sees success and gets no lock, no initialised context, no key. ' +
    'The four functions of 2012 were such stand-ins: Postfix crashed later, in a place that had nothing to do with them.',
  remedy: HIDE_FROM_EXPORT,
  references: ['https://www.openssl.org/docs/man3.0/man7/crypto.html'],
  messages: {
    silent:
      '{count:exported OpenSSL function does:exported OpenSSL functions do} nothing: who binds here runs without the cryptography asked for',
    faint:
      '{count:exported function with a name:exported functions with names} that OpenSSL has too do nothing; alone that is too common to prove a stand-in',
  },
  options: {},

  *check({ facts, genuine }) {
    if (genuine !== null) return
    const silent = facts.guarded.filter(({ doNothing, isKnownNoOp, reach, isOwnNode }) => {
      const isReached = reach === 'all' || reach === 'unversioned' || isOwnNode
      return doNothing !== null && !isKnownNoOp && isReached
    })
    if (silent.length === 0) return
    const names = distinctNames(silent)
    const proves = isConclusive(silent)
    yield {
      message: proves ? 'silent' : 'faint',
      // A program's exports are a warning, and OpenSSL's own build leaves functions without code in a copy.
      severity: !proves ? 'info' : facts.isProgram ? 'warning' : 'error',
      symbols: names,
      data: { count: names.length, does: Object.fromEntries(silent.map(({ name, doNothing }) => [name, doNothing])) },
      remedy: facts.isProgram
        ? 'Remove the stand-ins, or keep them out of the dynamic symbol table: rpmlint-ts explain crypto-export-from-program tells how.'
        : hideFromExport(facts),
    }
  },
})
