/**
 * Worker threads that read packages. They call the same function as the main thread and return the outcome as a structured clone.
 *
 * If a thread dies, only its package is reported as unchecked, and another thread replaces it.
 */
import type { Worker } from 'node:worker_threads'
import type { FamilyData } from '../catalogue/family.js'
import type { Outcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import type { Limits } from '../limits/limits.js'
import type { FactsWanted } from './facts-wanted.js'

/** The data that a worker is started with. */
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
  readonly #Thread: typeof Worker
  readonly #waiting: Job[] = []
  readonly #idle: Worker[] = []
  readonly #busy = new Map<Worker, Job>()
  #isClosed = false

  private constructor(size: number, setup: WorkerSetup, thread: typeof Worker) {
    this.#size = size
    this.#setup = setup
    this.#Thread = thread
  }

  /** `size` is the maximum number of threads. Node's module is loaded here, not at every start: it costs a millisecond. */
  static async create(size: number, setup: WorkerSetup): Promise<WorkerPool> {
    const { Worker: Thread } = await import('node:worker_threads')
    return new WorkerPool(size, setup, Thread)
  }

  /** Streams and errors cannot be sent to a worker. */
  accepts({ kind }: Target): boolean {
    return kind !== 'stream' && kind !== 'missing'
  }

  /** After `close`, nothing is read: a new thread would keep the process alive. */
  read(target: Target): Promise<Outcome> {
    if (this.#isClosed) return Promise.resolve(unread(target.path, 'the run has ended'))
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
      worker.postMessage(withoutRest(job.target))
    }
  }

  #start(): Worker {
    // Without the process's own Node.js options, some of which, such as --input-type, are invalid for a worker.
    const worker = new this.#Thread(new URL('facts-worker.js', import.meta.url), { workerData: this.#setup, execArgv: [] })
    let failure = 'it exited unexpectedly'
    worker.on('message', (outcome: Outcome) => {
      this.#finish(worker, outcome)
      this.#idle.push(worker)
      this.#assign()
    })
    worker.on('error', error => (failure = error.message))
    worker.on('exit', () => this.#replace(worker, failure))
    return worker
  }

  #finish(worker: Worker, outcome: Outcome): void {
    const job = this.#busy.get(worker)
    this.#busy.delete(worker)
    job?.resolve(outcome)
  }

  #replace(worker: Worker, failure: string): void {
    const idle = this.#idle.indexOf(worker)
    if (idle >= 0) this.#idle.splice(idle, 1)
    const path = this.#busy.get(worker)?.target.path
    if (path !== undefined) this.#finish(worker, unread(path, failure))
    if (!this.#isClosed) this.#assign()
  }
}

/** Bytes may be a view of a large buffer, which a structured clone would copy as a whole. */
function withoutRest(target: Target): Target {
  if (target.kind !== 'bytes' || target.bytes.byteLength === target.bytes.buffer.byteLength) return target
  return { ...target, bytes: new Uint8Array(target.bytes) }
}

function unread(path: string, failure: string): Outcome {
  const message = `the worker thread that read it died: ${failure}`
  return { outcome: 'unchecked', path, reason: 'internal', structure: null, offset: null, message }
}
