/**
 * The action for GitHub: `check` with its inputs, and outputs, annotations and page of a workflow made from the report. Its result is the exit status, as
 * that of the program; the runner takes any but 0 for a failed step.
 */
import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { checkLine, type CheckRun } from '../cli/check.js'
import { parseCommandLine } from '../cli/command-line.js'
import type { Surroundings } from '../cli/surroundings.js'
import { CheckError } from '../errors/check-error.js'
import { summaryOf } from '../lint/report.js'
import { argumentsFor } from './arguments.js'
import { readInputs, type Inputs } from './inputs.js'
import { appendOutputs, appendTo, type Outputs } from './runner-files.js'
import { errorCommand, resumeCommand, stopCommand } from './workflow-commands.js'

const INCOMPLETE = 2
const TITLE = 'rpmlint-ts could not check'

/** Throws nothing: Node would end with 1, which would say that there are findings. */
export async function action(surroundings: Surroundings): Promise<number> {
  try {
    const inputs = readInputs(surroundings.env)
    const run = await withoutCommands(surroundings, quiet => checkAsAsked(inputs, quiet))
    return run === null ? incomplete('nothing was checked: see the input args', surroundings) : publish(run, inputs, surroundings)
  } catch (error) {
    return incomplete(error instanceof CheckError ? error.message : `a bug in rpmlint-ts, please report it: ${String(error)}`, surroundings)
  }
}

/** `null` for help and printed settings, which check nothing: that must not pass for clean. */
async function checkAsAsked(inputs: Inputs, surroundings: Surroundings): Promise<CheckRun | null> {
  const line = parseCommandLine(argumentsFor(inputs))
  return line.command === 'check' ? checkLine(line, surroundings) : null
}

function publish(run: CheckRun, inputs: Inputs, { stdout, env }: Surroundings): number {
  for (const error of run.writeErrors) stdout.write(errorCommand(TITLE, error))
  if (inputs.wantsAnnotations) stdout.write(run.render('github'))
  if (inputs.wantsSummary) appendTo(env['GITHUB_STEP_SUMMARY'], run.render('markdown'))
  appendOutputs(env['GITHUB_OUTPUT'], outputsOf(run, inputs), randomUUID())
  return run.status
}

function incomplete(message: string, { stdout, env }: Surroundings): number {
  stdout.write(errorCommand(TITLE, message.trim()))
  try {
    appendOutputs(env['GITHUB_OUTPUT'], { 'exit-status': INCOMPLETE }, randomUUID())
  } catch (error) {
    stdout.write(errorCommand(TITLE, String(error)))
  }
  return INCOMPLETE
}

function outputsOf({ report, status }: CheckRun, { sarifFile }: Inputs): Outputs {
  const { error, warning, info, waived, packages, unchecked } = summaryOf(report)
  return { 'exit-status': status, errors: error, warnings: warning, infos: info, waived, packages, unchecked, 'sarif-file': sarifFile }
}

/**
 * What `work` prints contains names from packages, which must give the runner no commands. It reads them from both streams, in no set order between the
 * two, so all goes to one of them while commands are off. The page of the step is ours: with annotations or without.
 */
async function withoutCommands<Value>(surroundings: Surroundings, work: (quiet: Surroundings) => Promise<Value>): Promise<Value> {
  const { stdout, env } = surroundings
  const word = randomUUID()
  const stderr = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      stdout.write(chunk)
      done()
    },
  })
  stdout.write(stopCommand(word))
  try {
    return await work({ ...surroundings, stderr, env: { FORCE_COLOR: '1', ...env, GITHUB_STEP_SUMMARY: '' } }) // the page of a run shows colours
  } finally {
    stdout.write(resumeCommand(word))
  }
}
