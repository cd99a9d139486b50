import { defineRule } from '../lib/plugin-api.js'

export default defineRule({
  id: 'missing-sources',
  scope: 'package',
  severity: 'info',
  summary: 'A nosrc source package: these sources are not here and were not judged',
  why: 'NoSource and NoPatch keep a file out of the source package. What it holds, and what libraries are in it, cannot be told from here.',
  remedy: 'Check the binary packages that are built from it, or the missing files themselves.',
  references: ['https://rpm-software-management.github.io/rpm/manual/spec.html'],
  messages: { missing: 'leaves out {sources}: not here, so not judged' },
  options: {},

  *check({ facts }) {
    const { missingSources } = facts.provenance
    if (missingSources.length > 0) yield { message: 'missing', data: { sources: missingSources } }
  },
})
