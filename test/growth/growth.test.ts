/**
 * The cost of every decoder and of every rule grows with the input, not with its square: a package of a few kilobytes states a million of anything.
 *
 * A new decoder needs a row in decoders.ts; a new rule is run on all facts of rules.ts, which have to make it report something.
 */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, jest, test } from '@jest/globals'
import { findingsOf } from '../../lib/testing.js'
import { rules } from '../../rules/index.js'
import { CONSTANT, DECODERS } from './decoders.js'
import { growthFault } from './growth.js'
import { INSTALLATIONS } from './installations.js'
import { FACTS } from './rules.js'
import { READERS, textsOf } from './texts.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = ['lib/elf', 'lib/rpm', 'lib/cpio', 'lib/archive']

jest.setTimeout(60_000) // on a busy machine; the measure is CPU time

describe('the measure', () => {
  const list = (size: number): number[] => Array.from({ length: size }, (_, index) => index)

  test('accepts a loop', () => {
    expect(growthFault(size => () => list(size).reduce((sum, each) => sum + each, 0), 2000)).toBeNull()
  })

  test('finds a loop over pairs', () => {
    expect(
      growthFault(size => {
        const all = list(size)
        return () => all.map(one => all.filter(other => other < one).length)
      }, 200),
    ).toMatch(/for doublings from 200/)
  })
})

describe('the cost of decoding grows with the number of', () => {
  test.each(DECODERS.map(row => [row.dimension, row.files.at(-1), row] as const))('%s (%s)', (_, __, { make, from }) => {
    expect(growthFault(make, from)).toBeNull()
  })

  test('things that some row has, for every decoder', () => {
    const files = FOLDERS.flatMap(folder => readdirSync(`${ROOT}${folder}`).map(name => `${folder}/${name}`)).filter(name =>
      name.endsWith('.ts'),
    )
    const covered = [...DECODERS.flatMap(row => row.files), ...Object.keys(CONSTANT)]
    expect(files.filter(name => !covered.includes(name))).toEqual([])
    expect(covered.filter(name => !files.includes(name))).toEqual([])
  })
})

describe('the cost of all rules grows with the number of', () => {
  test.each(FACTS.map(row => [row.dimension, row] as const))('%s', (_, { make, from }) => {
    const allRules = (size: number): (() => unknown) => {
      const { facts, options } = make(size)
      return () => rules.map(rule => findingsOf(rule, facts, options))
    }
    const fault = growthFault(allRules, from)
    if (fault !== null) expect(guilty(make, from)).toEqual([])
    expect(fault).toBeNull()
  })

  test('things that some facts have, for every rule', () => {
    const reporting = new Set(
      FACTS.flatMap(({ make }) => {
        const { facts, options } = make(20)
        return rules.filter(rule => findingsOf(rule, facts, options).length > 0)
      }),
    )
    expect(rules.filter(rule => !reporting.has(rule)).map(({ id }) => id)).toEqual([])
  })
})

describe('the cost of reading text grows with its length in', () => {
  test.each(Object.entries(READERS))('%s', (_, read) => {
    const all = (size: number): (() => unknown) => {
      const texts = textsOf(size)
      return () => texts.map(text => read(text))
    }
    expect(growthFault(all, 256)).toBeNull()
  })
})

describe('the cost of an installation grows with the number of', () => {
  test.each(Object.entries(INSTALLATIONS))('%s', (_, make) => expect(growthFault(make, 50)).toBeNull())
})

/** Which rules it was. */
function guilty(make: (typeof FACTS)[number]['make'], from: number): string[] {
  return rules.flatMap(rule => {
    const fault = growthFault(size => {
      const { facts, options } = make(size)
      return () => findingsOf(rule, facts, options)
    }, from)
    return fault === null ? [] : [`${rule.id}: ${fault}`]
  })
}
