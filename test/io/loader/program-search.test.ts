/** The search for programs in a thread: both of its sides, without a thread. */
import { EventEmitter } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { buildElf } from '../../support/elf-builder.js'
import { app } from '../../support/process.js'
import { scratchFolder } from '../../support/tools.js'

const folder = scratchFolder('program-search')
mkdirSync(join(folder, 'bin'))
/** One message is full with 16 paths, and the last one is not. */
const PROGRAMS = Array.from({ length: 19 }, (_, index) => `/bin/p${String(index).padStart(2, '0')}`)
for (const program of PROGRAMS) writeFileSync(join(folder, program), buildElf(app([])), { mode: 0o755 })

const posted: string[][] = []
const started: FakeWorker[] = []

class FakeWorker extends EventEmitter {
  isTerminated = false

  constructor(
    readonly file: URL,
    readonly options: { readonly workerData: unknown },
  ) {
    super()
    started.push(this)
  }

  terminate(): Promise<number> {
    this.isTerminated = true
    return Promise.resolve(0)
  }
}

jest.unstable_mockModule('node:worker_threads', () => ({
  Worker: FakeWorker,
  workerData: { root: folder },
  parentPort: { postMessage: (paths: string[]) => posted.push(paths) },
}))
const { programsOfRoot } = await import('../../../lib/io/loader/program-search.js')

/** Begins a search, and waits for its thread. */
async function search(): Promise<{
  readonly paths: AsyncGenerator<string>
  readonly first: Promise<IteratorResult<string>>
  readonly worker: FakeWorker
}> {
  const before = started.length
  const paths = programsOfRoot({ root: folder })
  const first = paths.next()
  while (started.length === before) await new Promise(resolve => setImmediate(resolve))
  return { paths, first, worker: started[before]! }
}

test('the thread posts every program in order, the last few as well', async () => {
  await import('../../../lib/io/loader/program-search-thread.js')
  expect(posted.map(({ length }) => length)).toEqual([16, 3])
  expect(posted.flat()).toEqual(PROGRAMS)
})

test('paths arrive as they are posted, all of them even if the thread has ended', async () => {
  const { paths, first, worker } = await search()
  expect(worker.options.workerData).toEqual({ root: folder })
  worker.emit('message', ['/a', '/b'])
  expect(await first).toEqual({ done: false, value: '/a' })
  worker.emit('message', ['/c'])
  worker.emit('message', [])
  worker.emit('exit')
  const rest: string[] = []
  for await (const path of paths) rest.push(path)
  expect(rest).toEqual(['/b', '/c'])
  expect(worker.isTerminated).toBe(true)
})

test('an error of the thread is thrown, after the paths found before', async () => {
  const { paths, first, worker } = await search()
  worker.emit('message', ['/a'])
  worker.emit('error', new Error('out of luck'))
  worker.emit('exit')
  expect(await first).toEqual({ done: false, value: '/a' })
  await expect(paths.next()).rejects.toThrow('out of luck')
  expect(worker.isTerminated).toBe(true)
})

test('the thread ends when the reader stops', async () => {
  const { paths, first, worker } = await search()
  worker.emit('message', ['/a', '/b'])
  await first
  await paths.return(undefined)
  expect(worker.isTerminated).toBe(true)
})
