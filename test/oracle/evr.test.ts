/** Random versions, compared by rpm and by us. */
import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { compareVersions } from '../../lib/rpm/evr.js'
import { describeWithTools } from '../support/tools.js'

const PARTS = ['0', '1', '01', '10', '9', 'a', 'b', 'ab', 'Z', '~', '^', '.', '_', '+'] // no `-`, at which rpm parts version and release
const BATCH = 250

describeWithTools(['rpm'], 'rpm compares versions', () => {
  test('as we do, in 3,000 pairs', () => {
    const word = fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 5 }).map(parts => parts.join(''))
    const pairs = fc.sample(fc.tuple(word, word), { numRuns: 3000, seed: 2012 })
    const ours = pairs.map(([a, b]) => Math.sign(compareVersions(a, b)))
    expect(ours).toEqual(rpmOn(pairs))
    expect(new Set(ours).size).toBe(3)
  })
})

function rpmOn(pairs: readonly (readonly [string, string])[]): number[] {
  const signs: number[] = []
  for (let at = 0; at < pairs.length; at += BATCH) {
    const calls = pairs.slice(at, at + BATCH).map(([a, b]) => `print(rpm.vercmp("${a}", "${b}"))`)
    signs.push(
      ...execFileSync('rpm', ['--eval', `%{lua:${calls.join(' print(" ") ')}}`], { encoding: 'utf8' })
        .trim()
        .split(/\s+/)
        .map(Number),
    )
  }
  return signs
}
