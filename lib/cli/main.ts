/** Runs a command line, for the shell (launcher.cjs, program.ts) and for tests. */
import { TOOL } from '../engine/tool.js'
import { rules } from '../../rules/index.js'
import { CheckError, UsageError } from '../errors/check-error.js'
import { bindings } from './bindings/bindings.js'
import { check } from './check.js'
import { COMMANDS } from './commands.js'
import { parseCommandLine, type CommandLine, type HelpLine, type Line } from './command-line.js'
import { listening } from './diagnostics.js'
import { completionScript } from './completion.js'
import { explain, listRules } from './explain.js'
import { renderHelp } from './help.js'
import { init } from './init.js'
import { inspect } from './inspect.js'
import { logLines } from '../report/runner-commands.js'
import { columnsOf, type Surroundings } from './surroundings.js'

const WIDEST_HELP = 110 // columns

/** Returns the exit status. Uses only files and `surroundings`. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    if (argv.length === 0) surroundings.stderr.write(`${await helpOf(null, surroundings)}\n\n`)
    const line = parseCommandLine(argv)
    return await listening(line, surroundings, () => dispatch(line, surroundings))
  } catch (error) {
    if (isMissingFile(error)) throw error // a damaged installation, which start.cjs reports
    surroundings.stderr.write(`${logLines(errorText(error, argv))}\n`)
    return 2
  }
}

async function dispatch(line: Line, surroundings: Surroundings): Promise<number> {
  switch (line.command) {
    case 'check':
      return check(line, surroundings)
    case 'inspect':
      return inspect(line, surroundings)
    case 'bindings':
      return bindings(line, surroundings)
    case 'explain':
      return explain(line, surroundings)
    case 'rules':
      return listRules(line, surroundings)
    case 'init':
      return init(line, surroundings)
    case 'completion':
      return completion(line, surroundings)
    case 'help':
      return say(await helpOf(line.of, surroundings), surroundings)
    case 'version':
      return say(TOOL.version, surroundings)
  }
}

function isMissingFile(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ERR_MODULE_NOT_FOUND'
}

function say(text: string, { stdout }: Surroundings): number {
  stdout.write(`${text}\n`)
  return 0
}

function helpOf(command: HelpLine['of'], { stdout }: Surroundings): Promise<string> {
  return renderHelp(command, Math.min(WIDEST_HELP, columnsOf(stdout, 100)))
}

function completion({ operands }: CommandLine<'completion'>, surroundings: Surroundings): number {
  return say(completionScript(operands[0], surroundings.env['SHELL'], rules).trimEnd(), surroundings)
}

function errorText(error: unknown, argv: readonly string[]): string {
  if (error instanceof UsageError) return `rpmlint-ts: ${error.message}\n${helpHint(argv)}`
  if (error instanceof CheckError) return `rpmlint-ts: ${error.message}`
  return `rpmlint-ts: a bug in rpmlint-ts, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

function helpHint([first]: readonly string[]): string {
  const command = COMMANDS.find(({ name }) => name === first)
  return `Try rpmlint-ts ${command === undefined ? '' : `${command.name} `}--help.`
}
