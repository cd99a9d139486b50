/**
 * The program. Sets process.exitCode and never calls process.exit(): on a pipe that loses output.
 */
import { CheckError, UsageError } from '../errors/check-error.js'
import { reasonOf } from '../io/byte-sources.js'
import { check } from './check.js'
import { parseQuickly, type CommandLine } from './command-line.js'
import { explain, listRules } from './explain.js'
import { init } from './init.js'
import { inspect } from './inspect.js'
import { endOnSignals } from './signals.js'
import { TOOL } from './tool.js'

const CLOSED_PIPE = 141 // 128 + SIGPIPE, what a shell shows for a program that a closed pipe ended

// Without these, Node ends the program with status 1, which would say that there are findings.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exitCode = error.code === 'EPIPE' ? CLOSED_PIPE : 2
  if (error.code !== 'EPIPE') process.stderr.write(`rpmlint-ts: cannot write to standard output: ${reasonOf(error)}\n`)
})
process.stderr.on('error', () => undefined) // nobody is there to be told; the status says it

endOnSignals()

process.exitCode = await run(process.argv.slice(2))

async function run(argv: readonly string[]): Promise<number> {
  try {
    const line = parseQuickly(argv) ?? (await parseSlowly(argv))
    const status = line === null ? 0 : await dispatch(line)
    return typeof process.exitCode === 'number' ? process.exitCode : status // set where standard output was lost meanwhile
  } catch (error) {
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

function complaint(error: unknown): string {
  if (error instanceof UsageError) return `rpmlint-ts: ${error.message}\nTry rpmlint-ts --help.`
  if (error instanceof CheckError) return `rpmlint-ts: ${error.message}`
  return `rpmlint-ts: a bug in rpmlint-ts, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
