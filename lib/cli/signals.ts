/**
 * Signals that end the program: with the status that a shell shows for them, the terminal as it was, and nothing printed of an unfinished report.
 *
 * This is the one place for process.exit(): what is under way shall not end first, and what stands in a pipe is not waited for.
 */
const STATUS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const // 128 + the signal's number

export function endOnSignals(): void {
  for (const [signal, status] of Object.entries(STATUS)) process.once(signal, () => process.exit(status))
}
