/**
 * Looks for programs in a whole root from a thread of its own, so that what is found first can be answered while the search goes on: going through a root takes as
 * long as answering.
 */
import { Worker } from 'node:worker_threads'

/** What the thread is given. */
export interface Search {
  /** A folder that is taken for the root; `null` for the machine's own disk. */
  readonly root: string | null
}

/** The same paths, in the same order, as `programsIn('/', files)` over that root. Throws what went wrong in the thread. */
export async function* programsOfRoot(search: Search): AsyncGenerator<string> {
  const found: string[][] = []
  let isOver = false
  let failure: unknown = null
  let wake = (): void => undefined
  const worker = new Worker(new URL('program-search.js', import.meta.url), { workerData: search })
  worker.on('message', (paths: string[]) => {
    found.push(paths)
    wake()
  })
  worker.on('error', error => {
    failure = error
  })
  worker.on('exit', () => {
    isOver = true
    wake()
  })
  try {
    for (;;) {
      const paths = found.shift()
      if (paths !== undefined) yield* paths
      else if (failure !== null) throw failure
      else if (isOver) return
      else await new Promise<void>(resolve => (wake = resolve))
    }
  } finally {
    await worker.terminate()
  }
}
