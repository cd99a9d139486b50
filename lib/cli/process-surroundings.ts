/** The surroundings of a program that a shell started. */
import type { Surroundings } from './surroundings.js'

export function processSurroundings(): Surroundings {
  return {
    // Not opened before somebody asks for it: that alone would keep the program waiting.
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
