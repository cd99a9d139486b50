import { describe, expect, test } from '@jest/globals'
import { dependenciesOf, type Dependencies } from '../../lib/rpm/dependencies.js'
import { decodeRpmHead } from '../../lib/rpm/head.js'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { buildPackage, int32, strings, type Tags } from '../support/rpm-builder.js'

const PROVIDES: Tags = {
  [RPMTAG.PROVIDENAME.number]: strings('libx.so.1()(64bit)', 'x'),
  [RPMTAG.PROVIDEFLAGS.number]: int32(0, 8),
  [RPMTAG.PROVIDEVERSION.number]: strings('', '1-2'),
}

function dependencies(tags: Tags): Dependencies {
  return dependenciesOf(decodeRpmHead(buildPackage({ tags })))
}

describe('dependencies', () => {
  test('have name, flags and version', () => {
    expect(dependencies(PROVIDES)).toEqual({
      provides: [
        { name: 'libx.so.1()(64bit)', flags: 0, version: '' },
        { name: 'x', flags: 8, version: '1-2' },
      ],
      requires: [],
      conflicts: [],
      obsoletes: [],
    })
  })

  test('may be only names, as in early packages', () => {
    const { requires } = dependencies({ [RPMTAG.REQUIRENAME.number]: strings('libc.so.5') })
    expect(requires).toEqual([{ name: 'libc.so.5', flags: 0, version: '' }])
  })

  test('are none without names, whatever else there is', () => {
    expect(dependencies({ [RPMTAG.REQUIREFLAGS.number]: int32(0), [RPMTAG.REQUIREVERSION.number]: strings('1') }).requires).toEqual([])
  })

  test.each([
    ['flags', { [RPMTAG.PROVIDEFLAGS.number]: int32(0) }],
    ['versions', { [RPMTAG.PROVIDEVERSION.number]: strings('', '', '') }],
  ])('are refused with a different number of %s', (_, tags) => {
    expect(() => dependencies({ ...PROVIDES, ...tags })).toThrow('elements for 2 names')
  })
})
