/** From the inputs of the action to a command line of the program. */
import type { Inputs } from './inputs.js'

/** Standard output has the text for reading. `args` come last, so that they have the last word. */
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

/** A path that begins with a hyphen is no option, and a hyphen alone is a file: nobody writes to a step's standard input. */
function asPath(path: string): string {
  return path.startsWith('-') ? `./${path}` : path
}
