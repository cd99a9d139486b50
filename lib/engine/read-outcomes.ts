/**
 * Facts of targets, in order, whether read in this thread, by worker threads or from the cache.
 */
import { statSync } from 'node:fs'
import type { Catalogue } from '../catalogue/catalogue.js'
import { hasListener } from '../io/debug.js'
import { readOutcome, type Outcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import type { Limits } from '../limits/limits.js'
import type { FactsCache, FactsKeys } from './facts-cache.js'
import type { FactsWanted } from './facts-wanted.js'
import { WorkerPool, hasThreads, type ThreadLimits } from './worker-pool.js'

export interface KeyedCache {
  readonly store: FactsCache
  readonly keys: FactsKeys
}

export interface Reading {
  readonly catalogue: Catalogue
  readonly limits: Limits
  /** Worker threads; 1: read in this thread, unless packages are isolated. */
  readonly jobs: number
  /** Several packages are read by threads that are ended beyond these limits, so that none costs another its result; `null`: not. */
  readonly isolation: ThreadLimits | null
  readonly cache: KeyedCache | null
  readonly signal: AbortSignal | null
}

/** An outcome for each target, in order. Rejects with the signal's reason once it is aborted. */
export async function* readOutcomes(targets: readonly Target[], wanted: FactsWanted, reading: Reading): AsyncGenerator<Outcome> {
  const setup = { ...wanted, limits: reading.limits, families: reading.catalogue.families.map(({ data }) => data) }
  const isIsolated = reading.isolation !== null && !hasListener() && hasThreads() && !areFewAndSmall(targets)
  const isInThreads = targets.length > 1 && (reading.jobs > 1 || isIsolated)
  const pool = isInThreads ? await WorkerPool.create(reading.jobs, setup, reading.isolation) : null
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

/** As many packages, and bytes of all of them, as are read in this thread: to start another one takes as long as to read them. */
const FEW = 16
const SMALL = 1024 * 1024

function areFewAndSmall(targets: readonly Target[]): boolean {
  if (targets.length > FEW) return false
  let left = SMALL
  return targets.every(target => (left -= bytesOf(target)) >= 0)
}

/** Infinity where it is not known. */
function bytesOf(target: Target): number {
  if (target.kind === 'bytes') return target.bytes.byteLength
  if (target.kind === 'missing') return 0
  return target.kind === 'file' ? (statSync(target.file, { throwIfNoEntry: false })?.size ?? 0) : Infinity
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
