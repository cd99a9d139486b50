/** The options of `check` for waivers, the baseline and rpmlint's files. */
import type { Options } from './option-spec.js'

export const WAIVING = {
  'max-warnings': { kind: 'count', isLimit: true, description: 'Exit 1 on more warnings than this; -1 for no limit' },
  'strict-waivers': { kind: 'flag', description: 'Treat unused waivers, baseline entries and filters as errors' },
  today: { kind: 'day', description: 'Date on which waivers are evaluated, YYYY-MM-DD (default: the current date in UTC)' },
  baseline: { kind: 'path', isNeverEmpty: true, description: 'Waive the findings recorded in this file, unless something in them is new' },
  'update-baseline': { kind: 'flag', description: 'Record the findings of this run in the baseline' },
  rpmlintrc: {
    kind: 'list',
    of: 'path',
    isNeverEmpty: true,
    description: "Apply the filters and badness of rpmlint's rpmlintrc; may be repeated",
  },
  'rpmlint-config': {
    kind: 'list',
    of: 'path',
    placeholder: 'PATH',
    isNeverEmpty: true,
    description: "Apply the filters, scoring and threshold of rpmlint's TOML file, or a directory of them; may be repeated",
  },
  'ignore-unused-rpmlintrc': { kind: 'flag', description: 'Do not report unused rpmlintrc filters' },
  'rpmlint-exit-codes': {
    kind: 'flag',
    description: "Use rpmlint's exit codes: 64 on errors, 65 on less severe findings with --fail-on, 66 on badness",
  },
} as const satisfies Options
