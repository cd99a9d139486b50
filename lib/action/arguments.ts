/** From the inputs of the action to a command line of the program. */
import { join } from 'node:path'
import type { Inputs } from './inputs.js'

/** Files in a folder of the run, from which the action takes what the runner wants elsewhere. */
export interface RunFiles {
  readonly report: string
  readonly annotations: string
  readonly summary: string
}

export function runFilesIn(folder: string): RunFiles {
  return { report: join(folder, 'report.json'), annotations: join(folder, 'annotations.txt'), summary: join(folder, 'summary.md') }
}

/** Standard output has the text for reading. `args` come last, so that they have the last word. */
export function argumentsFor(inputs: Inputs, files: RunFiles): string[] {
  const formats = [
    'text',
    `json=${files.report}`,
    ...(inputs.wantsAnnotations ? [`github=${files.annotations}`] : []),
    ...(inputs.wantsSummary ? [`markdown=${files.summary}`] : []),
    ...(inputs.sarifFile === '' ? [] : [`sarif=${inputs.sarifFile}`]),
    ...inputs.reports,
  ]
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
