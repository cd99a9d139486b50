/** The options of `check` that concern the settings file. */
import type { Options } from './option-spec.js'

export const SETTINGS = {
  config: { kind: 'path', alias: 'c', description: 'Settings file (default: rpmlint-ts.toml in this directory or one above it)' },
  'no-config': { kind: 'flag', description: 'Use no settings file' },
  'print-config': { kind: 'flag', description: 'Print the settings in force and end' },
} as const satisfies Options
