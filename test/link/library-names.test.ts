import { describe, expect, test } from '@jest/globals'
import { compareLibraryNames, isLibraryName } from '../../lib/link/library-names.js'

describe('ldconfig looks at', () => {
  test.each(['libx.so', 'libx.so.1', 'lib.so', 'libx.sox', 'ld-linux.so.2', 'ld-2.36.so', 'ld.so.1', 'ld64.so.2'])('%s', name =>
    expect(isLibraryName(name)).toBe(true),
  )
  test.each(['x.so', 'mod_x.so', 'libx.a', 'xlibx.so', 'ld', 'ldx.so', 'ld64.so'])('and not %s', name =>
    expect(isLibraryName(name)).toBe(false),
  )
})

describe('of two names', () => {
  test.each([
    ['libx.so.1.10', 'libx.so.1.9'],
    ['libx.so.1.2', 'libx.so.1'],
    ['libx.so.1', 'libx.so'],
    ['libx.so.10', 'libx.so.9.9.9'],
    ['liby.so.1', 'libx.so.2'],
    ['libx.so.1a', 'libx.so.1'],
    ['libx1.so', 'libx.so'],
    ['libx1', 'libxa'],
    ['libx.so.123456789012345678901', 'libx.so.123456789012345678900'],
    ['libx.so.0010', 'libx.so.9'],
  ])('%s is newer than %s', (newer, older) => {
    expect(compareLibraryNames(newer, older)).toBeGreaterThan(0)
    expect(compareLibraryNames(older, newer)).toBeLessThan(0)
  })

  test.each([
    ['libx.so.1', 'libx.so.1'],
    ['libx.so.01', 'libx.so.1'],
    ['', ''],
  ])('%j is as new as %j', (a, b) => expect(compareLibraryNames(a, b)).toBe(0))
})
