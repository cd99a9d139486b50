import { defineRule, distinctNames, isConclusive } from '../lib/plugin-api.js'

export default defineRule({
  id: 'crypto-export-from-program',
  scope: 'object',
  severity: 'warning',
  summary: 'An executable exports OpenSSL names: it comes first in every lookup of its process',
  why:
    'ld.so begins every search with the program itself. A name that it exports is taken from it by every library and plugin that the process ' +
    "loads, whatever they were linked with: extensions built against the system's OpenSSL then run on the copy inside the program.",
  remedy: [
    "Best is to link the system's libcrypto and libssl instead of a copy.",
    'Else keep the names out of the dynamic symbol table when you link, by one of:',
    '- a version script that hides them, which works beside -rdynamic too: { local: CRYPTO_*; EVP_*; SSL_*; };',
    '- -Wl,--exclude-libs,ALL, if the copy is a static archive on the link line;',
    '- -fvisibility=hidden for the bundled code;',
    '- linking without -rdynamic (--export-dynamic), as long as no library on the link line refers to the names.',
  ].join('\n'),
  references: ['https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    exported: 'the program exports {count:OpenSSL name:OpenSSL names}: every library and plugin in its process gets them from here',
    faint: 'the program exports {count:name:names} that OpenSSL has too; alone that is too common to prove a copy of OpenSSL',
  },
  options: {},

  *check({ facts }) {
    if (!facts.isProgram) return
    const taking = facts.guarded.filter(({ reach, isOwnNode }) => reach !== 'own-version' || isOwnNode)
    if (taking.length === 0) return
    const names = distinctNames(taking)
    const proves = isConclusive(taking)
    yield {
      message: proves ? 'exported' : 'faint',
      severity: proves ? 'warning' : 'info',
      symbols: names,
      data: { count: names.length },
    }
  },
})
