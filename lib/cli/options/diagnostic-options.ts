/** The options for diagnostics on standard error. */
import type { Options } from './option-spec.js'

export const DIAGNOSTICS = {
  verbose: { kind: 'flag', alias: 'v', description: 'Report on standard error what is read, skipped and decided' },
  debug: { kind: 'flag', description: 'Report internals too, for bug reports; implies --verbose' },
} as const satisfies Options
