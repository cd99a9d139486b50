/**
 * A rule of a third party: it needs 'rpmlint-ts/plugin-api' and nothing else. foreign-runpath.test.js is its test.
 *
 *     rpmlint-ts check --rules-from examples/foreign-runpath.js some.rpm
 *     rpmlint-ts explain --rules-from examples/foreign-runpath.js foreign-runpath
 *
 * Its option is set in rpmlint-ts.toml:
 *
 *     [rules.foreign-runpath]
 *     allowed = ["$ORIGIN*", "/opt/acme/lib*"]
 */
import { defineRule, matchesWildcard, names, textOf } from 'rpmlint-ts/plugin-api'

export default defineRule({
  id: 'foreign-runpath',
  scope: 'object',
  severity: 'warning',
  summary: 'An object searches directories for its libraries that no package owns',
  why:
    'ld.so searches DT_RUNPATH before the directories of the system: anybody who can write to a directory of the build host, such as ' +
    '/home/build, chooses the libraries.',
  remedy: 'Link without -rpath, or remove the entries with chrpath or patchelf at the end of %install.',
  references: ['https://man7.org/linux/man-pages/man8/ld.so.8.html'],
  messages: { foreign: 'searches {directories}' },
  options: {
    allowed: names(['$ORIGIN*', '${ORIGIN}*', '/usr/lib*'], 'patterns of directories that may be searched'),
  },

  *check({ facts }, { allowed }) {
    const searched = (facts.runpath ?? facts.rpath ?? '').split(':').filter(entry => entry !== '')
    const foreign = searched.filter(entry => !allowed.some(pattern => matchesWildcard(pattern, entry)))
    // What a package says is bytes; messages are text.
    if (foreign.length > 0) yield { message: 'foreign', data: { directories: foreign.map(textOf) } }
  },
})
