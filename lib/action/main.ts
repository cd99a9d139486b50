/**
 * The whole program as a single file. A runner of GitHub starts it without arguments and gives the inputs of the action; with arguments it is
 * the program, for who cannot install one: pre-commit takes it so from the commit of a release. Started by rpmlint-ts.cjs.
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
  process.exitCode ??= status // set where standard output was lost meanwhile
}
