/**
 * A step as a runner of GitHub runs it: inputs in the environment, commands read from the output, outputs and page read from files.
 *
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs for commands, src/Runner.Worker/FileCommandManager.cs for outputs.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { scratchFolder } from './tools.js'

export interface ActionManifest {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly required?: boolean; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
  readonly runs: { readonly using: string; readonly main: string }
}

export const manifest = parse(readFileSync(new URL('../../.github/actions/check/action.yml', import.meta.url), 'utf8')) as ActionManifest

export interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

export interface Step {
  readonly status: number | null
  /** Both streams, as they came. */
  readonly output: string
  readonly commands: readonly Command[]
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** What the step left in the folder for temporary files. */
  readonly leftovers: readonly string[]
}

const temporary = scratchFolder('runner')

/** Where `npm run build` puts the action. */
export const ACTION = fileURLToPath(new URL('../../.github/actions/check/', import.meta.url))

/** Installs only the action in `folder`; returns the file that a runner starts. */
export function actionIn(folder: string): string {
  if (!existsSync(join(ACTION, manifest.runs.main))) throw new Error(`${ACTION}${manifest.runs.main} is missing: npm run build`)
  cpSync(ACTION, folder, { recursive: true })
  return join(folder, manifest.runs.main)
}

/** Runs `file` in `workspace`, with the defaults of action.yml for inputs that are not given. */
export function runStep(file: string, inputs: Readonly<Record<string, string>>, workspace: string, env: NodeJS.ProcessEnv = {}): Step {
  const temp = mkdtempSync(join(temporary, 'step-'))
  const paths = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') }
  for (const path of Object.values(paths)) writeFileSync(path, '')
  const { stdout, stderr, status } = spawnSync(process.execPath, [file], {
    cwd: workspace,
    env: {
      PATH: process.env['PATH'],
      GITHUB_ACTIONS: 'true',
      RUNNER_TEMP: temp,
      GITHUB_WORKSPACE: workspace,
      ...paths,
      ...inputEnv(inputs),
      ...env,
    },
    encoding: 'utf8',
  })
  return {
    status,
    output: stdout + stderr,
    commands: commandsIn(`${stdout}\n${stderr}`),
    outputs: outputsIn(readFileSync(paths.GITHUB_OUTPUT, 'utf8')),
    summary: readFileSync(paths.GITHUB_STEP_SUMMARY, 'utf8'),
    leftovers: readdirSync(temp).filter(name => !['output', 'summary'].includes(name)),
  }
}

function inputEnv(inputs: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const defaults = Object.entries(manifest.inputs).map(([name, { default: value }]) => [name, value ?? ''] as const)
  const given = [...defaults, ...Object.entries(inputs)]
  return Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]))
}

/** The commands that a runner executes. While commands are stopped it treats them as text. */
export function commandsIn(output: string): Command[] {
  const commands: Command[] = []
  let word: string | null = null
  for (const line of output.split(/\r\n|\r|\n/)) {
    const command = commandOf(line, word === null ? REGISTERED : [word])
    if (word !== null) word = command === null ? word : null
    else if (command?.name === 'stop-commands') word = command.data
    else if (command !== null) commands.push(command)
  }
  return commands
}

const REGISTERED =
  'add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning'.split(
    ' ',
  )

/** The newer form begins a line, the older one may occur anywhere in it. */
const FORMS = [
  /^\s*::(?<name>[^\s:]+)(?: (?<properties>.*?))?::(?<data>.*)$/,
  /##\[(?<name>[^ \]]+)(?: (?<properties>[^\]]*))?\](?<data>.*)$/,
]

function commandOf(line: string, registered: readonly string[]): Command | null {
  const found = FORMS.map(form => form.exec(line)?.groups).find(groups => registered.includes(groups?.['name'] ?? ''))
  if (found === undefined) return null
  const pairs = (found['properties'] ?? '').split(/[,;]/).flatMap(pair => {
    const [key = '', ...value] = pair.split('=')
    return key === '' ? [] : [[key.trim(), unescaped(value.join('='))]]
  })
  return { name: found['name'] ?? '', properties: Object.fromEntries(pairs), data: unescaped(found['data'] ?? '') }
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%')
}

/** `name<<delimiter`, then the value's lines until the delimiter. Fails where a value's end is missing, as a runner does. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split('\n')
  while (lines.length > 1) {
    const [, name = '', delimiter = ''] = /^([^=]+?)<<(.+)$/.exec(lines.shift() ?? '') ?? []
    const end = lines.indexOf(delimiter)
    if (name === '' || end < 0) throw new Error(`a runner would refuse these outputs: ${text}`)
    outputs[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n')
  }
  return outputs
}
