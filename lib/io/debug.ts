/**
 * Diagnostics of a run: on the channel `rpmlint-ts` of node:diagnostics_channel, to which the command line listens for --verbose, --debug
 * and NODE_DEBUG=rpmlint-ts, and to which any program may listen. Without a listener a call costs one check of a flag.
 */
import { channel } from 'node:diagnostics_channel'
import { format } from 'node:util'
import { printable } from '../bytes/names.js'

export const CHANNEL = 'rpmlint-ts'

/** A line about the run. `verbose`: packages, and the parts that were not read; `debug`: every decision. */
export interface Diagnostic {
  readonly level: 'verbose' | 'debug'
  readonly text: string
}

const lines = channel(CHANNEL)

/** `%s` stands for text and `%d` for a number. Values may come from a package: control characters are escaped. */
export function debug(message: string, ...values: readonly (string | number)[]): void {
  publish('debug', message, values)
}

export function verbose(message: string, ...values: readonly (string | number)[]): void {
  publish('verbose', message, values)
}

/** Does anybody listen? Threads have channels of their own, so a listener hears nothing of what they do. */
export function hasListener(): boolean {
  return lines.hasSubscribers
}

function publish(level: Diagnostic['level'], message: string, values: readonly (string | number)[]): void {
  if (!lines.hasSubscribers) return
  const text = format(message, ...values.map(value => (typeof value === 'string' ? printable(value) : value)))
  lines.publish({ level, text } satisfies Diagnostic)
}

/** The same promise; publishes its duration when it settles. Without a subscriber the clock is not touched: it costs 4 ms of start-up. */
export async function timed<Value>(subject: string, step: Promise<Value>): Promise<Value> {
  if (!lines.hasSubscribers) return step
  const start = performance.now()
  try {
    return await step
  } finally {
    verbose('%s: done after %d ms', subject, Math.round(performance.now() - start))
  }
}
