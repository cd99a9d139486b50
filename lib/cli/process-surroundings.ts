/** The surroundings of the current process. */
import { attempt, unreadable } from '../io/os-error.js'
import type { Surroundings } from './surroundings.js'

export function processSurroundings(): Surroundings {
  return {
    // Opened on demand: an open standard input would keep the process alive.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    // On demand: a removed working directory is reported by `main`.
    get cwd() {
      return attempt(() => process.cwd(), unreadable('the working directory'))
    },
    env: process.env,
    now: () => new Date(),
    atExit: step => {
      process.on('exit', step)
      return () => process.off('exit', step)
    },
  }
}
