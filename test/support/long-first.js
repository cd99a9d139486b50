/**
 * The order of test files: those that take five seconds and more come first, so that none of them runs alone at the end.
 *
 * Jest orders files by their last duration, and in a fresh clone by their size, which is unrelated to the processes they start.
 */
import sequencer from '@jest/test-sequencer'

/** The types are those of CommonJS, where the class is `default`. */
const Sequencer = /** @type {typeof sequencer.default} */ (/** @type {unknown} */ (sequencer))

const ORACLES = ['link/', 'decompress.', 'do-nothing.', 'documents.', 'own-rpm.', 'payload.', 'readelf.', 'rpmbuild.', 'rpmlint.']
const LONG = ['action/action.', 'cli/manners.', 'shared/corpus.', ...ORACLES.map(name => `oracle/${name}`)]

/** @param {{ readonly path: string }} test */
const isLong = ({ path }) => LONG.some(name => path.includes(`/test/${name}`))

export default class LongFirst extends Sequencer {
  /**
   * @override
   * @param {Parameters<InstanceType<typeof Sequencer>['sort']>[0]} tests
   */
  async sort(tests) {
    const usual = await super.sort(tests)
    return [...usual.filter(isLong), ...usual.filter(test => !isLong(test))]
  }
}
