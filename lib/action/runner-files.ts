/**
 * Files that a GitHub runner reads after a step: outputs, and the job summary.
 *
 * The value of an output is enclosed in delimiter lines, so that it may have several lines.
 * Source: actions/runner, src/Runner.Worker/FileCommandManager.cs.
 */
import { appendFileSync } from 'node:fs'
import { UsageError } from '../errors/check-error.js'
import { reasonOf } from '../io/os-error.js'

export type Outputs = Readonly<Record<string, string | number>>

/** `delimiter` must be unpredictable. Does nothing without a `file`, as on an old runner. */
export function appendOutputs(file: string | undefined, outputs: Outputs, delimiter: string): void {
  const entries = Object.entries(outputs).map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
  appendTo(file, entries.join(''))
}

/** Throws `UsageError`. */
export function appendTo(file: string | undefined, text: string): void {
  if (file === undefined || file === '') return
  try {
    appendFileSync(file, text)
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`)
  }
}
