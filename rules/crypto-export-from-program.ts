import { defineRule, findingAbout } from '../lib/plugin-api.js'

export default defineRule({
  id: 'crypto-export-from-program',
  scope: 'object',
  severity: 'warning',
  summary: 'An executable exports {family} symbols: it comes first in every lookup of its process',
  why:
    'ld.so begins every lookup with the program itself. All libraries and plugins of the process bind to a symbol that the program exports, whatever ' +
    "they were linked with: extensions built against the system's {family} then use the copy inside the program.",
  remedy: [
    "Preferably, link the system's {systemLibraries} ({linkFlags}) instead of a copy.",
    'Otherwise keep the symbols out of the dynamic symbol table at link time, by one of:',
    '- a version script that hides them, which works beside -rdynamic too: { local: {symbolPatterns} };',
    '- -Wl,--exclude-libs,ALL, if the copy is a static archive on the link line;',
    '- -fvisibility=hidden for the bundled code;',
    '- linking without -rdynamic (--export-dynamic), as long as no library on the link line refers to the symbols.',
  ].join('\n'),
  references: ['https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    exported:
      'the program exports {count:{families} symbol:{families} symbols}: all libraries and plugins in its process bind to the program',
    generic: 'the program exports {count:generic symbol:generic symbols} that {family} also defines, which alone does not prove a copy',
  },
  options: {},

  *check({ facts }) {
    if (!facts.isProgram) return
    const reachable = facts.guarded.filter(({ reach, isOwnNode }) => reach !== 'own-version' || isOwnNode)
    yield* findingAbout(reachable, { proven: 'exported', generic: 'generic' })
  },
})
