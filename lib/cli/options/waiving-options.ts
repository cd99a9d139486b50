/** The options of `check` that concern waivers, baseline and rpmlint's files. */
import type { Options } from './option-spec.js'

export const WAIVING = {
  'max-warnings': { kind: 'count', isLimit: true, description: 'Exit 1 for more warnings than this; -1 for as many as there are' },
  'strict-waivers': { kind: 'flag', description: 'What waives nothing is an error: waivers, entries of the baseline, filters' },
  today: { kind: 'day', description: 'The day on which waivers are judged, YYYY-MM-DD (default: that of the clock, in UTC)' },
  baseline: { kind: 'path', description: 'Findings that are in this file are waived, as long as nothing in them is new' },
  'update-baseline': { kind: 'flag', description: 'Write the findings of this run into the baseline' },
  rpmlintrc: { kind: 'list', of: 'path', description: "Filters and badness from rpmlint's rpmlintrc; may be repeated" },
  'rpmlint-config': {
    kind: 'list',
    of: 'path',
    description: "Filters, scoring and threshold from rpmlint's TOML file, or a directory of them; may be repeated",
  },
  'ignore-unused-rpmlintrc': { kind: 'flag', description: 'Tell nothing of filters in an rpmlintrc that hide nothing' },
  'rpmlint-exit-codes': { kind: 'flag', description: 'Exit as rpmlint does: 64 for errors, 65 with --fail-on for less, 66 for badness' },
} as const satisfies Options
