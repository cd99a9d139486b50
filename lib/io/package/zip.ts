/** Members of a zip archive, by yauzl. The directory is at the end, so the archive is buffered whole, up to a limit. */
import type { Entry, ZipFile } from 'yauzl'
import { LimitError, MalformedError } from '../../errors/check-error.js'
import { CompressedInput } from '../decompress/compressed-input.js'
import { Inflate, inflate } from '../decompress/inflate.js'
import { asMalformed } from './archive-error.js'
import { memberOf } from './member.js'
import type { ArchiveLocation, FactsCollector, PackageScan } from './package-scan.js'

const ENCRYPTED = 0x1
/** `PK\x01\x02`, before every entry of the directory (APPNOTE.TXT 6.3.10, section 4.3.12). */
const CENTRAL_FILE_HEADER = 0x02014b50
const STORED = 0
const DEFLATED = 8
/** Bytes by which the memory of an archive grows at least. */
const GROWTH = 4 * 1024 * 1024
/** What a member costs of a part: see UnpackCosts. */
const ENTRY_COST = 0.5

/** What the types of ES2023 do not have yet, and Node 20 has. */
interface ResizableArrayBufferConstructor {
  new (length: number, options: { readonly maxByteLength: number }): ArrayBuffer & { resize(length: number): void }
}

/** What the types of yauzl 2 do not have. */
interface LocalHeaders {
  readLocalFileHeaderPromise(entry: Entry, options: { readonly minimal: true }): Promise<{ readonly fileDataStart: number }>
}

interface OpenZip {
  readonly archive: ZipFile & LocalHeaders
  readonly bytes: Buffer
  readonly decoder: Inflate
  /** Packed bytes of the members so far. */
  readonly claimed: { bytes: number }
}

/** Throws `MalformedError` for archives that yauzl refuses, `LimitError` for an archive too large to buffer. */
export async function readZip(
  source: AsyncIterable<Uint8Array>,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  const bytes = await buffered(source, scan.limits.heldArchiveBytes)
  scan.costs.hold('zip', bytes.length)
  try {
    await readBuffered(bytes, location, scan, collector)
  } finally {
    scan.costs.release(bytes.length)
  }
}

async function readBuffered(bytes: Buffer, location: ArchiveLocation, scan: PackageScan, collector: FactsCollector): Promise<void> {
  const archive = await refusing(open(bytes))
  const zip: OpenZip = { archive, bytes, decoder: new Inflate(), claimed: { bytes: 0 } }
  let encrypted = 0
  for await (const entry of entriesOf(archive, bytes)) {
    if (archive.entriesRead > scan.limits.members) throw new LimitError(`zip: more than ${scan.limits.members} members`, 'zip')
    scan.costs.beginMember()
    if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) encrypted++
    else if (!isEmpty(entry)) await readEntry(zip, entry, location, scan, collector)
  }
  if (encrypted > 0) collector.notes.push(encryptedNote(encrypted, location))
}

/** Too small to contain an ELF file, even if one of the two sizes is wrong: yauzl rejects a member that does not unpack to its stated size. */
function isEmpty({ fileName, uncompressedSize, compressedSize }: Entry): boolean {
  return fileName.endsWith('/') || Math.max(uncompressedSize, compressedSize) < 4
}

function encryptedNote(count: number, { path, depth }: ArchiveLocation): FactsCollector['notes'][number] {
  const message = `${path}: ${count} encrypted ${count === 1 ? 'member' : 'members'}, not checked`
  return { id: 'encrypted-members', message, path, structure: 'zip', offset: null, isOdd: depth === 1 }
}

/** In memory that grows in place: a copy at each step would need twice as much. */
async function buffered(source: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const memory = new (ArrayBuffer as unknown as ResizableArrayBufferConstructor)(0, { maxByteLength: limit })
  let length = 0
  for await (const chunk of source) {
    const end = length + chunk.length
    if (end > limit) throw new LimitError(`zip: larger than ${limit} bytes`, 'zip', limit)
    if (end > memory.byteLength) memory.resize(Math.min(limit, Math.max(end, memory.byteLength + GROWTH)))
    new Uint8Array(memory, length, chunk.length).set(chunk)
    length = end
  }
  return Buffer.from(memory, 0, length)
}

async function open(bytes: Buffer): Promise<ZipFile & LocalHeaders> {
  const { default: yauzl } = await import('yauzl')
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, autoClose: false }, (error, archive) => {
      if (error === null) resolve(archive as ZipFile & LocalHeaders)
      else reject(error)
    })
  })
}

/** As in Info-ZIP and Python: whatever number of entries the end record states, the directory continues while there is another header. */
async function* entriesOf(archive: ZipFile, bytes: Buffer): AsyncGenerator<Entry> {
  for (;;) {
    if (archive.entriesRead === archive.entryCount && isHeaderAt(bytes, archive.readEntryCursor)) archive.entryCount++
    const entry = await refusing(
      new Promise<Entry | null>((resolve, reject) => {
        archive
          .once('entry', resolve)
          .once('end', () => resolve(null))
          .once('error', reject)
        archive.readEntry()
      }),
    )
    archive.removeAllListeners()
    if (entry === null) return
    yield entry
  }
}

/** `at` is a number, although the library's types declare a boolean. */
function isHeaderAt(bytes: Buffer, at: unknown): boolean {
  return Number(at) + 4 <= bytes.length && bytes.readUInt32LE(Number(at)) === CENTRAL_FILE_HEADER
}

/** Leaves the entry as soon as no more bytes are needed: the classes of a .jar are not inflated to their end. */
async function readEntry(
  zip: OpenZip,
  entry: Entry,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  const member = memberOf(location, entry.fileName, entry.uncompressedSize, scan, collector)
  scan.costs.beginPart('nested archives', ENTRY_COST)
  try {
    for await (const chunk of dataOf(entry, await packedBytes(zip, entry), zip.decoder)) {
      scan.costs.spendNested(chunk.length)
      scan.costs.earn(chunk.length)
      await member.write(chunk)
      if (member.isSkipping) return
    }
    await member.end()
  } catch (error) {
    await member.abandon(error)
    throw asMalformed('zip', error)
  }
}

/** Overlapping entries would let a few bytes stand for many files: each byte of the archive belongs to one. */
async function packedBytes({ archive, bytes, claimed }: OpenZip, entry: Entry): Promise<Uint8Array> {
  const { fileDataStart: start } = await refusing(archive.readLocalFileHeaderPromise(entry, { minimal: true }))
  const end = start + entry.compressedSize
  claimed.bytes += entry.compressedSize
  if (claimed.bytes > bytes.length) throw new MalformedError('zip: overlapping members', 'zip')
  return bytes.subarray(start, end)
}

/** The unpacked bytes. As in yauzl's own streams, they must be as many as the directory states. */
async function* dataOf(entry: Entry, packed: Uint8Array, decoder: Inflate): AsyncGenerator<Uint8Array> {
  const input = new CompressedInput(only(packed), 'zip')
  let left = entry.uncompressedSize
  for await (const chunk of unpacked(entry, packed, input, decoder)) {
    const promised = chunk.subarray(0, left)
    if (promised.length > 0) yield promised
    if (chunk.length > left) throw new MalformedError(`zip: ${entry.fileName}: more than the stated ${entry.uncompressedSize} bytes`, 'zip')
    left -= chunk.length
  }
  if (left > 0) throw new MalformedError(`zip: ${entry.fileName}: ${left} of the stated ${entry.uncompressedSize} bytes are missing`, 'zip')
}

function unpacked(entry: Entry, packed: Uint8Array, input: CompressedInput, decoder: Inflate): AsyncIterable<Uint8Array> {
  if (entry.compressionMethod === STORED) return only(packed)
  if (entry.compressionMethod === DEFLATED) return inflate(input, decoder)
  throw new MalformedError(`zip: ${entry.fileName}: unsupported compression method ${entry.compressionMethod}`, 'zip')
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}

async function refusing<Value>(step: Promise<Value>): Promise<Value> {
  try {
    return await step
  } catch (error) {
    throw asMalformed('zip', error)
  }
}
