import {
  DOES_NOT_HELP,
  HIDE_FROM_EXPORT,
  HIDING_IN_DETAIL,
  defineRule,
  exportFix,
  hidingData,
  internalsBeside,
  textOf,
  findingAbout,
} from '../lib/plugin-api.js'

export default defineRule({
  id: 'foreign-crypto-version',
  scope: 'object',
  severity: 'warning',
  summary: 'A library exports {family} symbols under a version of its own, to which unversioned references still bind',
  why:
    'A version of its own protects programs that were linked against a versioned {family}. A program that refers to the symbol without a version ' +
    '(linked against an unversioned {family}, or with this library before {systemLibraries} on the link line) still binds to this definition; and musl ' +
    'ignores versions altogether.',
  remedy: HIDE_FROM_EXPORT,
  remedyInDetail: HIDING_IN_DETAIL,
  doesNotHelp: DOES_NOT_HELP,
  references: ['https://refspecs.linuxbase.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html'],
  messages: {
    exported: 'exports {count:{families} symbol:{families} symbols} under {nodes}, to which unversioned references still bind',
    generic: 'exports {count:generic symbol:generic symbols} that {family} also defines under {nodes}, which alone does not prove a copy',
  },
  options: {},

  *check(subject) {
    const { facts, genuine, clients, package: owner } = subject
    if (facts.isProgram || genuine !== null) return
    // Where the genuine library has no versions, a version is no worse than none.
    const foreign = facts.guarded.filter(({ family, reach, isOwnNode }) => {
      return reach === 'unversioned' && !isOwnNode && owner.family(family)?.isVersioned === true
    })
    yield* findingAbout(foreign, { proven: 'exported', generic: 'generic' }, symbols => ({
      data: { nodes: [...new Set(symbols.map(nodeOf))].sort(), ...internalsBeside(facts), ...hidingData(facts, clients) },
      remedy: exportFix(subject),
    }))
  },
})

function nodeOf({ version }: { readonly version: string | null }): string {
  return version === null ? 'the hidden base version' : textOf(version)
}
