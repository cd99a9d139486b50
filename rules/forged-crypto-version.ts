import {
  DOES_NOT_HELP,
  HIDE_FROM_EXPORT,
  HIDING_IN_DETAIL,
  defineRule,
  distinctNames,
  exportFix,
  hidingData,
  internalsBeside,
} from '../lib/plugin-api.js'

export default defineRule({
  id: 'forged-crypto-version',
  scope: 'object',
  severity: 'error',
  summary: "A library that is not {family} exports {family} symbols under the genuine library's version nodes",
  why:
    'ld.so compares the names of versions, not libraries: references to {versionedReference}, as the clients of the genuine library make them, bind to ' +
    'any definition under that node, even if it is not the default version. Where a process loads both libraries, the first of them serves the clients of both. In a public directory this can ' +
    'happen to any program, in a private one to programs that find the copy there and use libraries of the system too.',
  remedy: HIDE_FROM_EXPORT,
  remedyInDetail: HIDING_IN_DETAIL,
  doesNotHelp: DOES_NOT_HELP,
  references: ['https://refspecs.linuxbase.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html'],
  messages: {
    forged: 'exports {count:{families} symbol:{families} symbols} under version {nodes} of the genuine library, but is not {family}',
    private:
      'exports {count:{families} symbol:{families} symbols} under version {nodes} of the genuine library, but is not {family}: a process that finds it here ' +
      'and loads the genuine one too would bind the references of both to the first',
  },
  options: {},

  *check(subject) {
    const { facts, genuine, clients } = subject
    if (facts.isProgram || genuine !== null) return
    const forged = facts.guarded.filter(symbol => symbol.isOwnNode && symbol.reach !== 'all')
    if (forged.length === 0) return
    const names = distinctNames(forged)
    yield {
      message: subject.isPublic ? 'forged' : 'private',
      symbols: names,
      data: {
        count: names.length,
        nodes: [...new Set(forged.flatMap(({ version }) => version ?? []))].sort(),
        ...internalsBeside(facts),
        ...hidingData(facts, clients),
      },
      remedy: exportFix(subject),
    }
  },
})
