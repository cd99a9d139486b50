/**
 * Signals that end the program.
 *
 * Nothing is registered for them: the kernel's default action, and Node's own handler that restores the terminal first, end the program at once, whatever it
 * is doing. A listener in JavaScript would run only between events, so not while a package is judged. No partial report is written: reports replace
 * their files when they are complete.
 *
 * The first process of a container is the exception, for which the kernel has no default action.
 */
const STATUS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const // 128 + the signal's number

/** The only call of process.exit(): work in progress must not be finished first, nor pending output to a pipe be waited for. */
export function endOnSignals(): void {
  if (process.pid !== 1) return
  for (const [signal, status] of Object.entries(STATUS)) process.once(signal, () => process.exit(status))
}
