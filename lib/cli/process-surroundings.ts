/** The surroundings of the current process. */
import type { Surroundings } from './surroundings.js'

export function processSurroundings(): Surroundings {
  return {
    // Opened on demand: an open standard input would keep the process alive.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    env: process.env,
    now: () => new Date(),
    atExit: step => {
      process.on('exit', step)
      return () => process.off('exit', step)
    },
  }
}
