import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { DigestCheck } from '../../../lib/io/package/digest-check.js'
import type { ExpectedDigest, DigestRange } from '../../../lib/rpm/expected-digests.js'

const HEADER = Buffer.from('header')
const PAYLOAD = Buffer.from('payload')
const COVERED: Readonly<Record<DigestRange, Buffer>> = {
  header: HEADER,
  payload: PAYLOAD,
  'header+payload': Buffer.concat([HEADER, PAYLOAD]),
}

interface Claim {
  readonly algorithm?: string
  readonly isRight?: boolean
  readonly either?: string
}

function claim(range: DigestRange, { algorithm = 'sha256', isRight = true, either }: Claim = {}): ExpectedDigest {
  const expected = isRight ? createHash(algorithm).update(COVERED[range]).digest('hex') : 'not this'
  return { algorithm, expected, range, tag: `TAG-${range}`, either: either ?? null }
}

function verifying(...claims: readonly ExpectedDigest[]): () => void {
  return () => {
    const check = new DigestCheck(claims)
    check.header(HEADER)
    for (const byte of PAYLOAD) check.payload(Uint8Array.of(byte))
    check.finish()
  }
}

const wrong = { isRight: false }

describe('DigestCheck', () => {
  test('accepts digests that all match', () => {
    expect(verifying(claim('header'), claim('payload'), claim('header+payload', { algorithm: 'md5' }))).not.toThrow()
  })

  test('refuses a wrong header before anything else is read', () => {
    const check = new DigestCheck([claim('header', wrong)])
    expect(() => check.header(HEADER)).toThrow('expected not this (TAG-header)')
  })

  test('refuses a wrong payload', () => {
    expect(verifying(claim('header'), claim('payload', wrong))).toThrow('payload: sha256 is ')
  })

  test('accepts a digest whose alternative matches', () => {
    const pair = (isRight: boolean) =>
      verifying(claim('payload', { isRight, either: 'x' }), claim('payload', { isRight: !isRight, either: 'x' }))
    expect(pair(true)).not.toThrow()
    expect(pair(false)).not.toThrow()
  })

  test('refuses a weak digest that is wrong although stronger ones are right', () => {
    const strong = [claim('header'), claim('payload'), claim('payload', { algorithm: 'sha512' })]
    expect(verifying(...strong, claim('header', { algorithm: 'sha1', isRight: false }))).toThrow('header: sha1 is ')
    expect(verifying(...strong, claim('header+payload', { algorithm: 'md5', isRight: false }))).toThrow('header+payload: md5 is ')
  })

  test('names what it cannot compute, and verifies the rest', () => {
    const unknown: ExpectedDigest = { ...claim('payload'), algorithm: 'no-such-hash' }
    expect(new DigestCheck([unknown]).uncomputed).toEqual([unknown])
    expect(verifying(unknown)).not.toThrow()
    expect(verifying(unknown, claim('payload', wrong))).toThrow('payload: sha256 is ')
  })
})
