/** Handles a closed pipe and a full disk behind standard output. */
import { reasonOf } from '../io/os-error.js'

const CLOSED_PIPE = 141 // 128 + SIGPIPE, the status that a shell shows for a closed pipe

/** Without this, Node.js would exit with 1, which means findings. */
export function expectLostOutput(): void {
  let isReported = false // once: standard error may have the same destination
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exitCode = error.code === 'EPIPE' ? CLOSED_PIPE : 2
    if (error.code !== 'EPIPE' && !isReported) {
      isReported = true
      process.stderr.write(`rpmlint-ts: cannot write to standard output: ${reasonOf(error)}\n`)
    }
  })
  process.stderr.on('error', () => undefined) // cannot be reported; the exit status remains
}
