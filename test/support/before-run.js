/** Runs before the first test of a run. */
import announceSkipped from './announce.js'
import { openRunFolder } from './run-folder.js'

/** @param {Parameters<typeof announceSkipped>} configs */
export default function beforeRun(...configs) {
  openRunFolder()
  announceSkipped(...configs)
}
