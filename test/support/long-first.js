/**
 * The order of test files: those that start compilers and loaders by the thousand come first, so that no worker is left alone with one in the end.
 *
 * Jest goes by how long a file took the last time, and in a fresh clone by its size, which says nothing of what it starts.
 */
import Sequencer from '@jest/test-sequencer'

const LONG = '/test/oracle/link/'

export default class LongFirst extends Sequencer {
  sort(tests) {
    const usual = super.sort(tests)
    return [...usual.filter(({ path }) => path.includes(LONG)), ...usual.filter(({ path }) => !path.includes(LONG))]
  }
}
