import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { DigestCheck } from '../../../lib/io/package/digest-check.js'
import type { ExpectedDigest, DigestRange } from '../../../lib/rpm/expected-digests.js'

const HEADER = Buffer.from('header')
const PAYLOAD = Buffer.from('payload')
const UNPACKED = Buffer.from('unpacked')
const COVERED: Readonly<Record<DigestRange, Buffer>> = {
  header: HEADER,
  payload: PAYLOAD,
  unpacked: UNPACKED,
  'header+payload': Buffer.concat([HEADER, PAYLOAD]),
}
const ALL: readonly DigestRange[] = ['header', 'payload', 'unpacked', 'header+payload']

function claim(range: DigestRange, { isRight = true, either = null }: { isRight?: boolean; either?: string | null } = {}): ExpectedDigest {
  const algorithm = range === 'header+payload' ? 'md5' : 'sha256'
  const expected = isRight ? createHash(algorithm).update(COVERED[range]).digest('hex') : 'not this'
  return { algorithm, expected, range, tag: `TAG-${range}`, either }
}

/** Ranges of the digests that are broken after all bytes. */
function brokenOf(claims: readonly ExpectedDigest[], ranges = ALL): string[] {
  const check = new DigestCheck(claims, ranges)
  check.header(HEADER)
  for (const byte of PAYLOAD) check.payload(Uint8Array.of(byte))
  check.unpacked(UNPACKED)
  return check.finish().map(({ range }) => range)
}

describe('DigestCheck', () => {
  test('finds nothing broken if all digests match', () => expect(brokenOf(ALL.map(range => claim(range)))).toEqual([]))

  test('refuses a wrong header before anything else is read', () => {
    const check = new DigestCheck([claim('header', { isRight: false })], ALL)
    expect(() => check.header(HEADER)).toThrow('expected not this (TAG-header)')
  })

  test('finds a wrong payload', () => expect(brokenOf([claim('header'), claim('payload', { isRight: false })])).toEqual(['payload']))

  test('accepts a recompressed payload, and the other way round', () => {
    const pair = (isRight: boolean) => [claim('payload', { isRight, either: 'x' }), claim('unpacked', { isRight: !isRight, either: 'x' })]
    expect(brokenOf(pair(true))).toEqual([])
    expect(brokenOf(pair(false))).toEqual([])
  })

  test('verifies MD5 if no stronger digest covers header or payload', () => {
    const wrong = claim('header+payload', { isRight: false })
    expect(brokenOf([wrong])).toEqual(['header+payload'])
    expect(brokenOf([claim('header'), wrong])).toEqual(['header+payload'])
    expect(brokenOf([claim('payload'), wrong])).toEqual(['header+payload'])
    expect(brokenOf([claim('header'), claim('payload'), wrong])).toEqual([])
  })

  test('uses the next digest if an algorithm is not available', () => {
    const unknown: ExpectedDigest = { ...claim('payload'), algorithm: 'no-such-hash' }
    expect(brokenOf([unknown, claim('payload', { isRight: false })])).toEqual(['payload'])
  })
})
