/** A worker thread that reads packages, started by worker-pool.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { Catalogue } from '../catalogue/catalogue.js'
import { readOutcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import type { WorkerSetup } from './worker-pool.js'

const { families, ...wanted } = workerData as WorkerSetup
const options = { ...wanted, catalogue: new Catalogue(families) }

parentPort?.on('message', (target: Target) => {
  void readOutcome(target, options).then(outcome => parentPort?.postMessage(outcome))
})
