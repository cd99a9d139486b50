import { defineRule, isConclusive } from '../lib/plugin-api.js'

export default defineRule({
  id: 'crypto-export-from-archive',
  scope: 'archive',
  severity: 'warning',
  summary: 'A static archive would put OpenSSL names into whatever links it',
  why:
    'The link editor copies members of the archive into the library or program that it makes, and exports their names from it by default. ' +
    'The hazard then ships in another package, whose maintainer never chose it.',
  remedy:
    'Compile the members with -fvisibility=hidden, or combine and localise them (ld -r, then objcopy --keep-global-symbol=NAME for your own names). ' +
    'Whoever links the archive can guard themselves with -Wl,--exclude-libs,ALL, which keeps its own names from being exported as well.',
  references: ['https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    exported: 'the archive defines {count:OpenSSL name:OpenSSL names} that a library linked with it would export',
    faint: 'the archive defines {count:name:names} that OpenSSL has too; alone that is too common to prove a copy of OpenSSL',
  },
  options: {},

  *check({ facts, package: owner }) {
    const foreign = facts.guarded.filter(({ family }) => !owner.isOwnPackage(family))
    if (foreign.length === 0) return
    const proves = isConclusive(foreign)
    yield {
      message: proves ? 'exported' : 'faint',
      severity: proves ? 'warning' : 'info',
      symbols: foreign.map(({ name }) => name),
      data: { count: foreign.length, members: facts.members },
    }
  },
})
