/** Translates the inputs of the action to a command line. */
import type { Inputs } from './inputs.js'

/** Standard output gets the text format. `args` come last, to override other options. */
export function argumentsFor(inputs: Inputs): string[] {
  const formats = ['text', ...(inputs.sarifFile === '' ? [] : [`sarif=${inputs.sarifFile}`]), ...inputs.reports]
  return [
    'check',
    ...formats.map(format => `--format=${format}`),
    ...(inputs.config === '' ? [] : [`--config=${inputs.config}`]),
    ...(inputs.failOn === '' ? [] : [`--fail-on=${inputs.failOn}`]),
    ...(inputs.reportPath === '' ? [] : [`--report-path=${inputs.reportPath}`]),
    ...inputs.args,
    ...inputs.paths.map(asPath),
  ]
}

/** A path that begins with a hyphen is not an option, and a hyphen alone is a file: a step has no standard input. */
function asPath(path: string): string {
  return path.startsWith('-') ? `./${path}` : path
}
