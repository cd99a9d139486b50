/**
 * The order of test files: those that start compilers and loaders by the thousand come first, so that none of them runs alone at the end.
 *
 * Jest orders files by their last duration, and in a fresh clone by their size, which is unrelated to the processes they start.
 */
import sequencer from '@jest/test-sequencer'

/** The types are those of CommonJS, where the class is `default`. */
const Sequencer = /** @type {typeof sequencer.default} */ (/** @type {unknown} */ (sequencer))

const LONG = '/test/oracle/link/'

export default class LongFirst extends Sequencer {
  /**
   * @override
   * @param {Parameters<InstanceType<typeof Sequencer>['sort']>[0]} tests
   */
  async sort(tests) {
    const usual = await super.sort(tests)
    return [...usual.filter(({ path }) => path.includes(LONG)), ...usual.filter(({ path }) => !path.includes(LONG))]
  }
}
