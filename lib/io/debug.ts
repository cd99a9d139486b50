/**
 * What a run does, for a bug report: `NODE_DEBUG=rpmlint-ts` prints it to standard error. Without it a call costs a look at a flag.
 */
import { debuglog } from 'node:util'
import { printable } from '../bytes/names.js'

const log = debuglog('rpmlint-ts')

/** A line, with `%s` for text and `%d` for a number. Values may come out of a package: what a terminal would obey is escaped. */
export function debug(message: string, ...values: readonly (string | number)[]): void {
  if (log.enabled) log(message, ...values.map(value => (typeof value === 'string' ? printable(value) : value)))
}

/** The same promise; when it settles, how long that took is printed. */
export async function timed<Value>(subject: string, step: Promise<Value>): Promise<Value> {
  const start = performance.now()
  try {
    return await step
  } finally {
    debug('%s: done after %d ms', subject, Math.round(performance.now() - start))
  }
}
