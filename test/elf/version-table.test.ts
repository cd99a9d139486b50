import { describe, expect, test } from '@jest/globals'
import { Reader } from '../../lib/bytes/reader.js'
import type { VersionDefinition } from '../../lib/elf/version-definitions.js'
import type { VersionRequirement } from '../../lib/elf/version-requirements.js'
import { VersionTable } from '../../lib/elf/version-table.js'

const definition = (index: number): VersionDefinition => ({ index, name: 'X_1', hash: 7, isBase: false })
const requirement = (index: number): VersionRequirement => ({
  index,
  name: 'X_1',
  file: 'libx.so.1',
  hash: 7,
  isWeak: false,
  isStrict: false,
})

/** DT_VERSYM with these words, from symbol 0 on. */
function versym(...words: readonly number[]): Reader {
  return new Reader(new Uint8Array(Uint16Array.from(words).buffer), 'versym', 'little')
}

describe('DT_VERSYM', () => {
  test('is used where a definition or requirement has an index, and not where all indexes are 0', () => {
    const isUsed = (...indexes: readonly [definition: number, requirement: number]): boolean =>
      new VersionTable(versym(0, 2), [definition(indexes[0])], [requirement(indexes[1])]).isUsed
    expect([isUsed(0, 2), isUsed(2, 0), isUsed(1, 0)]).toEqual([true, true, true])
    expect(isUsed(0, 0)).toBe(false)
    expect(new VersionTable(versym(0, 2), [], []).isUsed).toBe(false)
    expect(new VersionTable(null, [], [requirement(2)]).isUsed).toBe(false)
  })

  test('has no version for the local and the global index, whatever defines them', () => {
    for (const index of [0, 1, 2]) {
      const words = versym(index, index | 0x8000)
      for (const table of [
        new VersionTable(words, [definition(index), definition(9)], []),
        new VersionTable(words, [], [requirement(index), requirement(9)]),
      ]) {
        const names = [table.versionOf(0)?.name, table.versionOf(1)?.name]
        expect({ index, names }).toEqual({ index, names: index < 2 ? [undefined, undefined] : ['X_1', 'X_1'] })
      }
    }
  })
})
