import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { CheckError } from '../../lib/errors/check-error.js'
import { dependenciesOf } from '../../lib/rpm/dependencies.js'
import { brokenDigests, type ExpectedDigest } from '../../lib/rpm/expected-digests.js'
import { decodeRpmHead, nextHeadLength, type RpmHead } from '../../lib/rpm/head.js'
import { hardlinkSetsOf } from '../../lib/rpm/hardlinks.js'
import { identityOf } from '../../lib/rpm/identity.js'
import { filesOf, isDirectory, isGhost, isRegular, isSymlink, type PackageFile } from '../../lib/rpm/package-files.js'
import { payloadOf } from '../../lib/rpm/payload-tags.js'
import { provenanceOf } from '../../lib/rpm/provenance.js'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { dependencyText } from '../support/dependency-text.js'
import { corpusPath, corpusTruth, hasCorpus, type PackageTruth } from '../support/rpm-corpus.js'

/** rpm refuses it for a gap in the signature header, which cannot hide anything. */
const SIGNATURE_GAP = /fping-2\.4b2-114\.1\.ppc\.rpm$/

const truths = corpusTruth()
const readable = truths.filter(truth => truth.rpm.rc === 0)
const refused = truths.filter(truth => truth.rpm.rc !== 0 && !SIGNATURE_GAP.test(truth.id))

/** Like a stream: no byte more than requested. */
function readHead(bytes: Uint8Array): RpmHead {
  let length = 0
  for (let next = nextHeadLength(new Uint8Array(0)); next > length; next = nextHeadLength(bytes.subarray(0, length))) {
    length = next
    if (length > bytes.length) break
  }
  return decodeRpmHead(bytes.subarray(0, length))
}

function headOf(truth: PackageTruth): RpmHead {
  return readHead(readFileSync(corpusPath(truth.id)))
}

/** The truth holds bytes that are not UTF-8 as lone surrogates, as Python reads them. */
function byteStringFrom(text: string): string {
  const bytes = Array.from(text, character => {
    const unit = character.charCodeAt(0)
    return unit >= 0xdc80 && unit <= 0xdcff && character.length === 1 ? Buffer.of(unit & 0xff) : Buffer.from(character)
  })
  return Buffer.concat(bytes).toString('latin1')
}

if (!hasCorpus) test.skip('real packages are read as rpm reads them: none beside the checkout', () => {})
else {
  describe('the packages of the corpus', () => {
    test.each(readable)('$id has the tags that rpm prints', truth => {
      const head = headOf(truth)
      const identity = identityOf(head)
      expect({
        ...identity,
        epoch: identity.epoch === null ? null : String(identity.epoch),
        arch: head.header.string(RPMTAG.ARCH),
      }).toEqual({
        name: truth.rpm['NAME'],
        epoch: truth.rpm['EPOCH'],
        version: truth.rpm['VERSION'],
        release: truth.rpm['RELEASE'],
        arch: truth.rpm['ARCH'],
      })
      expect(provenanceOf(head).sourceRpm).toBe(truth.rpm['SOURCERPM'])
      expect(payloadOf(head)).toMatchObject({
        compressor: truth.rpm['PAYLOADCOMPRESSOR'],
        flags: truth.rpm['PAYLOADFLAGS'],
        start: truth.raw.payload?.off,
      })
      expect(head.rpmFormat).toBe(truth.raw.rpmformat)
    })

    test.each(readable)('$id is a source package if rpm built it as one', truth => {
      const { isSource } = provenanceOf(headOf(truth))
      expect(isSource).toBe(truth.id.endsWith('src.rpm'))
    })

    test.each(readable)('$id lists the files that rpm lists', truth => {
      const { files } = filesOf(headOf(truth))
      expect(files.length).toBe(truth.filecount)
      expect(listDigest(files)).toBe(truth.files_sha256)
      expect(truth.filestats).toMatchObject(statsOf(files))
    })

    test.each(readable)('$id provides and requires what rpm prints', truth => {
      const head = headOf(truth)
      const { provides, requires } = dependenciesOf(head)
      const expected = (texts: readonly string[] | undefined): string[] => (texts ?? []).map(byteStringFrom)
      // To a v3 package rpm adds that it provides itself.
      const added =
        head.rpmFormat === 3 && !truth.id.includes('.src.') ? expected(truth.rpm.provides).slice(0, -1) : expected(truth.rpm.provides)
      expect(provides.map(dependencyText)).toEqual(added)
      expect(requires.map(dependencyText)).toEqual(expected(truth.rpm.requires))
    })

    test.each(readable)('$id matches its digests if rpmkeys says so', truth => {
      const bytes = readFileSync(corpusPath(truth.id))
      const head = readHead(bytes)
      const claims = head.digests
      const range = {
        header: bytes.subarray(head.headerStart, head.headerEnd),
        payload: bytes.subarray(head.headerEnd),
        'header+payload': bytes.subarray(head.headerStart),
      }
      const actual = new Map<ExpectedDigest, string>()
      for (const claim of claims) actual.set(claim, createHash(claim.algorithm).update(range[claim.range]).digest('hex'))
      const isBad = truth.verify.lines.some(line => /digest: BAD/.test(line))
      expect(brokenDigests(claims, actual).length > 0).toBe(isBad)
    })

    test.each(refused)('$id is refused as by rpm', truth => {
      expect(() => headOf(truth)).toThrow(CheckError)
    })

    test('a gap in the signature header is only noted', () => {
      const truth = truths.find(({ id }) => SIGNATURE_GAP.test(id))
      expect(truth?.rpm.rc).toBe(1)
      if (truth !== undefined) expect(headOf(truth).notes.map(note => note.id)).toEqual(['signature-gap'])
    })

    test('only one of them has notes', () => {
      const noted = readable.flatMap(truth => headOf(truth).notes.map(note => `${note.id} ${truth.id.replace(/.*[/~]/, '')}`))
      expect(noted).toEqual(['legacy-signature-tag hlinktest-1.0-1.noarch-v3sig.rpm'])
    })
  })
}

/** As truth.py sums up a file list. */
function listDigest(files: readonly PackageFile[]): string {
  const lines = files.map(({ path, mode, size, linkTarget, digest }) => `${path} ${mode.toString(8)} ${size} ${linkTarget} ${digest ?? ''}`)
  return createHash('sha256')
    .update(Buffer.from(lines.join('\n'), 'latin1'))
    .digest('hex')
}

function statsOf(files: readonly PackageFile[]): Record<string, number> {
  const count = (is: (file: PackageFile) => boolean): number => files.filter(is).length
  return {
    ghost: count(isGhost),
    dirs: count(isDirectory),
    symlinks: count(isSymlink),
    special: count(file => !isDirectory(file) && !isSymlink(file) && !isRegular(file)),
    hardlinked: hardlinkSetsOf(files).flat().length,
    big: Math.max(0, ...files.map(file => file.size)),
  }
}
