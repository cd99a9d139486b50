/**
 * The inputs of the action, as .github/actions/check/action.yml declares them.
 *
 * A runner gives each as an environment variable: INPUT_ and the name in upper case, with spaces replaced by `_`. It only warns about an
 * undeclared input.
 * Source: actions/runner, src/Runner.Worker/Handlers/Handler.cs, AddInputsToEnvironment; true and false as @actions/core reads them.
 */
import { UsageError } from '../errors/check-error.js'
import { didYouMean } from '../lint/did-you-mean.js'

export const INPUTS = ['paths', 'config', 'fail-on', 'sarif-file', 'report-path', 'reports', 'annotations', 'summary', 'args'] as const

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>

export interface Inputs {
  readonly paths: readonly string[]
  /** Empty if not set, like the next ones. */
  readonly config: string
  readonly failOn: string
  readonly sarifFile: string
  readonly reportPath: string
  /** `FORMAT=FILE` each. */
  readonly reports: readonly string[]
  readonly wantsAnnotations: boolean
  readonly wantsSummary: boolean
  readonly args: readonly string[]
}

const PREFIX = 'INPUT_'
const TRUE = /^(?:true|True|TRUE|)$/
const FALSE = /^(?:false|False|FALSE)$/

/** Throws `UsageError` for an invalid or misspelt input: a typo must not disable the check. */
export function readInputs(env: EnvironmentVariables): Inputs {
  const misspelt = misspeltInput(env)
  if (misspelt !== null) throw new UsageError(misspelt)
  const paths = linesOf(env, 'paths')
  if (paths.length === 0) throw new UsageError('input paths is empty: list packages, directories or patterns, one per line')
  return {
    paths,
    config: inputText(env, 'config'),
    failOn: inputText(env, 'fail-on'),
    sarifFile: inputText(env, 'sarif-file'),
    reportPath: inputText(env, 'report-path'),
    reports: linesOf(env, 'reports'),
    wantsAnnotations: flagOf(env, 'annotations'),
    wantsSummary: flagOf(env, 'summary'),
    args: linesOf(env, 'args'),
  }
}

type InputName = (typeof INPUTS)[number]

function inputText(env: EnvironmentVariables, name: InputName): string {
  return (env[PREFIX + name.toUpperCase()] ?? '').trim()
}

function linesOf(env: EnvironmentVariables, name: InputName): string[] {
  const lines = inputText(env, name).split('\n')
  return lines.map(line => line.trim()).filter(line => line !== '')
}

function flagOf(env: EnvironmentVariables, name: InputName): boolean {
  const text = inputText(env, name)
  if (TRUE.test(text)) return true // empty: an older workflow, or a run by hand
  if (FALSE.test(text)) return false
  throw new UsageError(`input ${name}: must be true or false, not ${text}`)
}

/** Variables that are not similar to an input belong to something else. */
function misspeltInput(env: EnvironmentVariables): string | null {
  const given = Object.keys(env)
    .filter(name => name.startsWith(PREFIX))
    .map(name => name.slice(PREFIX.length).toLowerCase())
  for (const name of given.sort()) {
    const guess = INPUTS.some(input => input === name) ? '' : didYouMean(name, INPUTS)
    if (guess !== '') return `unknown input ${name}${guess}`
  }
  return null
}
