/** The options of all commands that print a result. */
import type { Options } from './option-spec.js'

export const OUTPUT = {
  format: {
    kind: 'list',
    of: 'format',
    alias: 'f',
    description: 'Output format (default: text), or FORMAT=FILE to write it to a file; may be repeated',
  },
  'output-file': { kind: 'path', alias: 'o', isNeverEmpty: true, description: 'Write to this file instead of standard output' },
  color: {
    kind: 'choice',
    choices: ['auto', 'always', 'never'],
    description: 'Use colours; auto follows NO_COLOR, FORCE_COLOR and the terminal',
  },
  quiet: { kind: 'flag', alias: 'q', description: 'Print only what makes the run fail' },
} as const satisfies Options

/** For commands that print nothing but their result: a script may pass `--quiet` to every command. */
export const PLAIN_OUTPUT = { ...OUTPUT, quiet: { ...OUTPUT.quiet, description: 'Accepted, without effect' } } as const satisfies Options
