import { defineRule, distinctNames } from '../lib/plugin-api.js'

export default defineRule({
  id: 'unversioned-openssl',
  scope: 'object',
  severity: 'warning',
  summary: 'The genuine libcrypto or libssl itself has names without symbol versions',
  why:
    'OpenSSL gives its names versions since 1.1.0; before, distributions did. Without them two generations of the library cannot share a process: ' +
    'whichever loads first serves the clients of both.',
  remedy:
    'Build OpenSSL 1.1.0 or later, which versions its names itself, or add a version script with a node of this release to an older one.',
  references: ['https://www.openssl.org/docs/man3.0/man7/migration_guide.html'],
  messages: { unversioned: '{count} of its {total} OpenSSL names have no version' },
  options: {},

  *check({ facts, genuine }) {
    if (genuine !== 'own-package') return
    const unversioned = facts.guarded.filter(({ reach }) => reach === 'all')
    if (unversioned.length === 0) return
    const names = distinctNames(unversioned)
    yield {
      message: 'unversioned',
      symbols: names,
      data: { count: names.length, total: facts.guarded.length },
    }
  },
})
