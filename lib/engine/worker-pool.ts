/**
 * Worker threads that read packages. They call the same function as the main thread and return the outcome as a structured clone.
 *
 * If a thread dies, or is ended because its package takes too long, only that package is reported as unchecked, and another thread replaces it.
 */
import { existsSync } from 'node:fs'
import type { Worker } from 'node:worker_threads'
import type { FamilyData } from '../catalogue/family.js'
import type { Outcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import type { Limits } from '../limits/limits.js'
import type { FactsWanted } from './facts-wanted.js'

/** What one package may take of a thread. */
export interface ThreadLimits {
  /** Of wall clock, from the start of reading. */
  readonly seconds: number
  /** Of JavaScript's heap; buffers are bounded by `Limits`. */
  readonly heapMegabytes: number
}

/** The data that a worker is started with. */
export interface WorkerSetup extends FactsWanted {
  readonly limits: Limits
  readonly families: readonly FamilyData[]
}

const THREAD = new URL('facts-worker.js', import.meta.url)

/** Is the file there from which threads are started? The sources and the program as a single file are without. */
export function hasThreads(): boolean {
  return existsSync(THREAD)
}

interface Job {
  readonly target: Target
  readonly resolve: (outcome: Outcome) => void
}

export class WorkerPool {
  readonly #size: number
  readonly #setup: WorkerSetup
  readonly #limits: ThreadLimits | null
  readonly #Thread: typeof Worker
  readonly #waiting: Job[] = []
  readonly #idle: Worker[] = []
  readonly #busy = new Map<Worker, Job>()
  readonly #timers = new Map<Worker, NodeJS.Timeout>()
  #isClosed = false

  private constructor(size: number, setup: WorkerSetup, limits: ThreadLimits | null, thread: typeof Worker) {
    this.#size = size
    this.#setup = setup
    this.#limits = limits
    this.#Thread = thread
  }

  /** `size` is the maximum number of threads. Node's module is loaded here, not at every start: it costs a millisecond. */
  static async create(size: number, setup: WorkerSetup, limits: ThreadLimits | null): Promise<WorkerPool> {
    const { Worker: Thread } = await import('node:worker_threads')
    return new WorkerPool(size, setup, limits, Thread)
  }

  /** Streams and errors cannot be sent to a worker. */
  accepts({ kind }: Target): boolean {
    return kind !== 'stream' && kind !== 'missing'
  }

  /** After `close`, nothing is read: a new thread would keep the process alive. */
  read(target: Target): Promise<Outcome> {
    if (this.#isClosed) return Promise.resolve(died('the run has ended')(target.path))
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
      this.#watch(worker, job)
      worker.postMessage(withoutRest(job.target))
    }
  }

  /** Ends the thread if its package takes too long. */
  #watch(worker: Worker, job: Job): void {
    if (this.#limits === null) return
    const { seconds } = this.#limits
    const timer = setTimeout(() => {
      this.#finish(worker, beyond(job.target.path, 'time', `it takes more than ${seconds} s (--timeout)`))
      void worker.terminate()
    }, seconds * 1000)
    this.#timers.set(worker, timer)
  }

  #start(): Worker {
    // Without the process's own Node.js options, some of which, such as --input-type, are invalid for a worker.
    const worker = new this.#Thread(THREAD, {
      workerData: this.#setup,
      execArgv: [],
      // Node.js would close what an ended thread has opened, and for a named pipe, which its socket closes too, that is a second time: by then the number can be
      // that of another thread's loop, which aborts the process. The few files of ended threads stay open instead.
      trackUnmanagedFds: false,
      ...(this.#limits === null ? {} : { resourceLimits: { maxOldGenerationSizeMb: this.#limits.heapMegabytes } }),
    })
    let failure = 'it exited unexpectedly'
    let isOutOfMemory = false
    worker.on('message', (outcome: Outcome) => {
      this.#finish(worker, outcome)
      this.#idle.push(worker)
      this.#assign()
    })
    worker.on('error', (error: NodeJS.ErrnoException) => {
      failure = error.message
      isOutOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    })
    worker.on('exit', () => this.#replace(worker, isOutOfMemory ? beyondHeap(this.#limits) : died(failure)))
    return worker
  }

  #finish(worker: Worker, outcome: Outcome): void {
    const job = this.#busy.get(worker)
    clearTimeout(this.#timers.get(worker))
    this.#busy.delete(worker)
    job?.resolve(outcome)
  }

  #replace(worker: Worker, outcomeOf: (path: string) => Outcome): void {
    const idle = this.#idle.indexOf(worker)
    if (idle >= 0) this.#idle.splice(idle, 1)
    const path = this.#busy.get(worker)?.target.path
    if (path !== undefined) this.#finish(worker, outcomeOf(path))
    if (!this.#isClosed) this.#assign()
  }
}

/** Bytes may be a view of a large buffer, which a structured clone would copy as a whole. */
function withoutRest(target: Target): Target {
  if (target.kind !== 'bytes' || target.bytes.byteLength === target.bytes.buffer.byteLength) return target
  return { ...target, bytes: new Uint8Array(target.bytes) }
}

type OutcomeOf = (path: string) => Outcome

function died(failure: string): OutcomeOf {
  const message = `the worker thread that read it died: ${failure}`
  return path => ({ outcome: 'unchecked', path, reason: 'internal', structure: null, offset: null, message })
}

function beyondHeap(limits: ThreadLimits | null): OutcomeOf {
  const needed = limits === null ? 'all memory of a thread' : `more than ${limits.heapMegabytes} MB of memory`
  return path => beyond(path, 'memory', `its contents take ${needed}`)
}

function beyond(path: string, budget: string, why: string): Outcome {
  return { outcome: 'unchecked', path, reason: 'limit', structure: null, offset: null, message: `limit of ${budget}: ${why}` }
}
