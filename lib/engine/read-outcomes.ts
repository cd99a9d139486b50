/**
 * Facts of targets, in order, whether read in this thread, by worker threads or from the cache.
 */
import type { Catalogue } from '../catalogue/catalogue.js'
import { readOutcome, type Outcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import type { Limits } from '../limits/limits.js'
import type { FactsCache, FactsKeys } from './facts-cache.js'
import type { FactsWanted } from './facts-wanted.js'
import { WorkerPool } from './worker-pool.js'

export interface KeyedCache {
  readonly store: FactsCache
  readonly keys: FactsKeys
}

export interface Reading {
  readonly catalogue: Catalogue
  readonly limits: Limits
  /** Worker threads; 1: read in this thread. */
  readonly jobs: number
  readonly cache: KeyedCache | null
  readonly signal: AbortSignal | null
}

/** An outcome for each target, in order. Rejects with the signal's reason once it is aborted. */
export async function* readOutcomes(targets: readonly Target[], wanted: FactsWanted, reading: Reading): AsyncGenerator<Outcome> {
  const setup = { ...wanted, limits: reading.limits, families: reading.catalogue.families.map(({ data }) => data) }
  const pool = reading.jobs > 1 && targets.length > 1 ? await WorkerPool.create(reading.jobs, setup) : null
  const read = (target: Target): Promise<Outcome> =>
    pool?.accepts(target) === true ? pool.read(target) : readOutcome(target, { ...wanted, ...reading })
  try {
    // Two jobs for each thread, so that none is idle while results are returned in order.
    const ahead = pool === null ? 1 : 2 * reading.jobs
    const started: Promise<Outcome>[] = []
    for (let next = 0, done = 0; done < targets.length; done++) {
      for (; next < targets.length && next < done + ahead; next++) started.push(handled(cached(targets[next]!, wanted, reading, read)))
      reading.signal?.throwIfAborted()
      yield await untilAborted(started[done]!, reading.signal)
    }
  } finally {
    await pool?.close()
  }
}

/** From the cache, or read and added to it. */
async function cached(
  target: Target,
  wanted: FactsWanted,
  { cache }: Reading,
  read: (target: Target) => Promise<Outcome>,
): Promise<Outcome> {
  const key = (await cache?.keys.of(target, wanted)) ?? null
  if (cache === null || key === null) return read(target)
  const known = await cache.store.get(key)
  if (known != null) return { path: target.path, facts: known }
  const outcome = await read(target)
  if ('facts' in outcome) await cache.store.set(key, outcome.facts)
  return outcome
}

/** Its rejection is reported when its turn comes; if the run ends before that, it must not end the process as an unhandled one. */
function handled<Value>(work: Promise<Value>): Promise<Value> {
  work.catch(() => undefined)
  return work
}

function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal | null): Promise<Value> {
  if (signal === null) return work
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
