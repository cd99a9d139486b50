/**
 * Searches a whole root for programs in a separate thread, so that the first programs can be processed while the search continues: searching a root takes as
 * long as simulating its programs.
 */

/** The thread's input. */
export interface Search {
  /** A directory used as the root; `null` for the machine's own disk. */
  readonly root: string | null
}

/** The same paths, in the same order, as `programsIn('/', files)` for that root. Rethrows errors of the thread. */
export async function* programsOfRoot(search: Search): AsyncGenerator<string> {
  const found: string[][] = []
  let isOver = false
  let failure: unknown = null
  let wake = (): void => undefined
  const { Worker } = await import('node:worker_threads') // not at every start: it costs a millisecond
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
