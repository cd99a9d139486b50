/**
 * Threads that read packages. They call the same function as the main thread and send the outcome home as a structured clone.
 *
 * A thread that dies costs its package and nothing else: another one takes its place.
 */
import { Worker } from 'node:worker_threads'
import type { FamilyData } from '../catalogue/family.js'
import type { Outcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import type { Limits } from '../limits/limits.js'
import type { FactsWanted } from './facts-wanted.js'

/** What a thread is started with. */
export interface WorkerSetup extends FactsWanted {
  readonly limits: Limits
  readonly families: readonly FamilyData[]
}

interface Job {
  readonly target: Target
  readonly resolve: (outcome: Outcome) => void
}

export class WorkerPool {
  readonly #size: number
  readonly #setup: WorkerSetup
  readonly #waiting: Job[] = []
  readonly #idle: Worker[] = []
  readonly #busy = new Map<Worker, Job>()
  #isClosed = false

  constructor(size: number, setup: WorkerSetup) {
    this.#size = size
    this.#setup = setup
  }

  /** A stream and an error cannot be sent to a thread. */
  accepts({ kind }: Target): boolean {
    return kind !== 'stream' && kind !== 'missing'
  }

  read(target: Target): Promise<Outcome> {
    return new Promise(resolve => {
      this.#waiting.push({ target, resolve })
      this.#assign()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#idle, ...this.#busy.keys()].map(worker => worker.terminate()))
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#idle.pop() ?? (this.#busy.size < this.#size ? this.#start() : null)
      if (worker === null) return
      const job = this.#waiting.shift()!
      this.#busy.set(worker, job)
      worker.postMessage(job.target)
    }
  }

  #start(): Worker {
    // Without the options of the process: some of them, such as --input-type, are errors for a file.
    const worker = new Worker(new URL('facts-worker.js', import.meta.url), { workerData: this.#setup, execArgv: [] })
    let failure = 'it exited unexpectedly'
    worker.on('message', (outcome: Outcome) => {
      this.#settle(worker, outcome)
      this.#idle.push(worker)
      this.#assign()
    })
    worker.on('error', error => (failure = error.message))
    worker.on('exit', () => this.#replace(worker, failure))
    return worker
  }

  #settle(worker: Worker, outcome: Outcome): void {
    const job = this.#busy.get(worker)
    this.#busy.delete(worker)
    job?.resolve(outcome)
  }

  #replace(worker: Worker, failure: string): void {
    const idle = this.#idle.indexOf(worker)
    if (idle >= 0) this.#idle.splice(idle, 1)
    const path = this.#busy.get(worker)?.target.path
    if (path !== undefined) this.#settle(worker, unread(path, failure))
    if (!this.#isClosed) this.#assign()
  }
}

function unread(path: string, failure: string): Outcome {
  const message = `the worker thread that read it died: ${failure}`
  return { outcome: 'unchecked', path, reason: 'internal', structure: null, offset: null, message }
}
