/**
 * Reads one RPM package, from its lead to the last byte of its payload, in one pass and in memory.
 */
import { compressionOf, type Compression } from '../../archive/magic.js'
import { textOf } from '../../bytes/names.js'
import { CpioParser } from '../../cpio/cpio-parser.js'
import type { CpioEntry } from '../../cpio/entry.js'
import { LimitError, MalformedError, UnsupportedError } from '../../errors/check-error.js'
import { installedPath, noteOf, packageFacts } from '../../facts/package-facts.js'
import { PayloadCheck } from '../../facts/payload/payload-check.js'
import type { Note, PackageFacts } from '../../facts/model.js'
import type { ExpectedDigest } from '../../rpm/expected-digests.js'
import { decodeRpmHead, nextHeadLength, type RpmHead } from '../../rpm/head.js'
import { filesOf, type PackageFiles } from '../../rpm/package-files.js'
import { payloadOf } from '../../rpm/payload-tags.js'
import { RPMTAG } from '../../rpm/tags.js'
import { decompress, type Unpacked } from '../decompress/decompress.js'
import { DigestCheck, tryHash } from './digest-check.js'
import { PeekableStream } from '../peekable-stream.js'
import { LoaderConfigFile, isLoaderConfigFile } from './loader-config-file.js'
import { Member } from './member.js'
import { RepeatedContent } from './repeated-content.js'
import { FactsCollector, type PackageScan } from './package-scan.js'

/** Bytes of the payload that show how it is compressed. */
const MAGIC_LENGTH = 8
/** Of the header of an inner package: its bytes, those of the stream's buffer, and what is decoded of them. */
const HEADER_COPIES = 3

/** `depth` is the number of archives around the package: 0 for a target itself. Throws `CheckError` where rpm would refuse the package, or could see other contents than we do. */
export async function readRpm(stream: PeekableStream, scan: PackageScan, depth: number): Promise<PackageFacts> {
  const { head, bytes } = await readHead(stream, depth > 0 ? scan.limits.nestedHeaderBytes : Infinity)
  if (depth === 0) return readBehind(head, bytes, stream, scan, depth)
  scan.costs.hold('header', HEADER_COPIES * bytes.length)
  try {
    return await readBehind(head, bytes, stream, scan, depth)
  } finally {
    scan.costs.release(HEADER_COPIES * bytes.length)
  }
}

async function readBehind(
  head: RpmHead,
  bytes: Uint8Array,
  stream: PeekableStream,
  scan: PackageScan,
  depth: number,
): Promise<PackageFacts> {
  const digests = new DigestCheck(head.digests)
  digests.header(bytes.subarray(head.headerStart, head.headerEnd))
  const { compressor } = payloadOf(head)
  const files = verifiable(filesOf(head))
  const compression = await compressionAt(stream, head, compressor)
  const unpacked = decompress(compression, hashed(stream.from(head.headerEnd), digests), scan.limits, { costs: scan.costs })
  const collector = new FactsCollector()
  collector.addNotes([
    ...head.notes.map(noteOf),
    ...mismatch(compressor, compression),
    ...digests.uncomputed.map(uncomputedNote),
    ...fileDigestNotes(head, files),
  ])
  await readPayload(unpacked, new PayloadCheck(files), { scan, collector, depth })
  digests.finish()
  return packageFacts(head, files.files, compression, collector)
}

/** `limit`: bytes that are held in memory. */
async function readHead(stream: PeekableStream, limit: number): Promise<{ head: RpmHead; bytes: Uint8Array }> {
  let bytes = await stream.prefix(0)
  for (let needed = nextHeadLength(bytes); ; needed = nextHeadLength(bytes)) {
    const length = bytes.length
    if (length >= needed) break
    if (needed > limit) throw new LimitError(`header: more than ${limit} bytes in a package inside another`, 'header', limit)
    bytes = await stream.prefix(needed)
    if (bytes.length < needed) break // the decoder reports what is missing
  }
  // The head outlives the stream's buffer, which grows later.
  const own = Uint8Array.from(bytes)
  return { head: decodeRpmHead(own), bytes: own }
}

async function compressionAt(stream: PeekableStream, head: RpmHead, stated: string | null): Promise<Compression> {
  const magic = (await stream.prefix(head.headerEnd + MAGIC_LENGTH)).subarray(head.headerEnd)
  if (magic.length === 0) throw new MalformedError('payload: empty', 'payload', head.headerEnd)
  const compression = compressionOf(magic)
  if (compression !== null) return compression
  throw new UnsupportedError(
    `payload: unknown compression, the first bytes match no known format (PAYLOADCOMPRESSOR: ${stated === null ? 'missing' : JSON.stringify(textOf(stated))})`,
    'payload',
    head.headerEnd,
  )
}

/** Without the tag rpm assumes gzip, whose reader also accepts plain cpio; lzma packages of other builders lack it too. */
function mismatch(stated: string | null, found: Compression): Note[] {
  if (stated === null || stated === found) return []
  const message = `the header states ${textOf(stated)} compression, but the payload is ${found}`
  return [{ id: 'compressor-differs', message, path: null, structure: 'payload', offset: null, isOdd: true }]
}

/** Where a policy of OpenSSL's forbids the algorithm, digests of files are as good as missing. */
function verifiable({ files, digestAlgorithm }: PackageFiles): PackageFiles {
  return { files, digestAlgorithm: digestAlgorithm === null || tryHash(digestAlgorithm) === null ? null : digestAlgorithm }
}

function fileDigestNotes({ header }: RpmHead, { files, digestAlgorithm }: PackageFiles): Note[] {
  if (digestAlgorithm !== null || files.every(({ digest }) => digest === null)) return []
  const message = `FILEDIGESTS were not verified: algorithm ${header.integer(RPMTAG.FILEDIGESTALGO) ?? 'MD5'} cannot be computed`
  return [{ id: 'unverified-digest', message, path: null, structure: 'FILEDIGESTS', offset: null, isOdd: true }]
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, digests: DigestCheck): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    digests.payload(chunk)
    yield chunk
  }
}

interface ReadingContext {
  readonly scan: PackageScan
  readonly collector: FactsCollector
  readonly depth: number
}

async function readPayload(unpacked: Unpacked, payloadCheck: PayloadCheck, context: ReadingContext): Promise<void> {
  const { scan, collector, depth } = context
  const parser = new CpioParser({ sizeOfStripped: index => payloadCheck.sizeOfStripped(index), members: scan.limits.members })
  let member: PayloadReader | null = null
  try {
    for await (const chunk of unpacked.chunks) {
      if (depth > 0) scan.costs.spendNested(chunk.length)
      for (const event of parser.push(chunk)) {
        // Only a nested archive makes the parser wait: an await for each event would cost more than parsing.
        if (event.kind === 'entry') member = memberFor(event.entry, payloadCheck, context)
        else if (event.kind === 'data') {
          const waiting = member?.write(event.bytes)
          if (waiting !== undefined) await waiting
        } else if (member !== null) {
          await member.end()
          member = null
        }
      }
    }
    parser.finish()
  } catch (error) {
    await member?.abandon(error)
    throw error
  }
  payloadCheck.finish()
  collector.addNotes([...payloadCheck.notes(), ...trailingNotes(unpacked.trailing(), parser.afterTrailer)])
}

/** Takes the data of one member. */
type PayloadReader = Member | LoaderConfigFile | RepeatedContent

/** `null` for a member without data to analyse. */
function memberFor(entry: CpioEntry, payloadCheck: PayloadCheck, { scan, collector, depth }: ReadingContext): PayloadReader | null {
  const { action, paths, digest } = payloadCheck.checkMember(entry)
  if (action === 'skip' || entry.size === 0) return null
  const [path = '', ...alsoAt] = paths.map(installedPath)
  if (action === 'verify' && digest !== null) return new RepeatedContent(path, digest)
  const configured = [path, ...alsoAt].find(isLoaderConfigFile)
  const member = (size: number | null): Member => new Member({ path, alsoAt, size, digest, depth: 0, nesting: depth }, scan, collector)
  if (configured === undefined) return member(entry.size)
  // Without a size it is not taken for a list of directories a second time.
  return new LoaderConfigFile(configured, content => void collector.configuration.push(content), member(null))
}

function uncomputedNote({ tag, algorithm }: ExpectedDigest): Note {
  const message = `${tag} was not verified: this Node.js cannot compute ${algorithm}`
  return { id: 'unverified-digest', message, path: null, structure: null, offset: null, isOdd: true }
}

function trailingNotes(trailing: number, afterTrailer: number): Note[] {
  const notes: Note[] = []
  const note = (id: string, message: string): void =>
    void notes.push({ id, message, path: null, structure: 'payload', offset: null, isOdd: true })
  if (trailing > 0) note('trailing-data', `${trailing} bytes after the compressed payload, which rpm ignores`)
  if (afterTrailer > 0) note('data-after-trailer', `${afterTrailer} bytes after the cpio trailer, which rpm ignores`)
  return notes
}
