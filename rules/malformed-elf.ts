import { defineRule } from '../lib/plugin-api.js'

export default defineRule({
  id: 'malformed-elf',
  scope: 'object',
  severity: 'error',
  summary: 'An ELF file that the loader or a strict reader would reject',
  why: 'An unreadable file cannot be checked; a loader either rejects it as well or reads it differently.',
  remedy:
    'Rebuild the file. Tools that rewrite finished libraries (packers, patchers, strippers) are the usual cause; readelf -aW shows the damage.',
  references: ['https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html'],
  messages: { malformed: '{fault}' },
  options: {},

  *check({ facts }) {
    if (facts.fault === null) return
    // Source trees contain broken ELF files as test data; files inside archives are not loaded.
    const severity = facts.isNested ? 'info' : 'error'
    yield {
      message: 'malformed',
      severity,
      data: { fault: facts.fault.message, structure: facts.fault.structure, offset: facts.fault.offset },
    }
  },
})
