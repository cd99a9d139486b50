/**
 * The program, as launcher.cjs loads it. Sets process.exitCode and calls process.exit() for signals alone: on a pipe that loses output.
 */
import { expectLostOutput } from './lost-output.js'
import { main } from './main.js'
import { processSurroundings } from './process-surroundings.js'
import { endOnSignals } from './signals.js'

expectLostOutput()
endOnSignals()
const status = await main(process.argv.slice(2), processSurroundings())
process.exitCode ??= status // set where standard output was lost meanwhile
