import { describe, expect, test } from '@jest/globals'
import type { InternalExport } from '../../lib/facts/model.js'
import { datingOf } from '../../lib/lint/dating.js'
import { library } from '../../lib/testing.js'

const RELEASES = ['0', '1', '2', '3']
const [LIKE] = library({ exports: ['ossl_ctype_check'] }).internals
const symbol = (name: string, first: number, last: number, more: Partial<InternalExport> = {}): InternalExport => ({
  ...LIKE!,
  name,
  series: { first, last },
  ...more,
})

describe('datingOf', () => {
  test.each<[string, readonly InternalExport[], string | null]>([
    ['one release', [symbol('a', 0, 1), symbol('b', 1, 2), symbol('c', 1, 1)], '1'],
    ['several', [symbol('a', 0, 2), symbol('b', 1, 2), symbol('c', 1, 3)], '1 to 2'],
    ['an open end', [symbol('a', 0, 3), symbol('b', 2, 3), symbol('c', 1, 3)], '2 or later'],
    ['no release at all, as for a fork', [symbol('a', 0, 0), symbol('b', 2, 2), symbol('c', 3, 3)], null],
  ])('finds %s', (_, symbols, releases) => expect(datingOf(symbols, RELEASES)).toEqual({ releases, hasAssembler: null }))

  test('forgives one symbol in twenty', () => {
    const symbols = Array.from({ length: 19 }, (_, index) => symbol(`s${index}`, 1, 1))
    expect(datingOf([...symbols, symbol('x', 2, 2)], RELEASES)?.releases).toBe('1')
    expect(datingOf([...symbols.slice(1), symbol('x', 2, 2)], RELEASES)?.releases).toBeNull()
  })

  test('needs three distinctive symbols', () => {
    const two = [symbol('a', 1, 1), symbol('b', 1, 1), symbol('a', 1, 1)]
    expect(datingOf(two, RELEASES)).toBeNull()
    for (const more of [{ isGeneric: true }, { isForkApi: true }, { isShared: true }])
      expect(datingOf([...two, symbol('c', 2, 2, more)], RELEASES)).toBeNull()
  })

  test('notices assembler, be it shared with other libraries or not', () =>
    expect(
      datingOf(
        [symbol('a', 1, 1), symbol('b', 1, 1), symbol('c', 1, 1), symbol('d', 0, 3, { isAssembler: true, isShared: true })],
        RELEASES,
      ),
    ).toEqual({ releases: '1', hasAssembler: true }))

  test('excludes assembler only where much leaks', () => {
    const symbols = Array.from({ length: 100 }, (_, index) => symbol(`s${index}`, 1, 1))
    expect(datingOf(symbols, RELEASES)?.hasAssembler).toBe(false)
    expect(datingOf(symbols.slice(1), RELEASES)?.hasAssembler).toBeNull()
  })

  test('knows no releases of a family that lists none', () =>
    expect(datingOf([symbol('a', 1, 1), symbol('b', 1, 1), symbol('c', 1, 1)], [])).toEqual({ releases: null, hasAssembler: null }))
})
