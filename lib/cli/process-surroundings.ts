/** The surroundings of the current process. */
import { attempt, unreadable } from '../io/os-error.js'
import type { Surroundings } from './surroundings.js'

export function processSurroundings(): Surroundings {
  return {
    // Opened when it is read: an open standard input would keep the process alive, and costs start-up.
    stdin: { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() },
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
