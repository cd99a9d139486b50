/** The thread of `programsOfRoot`: sends paths of programs as they are found, a few in each message. */
import { parentPort, workerData } from 'node:worker_threads'
import { DEFAULT_LIMITS } from '../../limits/limits.js'
import { LayeredFiles } from '../../link/layered-files.js'
import { diskLayer } from './disk-layer.js'
import type { Search } from './program-search.js'
import { programsIn } from './programs.js'

/** Paths in each message. */
const PATHS_PER_MESSAGE = 16

const { root } = workerData as Search
const found: string[] = []
for (const path of programsIn('/', new LayeredFiles([diskLayer(root, DEFAULT_LIMITS)]))) {
  if (found.push(path) === PATHS_PER_MESSAGE) parentPort?.postMessage(found.splice(0))
}
parentPort?.postMessage(found)
