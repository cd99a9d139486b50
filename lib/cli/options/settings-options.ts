/** The options of `check` for the settings file. */
import type { Options } from './option-spec.js'

export const SETTINGS = {
  config: {
    kind: 'path',
    alias: 'c',
    isNeverEmpty: true,
    description: 'Settings file (default: rpmlint-ts.toml in the working directory or the nearest parent directory)',
  },
  'no-config': { kind: 'flag', description: 'Ignore settings files' },
  'print-config': { kind: 'flag', description: 'Print the effective configuration and exit' },
} as const satisfies Options
