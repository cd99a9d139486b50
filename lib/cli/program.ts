/**
 * The program, loaded by launcher.cjs. It sets process.exitCode and calls process.exit() only for signals, since that loses output to a pipe.
 */
import { expectLostOutput } from './lost-output.js'
import { main } from './main.js'
import { processSurroundings } from './process-surroundings.js'
import { endOnSignals } from './signals.js'

expectLostOutput()
endOnSignals()
const status = await main(process.argv.slice(2), processSurroundings())
process.exitCode ||= status // already set if standard output was lost; 0 may be from a module of rules
