import { conclusive, conclusiveInternals, defineRule, distinctNames, findingAbout } from '../lib/plugin-api.js'

export default defineRule({
  id: 'crypto-export-from-archive',
  scope: 'archive',
  severity: 'warning',
  summary: 'A static archive or LTO object defines {family} symbols: everything linked with it would export them',
  why:
    'The link editor copies members of the archive into the library or program that it makes, and exports their symbols from it by default. ' +
    'The hazard then ships in another package, whose maintainer never chose it.',
  remedy:
    'Combine and localise the members: ld -r -o all.o MEMBERS, then objcopy --keep-global-symbol=NAME all.o for your own symbols. Or compile them with ' +
    '-fvisibility=hidden, which does not reach assembler code. ' +
    'Users of the archive can protect themselves with -Wl,--exclude-libs,ALL, which also hides the symbols that the archive is meant to provide.',
  references: ['https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    exported: 'defines {count:{families} symbol:{families} symbols} that a library linked with it would export',
    internal:
      'defines {count:internal {families} symbol:internal {families} symbols} that a library linked with it would export, as a static copy does',
    generic: 'defines {count:generic symbol:generic symbols} that {family} also defines, which alone does not prove a copy',
  },
  options: {},

  *check({ facts, package: owner }) {
    const foreign = facts.guarded.filter(({ family }) => !owner.isOwnPackage(family))
    const internals = conclusiveInternals(facts.internals.filter(({ family }) => !owner.isOwnPackage(family)))
    if (internals.length > 0 && conclusive(foreign).length === 0) {
      const symbols = distinctNames(internals)
      yield { message: 'internal', symbols, data: { count: symbols.length, members: facts.members } }
    } else yield* findingAbout(foreign, { proven: 'exported', generic: 'generic' }, () => ({ data: { members: facts.members } }))
  },
})
