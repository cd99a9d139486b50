/** The options of `check` that concern waivers, baseline and rpmlint's files. */
import type { OptionSpec } from './option-spec.js'

export const WAIVING: Readonly<Record<string, OptionSpec>> = {
  'max-warnings': { type: 'string', description: 'Exit 1 for more warnings than this; -1 for as many as there are' },
  'strict-waivers': { type: 'boolean', description: 'What waives nothing is an error: waivers, entries of the baseline, filters' },
  today: { type: 'string', description: 'The day on which waivers are judged, YYYY-MM-DD (default: that of the clock, in UTC)' },
  baseline: { type: 'string', description: 'Findings that are in this file are waived, as long as nothing in them is new' },
  'update-baseline': { type: 'boolean', description: 'Write the findings of this run into the baseline' },
  rpmlintrc: { type: 'string', multiple: true, description: "Filters and badness from rpmlint's rpmlintrc; may be repeated" },
  'rpmlint-config': {
    type: 'string',
    multiple: true,
    description: "Filters, scoring and threshold from rpmlint's TOML file, or a directory of them; may be repeated",
  },
  'ignore-unused-rpmlintrc': { type: 'boolean', description: 'Tell nothing of filters in an rpmlintrc that hide nothing' },
  'rpmlint-exit-codes': { type: 'boolean', description: 'Exit as rpmlint does: 64 for errors, 65 with --fail-on for less, 66 for badness' },
}
