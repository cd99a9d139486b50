import { defineRule, distinctNames, versionsFor } from '../lib/plugin-api.js'

export default defineRule({
  id: 'unversioned-openssl',
  scope: 'object',
  severity: 'warning',
  summary: 'The genuine {family} library itself ({sonames}) exports unversioned symbols',
  why: '{versioning} Without versions two generations of the library cannot share a process: the clients of both bind to whichever is loaded first.',
  remedy: '{versioningFix}',
  references: ['https://refspecs.linuxbase.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html'],
  messages: { unversioned: 'exports {count} of its {total} {families} symbols without a version' },
  options: {},

  *check({ facts, genuine, package: owner }) {
    if (genuine !== 'own-package') return
    const own = facts.guarded.filter(({ family }) => owner.family(family)?.isVersioned === true)
    const unversioned = own.filter(({ reach }) => reach === 'all')
    if (unversioned.length === 0) return
    const names = distinctNames(unversioned)
    yield {
      message: 'unversioned',
      symbols: names,
      data: { count: names.length, total: distinctNames(own).length },
      remedy: versionsFor(facts.traces, owner.family(unversioned[0]?.family ?? '')?.title ?? ''),
    }
  },
})
