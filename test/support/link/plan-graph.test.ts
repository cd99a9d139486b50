import { describe, expect, test } from '@jest/globals'
import { planGraph } from './plan-graph.js'

const PLANS = Array.from({ length: 60 }, (_, seed) => planGraph(seed))
const LIBRARIES = PLANS.flatMap(({ libraries }) => libraries)
const DEFINITIONS = LIBRARIES.flatMap(({ definitions }) => definitions)
const REFERENCES = PLANS.flatMap(({ program, libraries }) => [program, ...libraries]).flatMap(({ references }) => references)

describe('the plan of a random graph', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(planGraph(7)).toEqual(planGraph(7))
    expect(planGraph(7)).not.toEqual(planGraph(8))
  })

  test('has dozens of libraries now and then', () =>
    expect(Math.max(...PLANS.map(({ libraries }) => libraries.length))).toBeGreaterThan(24))

  test.each(['call', 'call-through-got', 'got', 'word', 'absolute', 'tls-ie', 'tls-gd', 'tls-desc'])('has references by %s', kind =>
    expect(REFERENCES.filter(reference => reference.kind === kind).length).toBeGreaterThan(30),
  )

  test.each<[string, boolean]>([
    ['weak references', REFERENCES.some(({ isWeak }) => isWeak)],
    ['references to nodes', REFERENCES.some(({ node }) => node !== null)],
    ['hidden versions', DEFINITIONS.some(({ node, isDefault }) => node !== null && !isDefault)],
    [
      'base definitions beside nodes',
      LIBRARIES.some(({ nodes, definitions }) => nodes.length > 0 && definitions.some(({ node }) => node === null)),
    ],
    ['weak definitions', DEFINITIONS.some(({ binding }) => binding === 'weak')],
    ['unique definitions', DEFINITIONS.some(({ binding }) => binding === 'unique')],
    ['protected and hidden ones', ['protected', 'hidden'].every(kind => DEFINITIONS.some(({ visibility }) => visibility === kind))],
    ['indirect functions', DEFINITIONS.some(({ type }) => type === 'ifunc')],
    ['preloads', PLANS.some(({ preload }) => preload.length > 0)],
    ['LD_LIBRARY_PATH', PLANS.some(({ libraryPath }) => libraryPath.length > 0)],
    ['RPATH and RUNPATH', ['RPATH', 'RUNPATH'].every(tag => LIBRARIES.some(({ search }) => search?.tag === tag))],
    ['two files of one soname', PLANS.some(({ libraries }) => new Set(libraries.map(({ soname }) => soname)).size < libraries.length - 3)],
    ['files without a soname', LIBRARIES.some(({ soname }) => soname === null)],
    ['DT_SYMBOLIC', LIBRARIES.some(({ addedTags }) => addedTags.length > 0)],
    ['filters', LIBRARIES.some(({ flags }) => flags.some(flag => /^-f /i.test(flag)))],
    ['libraries that changed since they were linked with', PLANS.some(({ linkedAgainst }) => linkedAgainst.size > 0)],
    ['cycles', PLANS.some(({ libraries }) => libraries.some(({ file, needs }) => needs.some(need => number(need) < number(file))))],
  ])('has %s', (_, has) => expect(has).toBe(true))
})

function number(file: string): number {
  return Number(/lib(\d+)\.so/.exec(file)?.[1])
}
