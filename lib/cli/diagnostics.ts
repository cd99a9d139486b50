/** Prints diagnostics of a run on standard error, for --verbose, --debug and NODE_DEBUG=rpmlint-ts. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { CHANNEL, type Diagnostic } from '../io/debug.js'
import { logLines } from '../report/runner-commands.js'
import type { Line } from './command-line.js'
import type { Surroundings } from './surroundings.js'

/** Runs `work` and prints its diagnostics at the requested level. */
export async function listening(line: Line, { stderr, env }: Surroundings, work: () => Promise<number>): Promise<number> {
  const level = levelOf(line, env)
  if (level === null) return work()
  const print = (message: unknown): void => {
    const { level: of, text } = message as Diagnostic
    if (level === 'debug' || of === 'verbose') stderr.write(logLines(`rpmlint-ts: ${of}: ${text}\n`))
  }
  subscribe(CHANNEL, print)
  try {
    return await work()
  } finally {
    unsubscribe(CHANNEL, print)
  }
}

function levelOf(line: Line, env: Surroundings['env']): Diagnostic['level'] | null {
  const options = 'options' in line && 'debug' in line.options ? line.options : { debug: false, verbose: false }
  const sections = (env['NODE_DEBUG'] ?? '').toLowerCase().split(',')
  if (options.debug || sections.includes(CHANNEL)) return 'debug'
  return options.verbose ? 'verbose' : null
}
