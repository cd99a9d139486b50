/**
 * Files that a runner of GitHub reads after a step: outputs, and the page of the run.
 *
 * An output is written with a delimiter around its value, so that the value may have lines; the delimiter must not be one of them.
 * Source: actions/runner, src/Runner.Worker/FileCommandManager.cs.
 */
import { appendFileSync } from 'node:fs'
import { UsageError } from '../errors/check-error.js'
import { reasonOf } from '../io/os-error.js'

export type Outputs = Readonly<Record<string, string | number>>

/** `delimiter` is a word that nobody can guess. Nothing happens where there is no `file`: an older runner, or a test by hand. */
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
