/** What the program does with a command line, whoever starts it: a shell (launcher.cjs, program.ts) or a runner of GitHub (lib/action). */
import { CheckError, UsageError } from '../errors/check-error.js'
import { bindings } from './bindings/bindings.js'
import { check } from './check.js'
import { parseQuickly, type CommandLine } from './command-line.js'
import { explain, listRules } from './explain.js'
import { init } from './init.js'
import { inspect } from './inspect.js'
import { TOOL } from '../engine/tool.js'

/** The exit status. Never calls process.exit(): on a pipe that loses output. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const line = parseQuickly(argv) ?? (await parseSlowly(argv))
    const status = line === null ? 0 : await dispatch(line)
    return typeof process.exitCode === 'number' ? process.exitCode : status // set where standard output was lost meanwhile
  } catch (error) {
    if (isMissingFile(error)) throw error // of a damaged installation, which start.cjs reports
    process.stderr.write(`${complaint(error)}\n`)
    return 2
  }
}

async function parseSlowly(argv: readonly string[]): Promise<CommandLine | null> {
  const { parseWithYargs } = await import('./parse-with-yargs.js')
  return parseWithYargs(argv, TOOL.version, text => process.stdout.write(text))
}

async function dispatch(line: CommandLine): Promise<number> {
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
    default:
      throw new UsageError(`there is no command ${line.command}`)
  }
}

function isMissingFile(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ERR_MODULE_NOT_FOUND'
}

function complaint(error: unknown): string {
  if (error instanceof UsageError) return `rpmlint-ts: ${error.message}\nTry rpmlint-ts --help.`
  if (error instanceof CheckError) return `rpmlint-ts: ${error.message}`
  return `rpmlint-ts: a bug in rpmlint-ts, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
