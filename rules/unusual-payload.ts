import { defineRule } from '../lib/plugin-api.js'

export default defineRule({
  id: 'unusual-payload',
  scope: 'package',
  severity: 'warning',
  summary:
    'Valid but unusual: a compressor tag that contradicts the magic, trailing data, a ghost file in the payload, duplicate tags, ' +
    'missing digests, contents that cannot be read',
  why: 'Readers differ on such a package: the checked contents may not be what another tool sees or rpm installs.',
  remedy:
    'Build the package with a current rpmbuild; do not rewrite finished packages. ' +
    'Contents that could not be read have to be checked where they are built.',
  references: ['https://rpm-software-management.github.io/rpm/manual/format_v4.html'],
  messages: { odd: '{oddities}' },
  options: {},

  *check({ facts }) {
    const odd = facts.notes.filter(({ isOdd }) => isOdd)
    if (odd.length === 0) return
    yield { message: 'odd', data: { oddities: odd.map(({ message }) => message), notes: odd.map(({ id }) => id) } }
  },
})
