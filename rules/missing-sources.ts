import { defineRule } from '../lib/plugin-api.js'

export default defineRule({
  id: 'missing-sources',
  scope: 'package',
  severity: 'info',
  summary: 'A nosrc source package: the omitted sources were not checked',
  why: 'NoSource and NoPatch keep a file out of the source package. Its contents, libraries included, are unknown.',
  remedy: 'Check the binary packages built from it, or the missing files themselves.',
  references: ['https://rpm-software-management.github.io/rpm/manual/spec.html'],
  messages: { missing: 'omits {sources}, which could not be checked' },
  options: {},

  *check({ facts }) {
    const { missingSources } = facts.provenance
    if (missingSources.length > 0) yield { message: 'missing', data: { sources: missingSources } }
  },
})
