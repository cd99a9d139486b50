import { HIDE_FROM_PROGRAM, HIDING_IN_PROGRAMS_IN_DETAIL, defineRule, findingAbout, hideFromExport, hidingData } from '../lib/plugin-api.js'

export default defineRule({
  id: 'crypto-export-from-program',
  scope: 'object',
  severity: 'warning',
  summary: 'An executable exports {family} symbols: it comes first in every lookup of its process',
  why:
    'ld.so begins every lookup with the program itself. All libraries and plugins of the process bind to a symbol that the program exports, whatever ' +
    "they were linked with: extensions built against the system's {family} then use the copy inside the program.",
  remedy: HIDE_FROM_PROGRAM,
  remedyInDetail: HIDING_IN_PROGRAMS_IN_DETAIL,
  references: ['https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    exported:
      'the program exports {count:{families} symbol:{families} symbols}: all libraries and plugins in its process bind to the program',
    generic: 'the program exports {count:generic symbol:generic symbols} that {family} also defines, which alone does not prove a copy',
  },
  options: {},

  *check({ facts, clients }) {
    if (!facts.isProgram) return
    const reachable = facts.guarded.filter(({ reach, isOwnNode }) => reach !== 'own-version' || isOwnNode)
    yield* findingAbout(reachable, { proven: 'exported', generic: 'generic' }, () => ({
      data: hidingData(facts, clients),
      remedy: hideFromExport(facts, clients),
    }))
  },
})
