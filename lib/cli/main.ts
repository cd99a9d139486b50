/** What the program does with a command line, whoever starts it: a shell (launcher.cjs, program.ts) or a runner of GitHub (lib/action). */
import { CheckError, UsageError } from '../errors/check-error.js'
import { bindings } from './bindings/bindings.js'
import { check } from './check.js'
import { parseCommandLine, type CommandLine, type HelpLine, type Line } from './command-line.js'
import { explain, listRules } from './explain.js'
import { init } from './init.js'
import { inspect } from './inspect.js'
import { TOOL } from '../engine/tool.js'

/** The exit status. Never calls process.exit(): on a pipe that loses output. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    if (argv.length === 0) process.stderr.write(`${await helpOf(null)}\n\n`)
    const status = await dispatch(parseCommandLine(argv))
    return typeof process.exitCode === 'number' ? process.exitCode : status // set where standard output was lost meanwhile
  } catch (error) {
    if (isMissingFile(error)) throw error // of a damaged installation, which start.cjs reports
    process.stderr.write(`${complaint(error)}\n`)
    return 2
  }
}

async function dispatch(line: Line): Promise<number> {
  switch (line.command) {
    case 'check':
      return check(line)
    case 'inspect':
      return inspect(line)
    case 'bindings':
      return bindings(line)
    case 'explain':
      return explain(line)
    case 'rules':
      return listRules(line)
    case 'init':
      return init(line)
    case 'completion':
      return completion(line)
    case 'help':
      return say(await helpOf(line.of))
    case 'version':
      return say(TOOL.version)
  }
}

function isMissingFile(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ERR_MODULE_NOT_FOUND'
}

function say(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

/** What lays out help costs more start-up than the rest of the program. */
async function helpOf(command: HelpLine['of']): Promise<string> {
  const { renderHelp } = await import('./help.js')
  return renderHelp(command, Math.min(110, process.stdout.columns ?? 100))
}

async function completion({ operands }: CommandLine<'completion'>): Promise<number> {
  const { completionScript } = await import('./completion.js')
  return say(completionScript(operands[0], process.env['SHELL']).trimEnd())
}

function complaint(error: unknown): string {
  if (error instanceof UsageError) return `rpmlint-ts: ${error.message}\nTry rpmlint-ts --help.`
  if (error instanceof CheckError) return `rpmlint-ts: ${error.message}`
  return `rpmlint-ts: a bug in rpmlint-ts, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
