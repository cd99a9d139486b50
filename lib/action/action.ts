/**
 * The action for GitHub: the program with its inputs, outputs, annotations and page in a workflow. Its result is the exit status, as that of
 * the program; the runner takes any but 0 for a failed step.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../cli/main.js'
import { UsageError } from '../errors/check-error.js'
import { reasonOf } from '../io/os-error.js'
import { argumentsFor, runFilesIn, type RunFiles } from './arguments.js'
import { readInputs, type Environment, type Inputs } from './inputs.js'
import { appendOutputs, appendTo, type Outputs } from './runner-files.js'
import { errorCommand, resumeCommand, stopCommand } from './workflow-commands.js'

const COULD_NOT_CHECK = 2
const TITLE = 'rpmlint-ts could not check'

/** Throws nothing: Node would end with 1, which would say that there are findings. */
export async function action(env: Environment): Promise<number> {
  try {
    return await inFolderOfItsOwn(env, folder => checkAsAsked(readInputs(env), runFilesIn(folder), env))
  } catch (error) {
    return couldNotCheck(error instanceof UsageError ? error.message : `a bug in rpmlint-ts, please report it: ${String(error)}`, env)
  }
}

async function inFolderOfItsOwn(env: Environment, work: (folder: string) => Promise<number>): Promise<number> {
  const folder = temporaryFolder(env['RUNNER_TEMP'] ?? tmpdir())
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function temporaryFolder(place: string): string {
  try {
    return mkdtempSync(join(place, 'rpmlint-ts-'))
  } catch (error) {
    throw new UsageError(`cannot make a folder in ${place}: ${reasonOf(error)}`)
  }
}

async function checkAsAsked(inputs: Inputs, files: RunFiles, env: Environment): Promise<number> {
  const { status, complaints } = await withoutCommands(() => main(argumentsFor(inputs, files)))
  // Help and printed settings end with 0 and check nothing: that must not pass for clean.
  if (!existsSync(files.report)) return couldNotCheck(complaints || 'nothing was checked: see the input args', env)
  if (inputs.wantsAnnotations) process.stdout.write(readFileSync(files.annotations, 'utf8'))
  if (inputs.wantsSummary) appendTo(env['GITHUB_STEP_SUMMARY'], readFileSync(files.summary, 'utf8'))
  appendOutputs(env['GITHUB_OUTPUT'], outputsOf(files.report, inputs, status), randomUUID())
  return status
}

function couldNotCheck(message: string, env: Environment): number {
  process.stdout.write(errorCommand(TITLE, message.trim()))
  try {
    appendOutputs(env['GITHUB_OUTPUT'], { 'exit-status': COULD_NOT_CHECK }, randomUUID())
  } catch (error) {
    process.stdout.write(errorCommand(TITLE, String(error)))
  }
  return COULD_NOT_CHECK
}

function outputsOf(report: string, { sarifFile }: Inputs, status: number): Outputs {
  const { summary } = JSON.parse(readFileSync(report, 'utf8')) as { readonly summary: Readonly<Record<string, number>> }
  const { error = 0, warning = 0, info = 0, waived = 0, packages = 0, unchecked = 0 } = summary
  return {
    'exit-status': status,
    errors: error,
    warnings: warning,
    infos: info,
    waived,
    packages,
    unchecked,
    'sarif-file': sarifFile,
  }
}

/**
 * What `work` prints holds names of packages, which must give the runner no commands. It reads them from both streams, in no set order
 * between the two, so all goes to one of them while commands are off.
 */
async function withoutCommands(work: () => Promise<number>): Promise<{ readonly status: number; readonly complaints: string }> {
  const word = randomUUID()
  const complaints: string[] = []
  const { write } = process.stderr
  process.stdout.write(stopCommand(word))
  process.stderr.write = (text: string | Uint8Array) => {
    complaints.push(text.toString())
    return process.stdout.write(text)
  }
  try {
    return { status: await work(), complaints: complaints.join('') }
  } finally {
    process.stderr.write = write
    process.stdout.write(resumeCommand(word))
  }
}
