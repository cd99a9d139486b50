import { defineRule } from '../lib/plugin-api.js'
import type { ObjectFacts, Trace } from '../lib/plugin-api.js'

export default defineRule({
  id: 'bundled-openssl',
  scope: 'object',
  severity: 'info',
  summary: 'A copy of OpenSSL, BoringSSL, LibreSSL, AWS-LC, wolfSSL or yaSSL is inside, with its version where it says so',
  why:
    "A copy gets none of the distribution's security updates: someone has to rebuild this package for each. Hidden or versioned, it harms no " +
    'other program.',
  remedy: "Link the distribution's OpenSSL, or keep a record of the copy and its version.",
  references: ['https://docs.fedoraproject.org/en-US/packaging-guidelines/#bundling'],
  messages: {
    known: 'has a copy of {implementation} {versions} inside',
    unknown: 'has a copy of {implementation} inside; its version is not to be seen',
  },
  options: {},

  *check({ facts, genuine, package: owner }) {
    if (genuine === 'own-package') return
    for (const traces of byFamily(facts.traces)) {
      const family = traces[0]?.family ?? ''
      if (owner.isOwnPackage(family) || (genuine === null && !proves(traces, facts, family))) continue
      const versions = [...new Set(traces.flatMap(({ version }) => version ?? []))].sort()
      const implementation = [...new Set(traces.map(trace => trace.implementation))].sort()
      yield { message: versions.length > 0 ? 'known' : 'unknown', data: { implementation, versions } }
      return
    }
    if (genuine === 'bundled') yield { message: 'unknown', data: { implementation: ['OpenSSL'], versions: [] } }
  },
})

/**
 * Any program compiled with OpenSSL's headers may carry OPENSSL_VERSION_TEXT: a version string proves a copy only where nothing of
 * OpenSSL is imported. Two source paths prove it anyway.
 */
function proves(traces: readonly Trace[], facts: ObjectFacts, family: string): boolean {
  if (traces.filter(({ isSourcePath }) => isSourcePath).length >= 2) return true
  const imports = facts.guardedImports.some(name => name.family === family)
  const usesSystemCopy = imports || facts.needed.some(name => /^lib(crypto|ssl)\b/.test(name))
  return !usesSystemCopy && traces.some(({ isSourcePath }) => !isSourcePath)
}

function byFamily(traces: readonly Trace[]): Trace[][] {
  return [...new Set(traces.map(({ family }) => family))].map(family => traces.filter(trace => trace.family === family))
}
