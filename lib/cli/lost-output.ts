/** What happens when nobody reads what is written, or there is no room for it. */
import { reasonOf } from '../io/os-error.js'

const CLOSED_PIPE = 141 // 128 + SIGPIPE, what a shell shows for a program that a closed pipe ended

/** Without this, Node ends the program with status 1, which would say that there are findings. */
export function expectLostOutput(): void {
  let isTold = false // once, for standard error may lead to the same place
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exitCode = error.code === 'EPIPE' ? CLOSED_PIPE : 2
    if (error.code !== 'EPIPE' && !isTold) {
      isTold = true
      process.stderr.write(`rpmlint-ts: cannot write to standard output: ${reasonOf(error)}\n`)
    }
  })
  process.stderr.on('error', () => undefined) // nobody is there to be told; the status says it
}
