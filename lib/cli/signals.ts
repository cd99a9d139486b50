/**
 * Signals that end the program: with the conventional exit status, the terminal restored, and no partial report.
 *
 * The only call of process.exit(): work in progress must not be finished first, nor pending output to a pipe be waited for.
 */
const STATUS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const // 128 + the signal's number

export function endOnSignals(): void {
  for (const [signal, status] of Object.entries(STATUS)) process.once(signal, () => process.exit(status))
}
