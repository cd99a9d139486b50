/** Digests of whole packages: damage that decompression does not notice, and what this Node cannot compute. */
import * as crypto from 'node:crypto'
import { expect, jest, test } from '@jest/globals'
import { gzipSync } from 'node:zlib'
import { Catalogue } from '../../../lib/catalogue/catalogue.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import { RPMSIGTAG } from '../../../lib/rpm/signature-tags.js'
import { RPMTAG } from '../../../lib/rpm/tags.js'
import { archive } from '../../support/cpio-builder.js'
import { packageWith } from '../../support/package.js'
import { int32, strings, type Tags } from '../../support/rpm-builder.js'

/** As where a policy of OpenSSL's forbids it. */
const FORBIDDEN = 'sha3-512'
jest.unstable_mockModule('node:crypto', () => ({
  ...crypto,
  createHash: (algorithm: string) => {
    if (algorithm === FORBIDDEN) throw new Error('digital envelope routines::unsupported')
    return crypto.createHash(algorithm)
  },
}))
const { readFacts } = await import('../../../lib/io/package/read-facts.js')

const unpacked = archive({ name: './a', data: 'a', inode: 1 })
const payload = gzipSync(unpacked)
const damaged = Buffer.from(payload)
damaged[4]! ^= 1 // the time in gzip's header, which no decompressor verifies
const sha256 = crypto.createHash('sha256').update(payload).digest('hex')
const withoutMd5 = { [RPMSIGTAG.MD5.number]: undefined }

const reading = (bytes: Uint8Array, tags: Tags) =>
  readFacts(
    { kind: 'bytes', path: 'x.rpm', bytes: packageWith({ '/a': Buffer.from('a') }, { payload: bytes, tags, signature: withoutMd5 }) },
    { catalogue: new Catalogue(), limits: DEFAULT_LIMITS, wantsSha256: false },
  )

test('a payload that differs from its digest is refused, although it can be unpacked', async () => {
  const tags = { [RPMTAG.PAYLOADSHA256.number]: strings(sha256) }
  expect((await reading(payload, tags)).notes).toEqual([])
  await expect(reading(damaged, tags)).rejects.toThrow(/^payload: sha256 is [0-9a-f]{64}, expected [0-9a-f]{64} \(PAYLOADSHA256\)$/)
})

test('the digest of the uncompressed payload does not excuse it', async () => {
  const ofUnpacked = crypto.createHash('sha256').update(unpacked).digest('hex')
  const tags = { [RPMTAG.PAYLOADSHA256.number]: strings(sha256), [RPMTAG.PAYLOADSHA256ALT.number]: strings(ofUnpacked) }
  await expect(reading(damaged, tags)).rejects.toThrow('(PAYLOADSHA256)')
})

test('a digest that this Node cannot compute is noted', async () => {
  const tags = { [RPMTAG.PAYLOADSHA256.number]: strings('0'), [RPMTAG.PAYLOADSHA256ALGO.number]: int32(14) }
  expect((await reading(payload, tags)).notes).toMatchObject([
    { id: 'unverified-digest', isOdd: true, message: 'PAYLOADSHA256 was not verified: this Node.js cannot compute sha3-512' },
  ])
})
