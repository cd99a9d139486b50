import { defineRule } from '../lib/plugin-api.js'

export default defineRule({
  id: 'nosrc-derived',
  scope: 'package',
  severity: 'info',
  summary: 'Built from a nosrc package: only the holder of the source can fix it',
  why:
    'A .nosrc.rpm source package omits sources, often because they are themselves binaries of another vendor. Nobody else can ' +
    'rebuild this package, so nobody else can fix it.',
  remedy: 'Report the problem to the vendor named in the package, or repackage from full sources.',
  references: ['https://rpm-software-management.github.io/rpm/manual/spec.html'],
  messages: { derived: 'was built from {sourceRpm}, which omits sources' },
  options: {},

  *check({ facts }) {
    if (facts.provenance.isNosrcDerived) yield { message: 'derived', data: { sourceRpm: facts.provenance.sourceRpm } }
  },
})
