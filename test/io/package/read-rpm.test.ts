/** Digests of whole packages: damage that decompression does not notice, and what this Node cannot compute. */
import * as crypto from 'node:crypto'
import { expect, jest, test } from '@jest/globals'
import { gzipSync } from 'node:zlib'
import { Catalogue } from '../../../lib/catalogue/catalogue.js'
import type { PackageFacts } from '../../../lib/facts/model.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import { RPMSIGTAG } from '../../../lib/rpm/signature-tags.js'
import { RPMTAG } from '../../../lib/rpm/tags.js'
import { archive } from '../../support/cpio-builder.js'
import { buildElf } from '../../support/elf-builder.js'
import { packageWith } from '../../support/package.js'
import { buildPackage, int32, strings, type Tags } from '../../support/rpm-builder.js'

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

/** A package of one library under two names, whose data comes with each. */
function linkedTwice(first: string, second = first): Promise<PackageFacts> {
  const files = ['/usr/lib64/a.so', '/usr/lib64/b.so'].map(path => ({ path, content: first, inode: 7 }))
  const members = [first, second].map((data, at) => ({ name: `.${files[at]!.path}`, data, inode: 7, linkCount: 2 }))
  const bytes = buildPackage({ files, payload: gzipSync(archive(...members)) })
  const target = { kind: 'bytes', path: 'x.rpm', bytes } as const
  return readFacts(target, { catalogue: new Catalogue(), limits: DEFAULT_LIMITS, wantsSha256: false })
}

const LIBRARY = buildElf({ symbols: [{ name: 'CRYPTO_lock' }] }).toString('latin1')

test('a library whose data comes with each of its hardlinks is one object', async () => {
  const { objects, notes } = await linkedTwice(LIBRARY)
  expect(objects).toMatchObject([{ path: '/usr/lib64/a.so', alsoAt: ['/usr/lib64/b.so'] }])
  expect(notes.map(({ message }) => message)).toEqual([
    '/usr/lib64/a.so: hardlink data precedes the last link, so rpm cannot unpack the package',
  ])
})

test('other data with a further hardlink is refused', async () => {
  await expect(linkedTwice(LIBRARY, LIBRARY.replace('CRYPTO_lock', 'CRYPTO_free'))).rejects.toThrow(/^\/usr\/lib64\/b\.so: sha256 is/)
})

test('a library that only the header calls something else is judged, with a note', async () => {
  const member = { name: './x.so', data: LIBRARY }
  for (const [file, id] of [
    [{ path: '/x.so', content: '', flags: 64 }, 'ghost-in-payload'],
    [{ path: '/x.so', mode: 0o40755 }, 'mode-differs'],
  ] as const) {
    const bytes = buildPackage({ files: [file], payload: gzipSync(archive(member)) })
    const target = { kind: 'bytes', path: 'x.rpm', bytes } as const
    const { objects, notes } = await readFacts(target, { catalogue: new Catalogue(), limits: DEFAULT_LIMITS, wantsSha256: false })
    expect(objects).toMatchObject([{ path: '/x.so', guarded: [{ name: 'CRYPTO_lock' }] }])
    expect(notes).toMatchObject([{ id, isOdd: true }])
  }
})

test('a library at the path of a configuration file of the loader is judged', async () => {
  const bytes = packageWith({ '/etc/ld.so.conf.d/x.conf': Buffer.from(LIBRARY, 'latin1') })
  const target = { kind: 'bytes', path: 'x.rpm', bytes } as const
  const { objects } = await readFacts(target, { catalogue: new Catalogue(), limits: DEFAULT_LIMITS, wantsSha256: false })
  expect(objects).toMatchObject([{ path: '/etc/ld.so.conf.d/x.conf' }])
})
