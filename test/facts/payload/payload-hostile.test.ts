import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { CpioParser } from '../../../lib/cpio/cpio-parser.js'
import { CheckError } from '../../../lib/errors/check-error.js'
import { PayloadCheck } from '../../../lib/facts/payload/payload-check.js'
import { dependenciesOf } from '../../../lib/rpm/dependencies.js'
import { brokenDigests, type ExpectedDigest } from '../../../lib/rpm/expected-digests.js'
import { decodeRpmHead, nextHeadLength, type RpmHead } from '../../../lib/rpm/head.js'
import { identityOf } from '../../../lib/rpm/identity.js'
import { filesOf } from '../../../lib/rpm/package-files.js'
import { payloadOf } from '../../../lib/rpm/payload-tags.js'
import { provenanceOf } from '../../../lib/rpm/provenance.js'
import { hasHostile, hostileCases, hostilePackage } from '../../support/rpm-corpus.js'

/** Problems that only decompression or a file's content shows: other tests cover them. */
const BEYOND = /^(07-file-digest|12-trunc-payload|12-empty-payload|12-trailing-junk|12-comp-mismatch|14-bomb-gzip-512M)$/

/** Notes of everything up to the archive's end. Throws as a check would. */
function read(bytes: Buffer): string[] {
  nextHeadLength(bytes)
  const head = decodeRpmHead(bytes)
  identityOf(head)
  provenanceOf(head)
  dependenciesOf(head)
  payloadOf(head)
  const payloadCheck = new PayloadCheck(filesOf(head))
  const payload = bytes.subarray(head.headerEnd)
  const unpacked = unpackedOf(payload)
  if (unpacked === null) return head.notes.map(({ id }) => id)

  const parser = new CpioParser({ members: 100, sizeOfStripped: index => payloadCheck.sizeOfStripped(index) })
  for (const event of parser.push(unpacked)) if (event.kind === 'entry') payloadCheck.checkMember(event.entry)
  parser.finish()
  payloadCheck.finish()
  verify(head, bytes)
  const behind = parser.afterTrailer > 0 ? ['data-after-trailer'] : []
  return [...head.notes, ...payloadCheck.notes()].map(({ id }) => id).concat(behind)
}

function verify(head: RpmHead, bytes: Buffer): void {
  const ranges = {
    header: bytes.subarray(head.headerStart, head.headerEnd),
    payload: bytes.subarray(head.headerEnd),
    'header+payload': bytes.subarray(head.headerStart),
  }
  const claims = head.digests
  const actual = new Map(
    claims.map((claim): [ExpectedDigest, string] => [claim, createHash(claim.algorithm).update(ranges[claim.range]).digest('hex')]),
  )
  const [broken] = brokenDigests(claims, actual)
  if (broken !== undefined) throw new DigestMismatch(broken.tag)
}

class DigestMismatch extends CheckError {
  readonly reason = 'malformed'
}

/** `null` for a compression that this test does not undo. */
function unpackedOf(payload: Buffer): Buffer | null {
  if (payload.subarray(0, 5).toString() === '07070') return payload
  return payload.readUInt16BE(0) === 0x1f8b ? gunzipSync(payload) : null
}

/** Does this test reach the end of the package, or its error before the payload? */
function isReadHere(name: string): boolean {
  if (BEYOND.test(name)) return false
  const bytes = hostilePackage(name)
  const error = thrownBy(() => decodeRpmHead(bytes))
  return error !== null || unpackedOf(bytes.subarray(decodeRpmHead(bytes).headerEnd)) !== null
}

function thrownBy(action: () => unknown): unknown {
  try {
    action()
    return null
  } catch (error) {
    return error
  }
}

const cases = hostileCases().filter(({ name }) => isReadHere(name))
const expecting = (outcome: string): typeof cases => cases.filter(each => each.expect === outcome)
if (!hasHostile) test.skip('crafted packages are read or refused as they should be: none beside the checkout', () => {})
else {
  describe('a crafted package', () => {
    test.each(expecting('ok'))('is read without notes: $name, $why', ({ name }) => {
      expect(read(hostilePackage(name))).toEqual([])
    })

    test.each(expecting('warn'))('is read with a note: $name, $why', ({ name }) => {
      expect(read(hostilePackage(name))).toHaveLength(1)
    })

    test.each(expecting('error'))('is refused: $name, $why', ({ name }) => {
      expect(() => read(hostilePackage(name))).toThrow(CheckError)
    })

    test('is rarely outside the scope of this test', () => {
      expect(cases.length).toBeGreaterThan(70)
    })
  })
}
