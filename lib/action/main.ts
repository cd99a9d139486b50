/**
 * The program as a single file, started by rpmlint-ts.cjs. Without arguments it is the GitHub action; with arguments it is the command line, for
 * use without installation: pre-commit runs it from the commit of a release.
 */
import { expectLostOutput } from '../cli/lost-output.js'
import { processSurroundings } from '../cli/process-surroundings.js'
import { endOnSignals } from '../cli/signals.js'
import { action } from './action.js'

if (process.argv.length > 2) await import('../cli/program.js')
else {
  expectLostOutput()
  endOnSignals()
  const status = await action(processSurroundings())
  process.exitCode ||= status // already set if standard output was lost
}
