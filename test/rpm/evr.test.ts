/** The rows are those of rpm-version(7) and of rpm's own tests; test/oracle/evr.test.ts compares with rpm itself. */
import { describe, expect, test } from '@jest/globals'
import { compareEvr, compareVersions } from '../../lib/rpm/evr.js'

describe('a version', () => {
  test.each([
    ['1.0', '1.0', 0],
    ['1.0', '2.0', -1],
    ['2.0.1', '2.0', 1],
    ['5.5p1', '5.5p10', -1],
    ['10xyz', '10.1xyz', -1],
    ['xyz10', 'xyz10.1', -1],
    ['1.0a', '1.0', 1],
    ['1.0.a', '1.0.1', -1],
    ['8', 'abc', 1],
    ['20101122', '20101121', 1],
    ['007', '7', 0],
    ['99999999999999999999', '100000000000000000000', -1],
    ['1.0', '1_0', 0],
    ['1.0~rc1', '1.0', -1],
    ['1.0~rc1', '1.0~rc2', -1],
    ['1.0^git1', '1.0', 1],
    ['1.0^git1', '1.0.1', -1],
    ['1.0~rc1^git1', '1.0~rc1', 1],
    ['1.0^git1~pre', '1.0^git1', -1],
    ['', '1', -1],
  ])('%s against %s: %i', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign)
    expect(Math.sign(compareVersions(b, a))).toBe(sign === 0 ? 0 : -sign)
  })
})

describe('an epoch, version and release', () => {
  const evr = (epoch: number | null, version: string, release: string) => ({ epoch, version, release })

  test('count in this order', () => {
    expect(compareEvr(evr(1, '1', '1'), evr(null, '9', '9'))).toBeGreaterThan(0)
    expect(compareEvr(evr(0, '1.1', '1'), evr(null, '1.0', '9'))).toBeGreaterThan(0)
    expect(compareEvr(evr(0, '1', '2'), evr(null, '1', '1'))).toBeGreaterThan(0)
    expect(compareEvr(evr(0, '1', '1'), evr(null, '1', '1'))).toBe(0)
  })
})
