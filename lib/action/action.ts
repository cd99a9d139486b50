/**
 * The GitHub action: runs `check` with its inputs, and writes outputs, annotations and the job summary from the report. Returns the exit status of
 * the program; anything but 0 fails the step.
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

/** Never throws: Node.js would exit with 1, which means findings. */
export async function action(surroundings: Surroundings): Promise<number> {
  try {
    const inputs = readInputs(surroundings.env)
    const run = await withCommandsStopped(surroundings, quiet => runCheck(inputs, quiet))
    return run === null ? incomplete('nothing was checked: see the input args', surroundings) : publish(run, inputs, surroundings)
  } catch (error) {
    return incomplete(error instanceof CheckError ? error.message : `a bug in rpmlint-ts, please report it: ${String(error)}`, surroundings)
  }
}

/** `null` for help and --print-config, which check nothing: that must not look clean. */
async function runCheck(inputs: Inputs, surroundings: Surroundings): Promise<CheckRun | null> {
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
 * The output of `work` contains text from packages, which must not be run as workflow commands. The runner reads both streams in no defined order, so
 * everything goes to one of them while commands are stopped. The step summary is written here instead, as the input `summary` says.
 */
async function withCommandsStopped<Value>(surroundings: Surroundings, work: (quiet: Surroundings) => Promise<Value>): Promise<Value> {
  const { stdout, env } = surroundings
  const token = randomUUID()
  const stderr = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      stdout.write(chunk)
      done()
    },
  })
  stdout.write(stopCommand(token))
  try {
    return await work({ ...surroundings, stderr, env: { FORCE_COLOR: '1', ...env, GITHUB_STEP_SUMMARY: '' } }) // the log viewer shows colours
  } finally {
    stdout.write(resumeCommand(token))
  }
}
