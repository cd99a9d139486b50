/** Members of a zip archive, by yauzl. The directory is at the end, so the archive is buffered whole, up to a limit. */
import { promisify } from 'node:util'
import type { Readable } from 'node:stream'
import type { Entry, ZipFile } from 'yauzl'
import { LimitError } from '../../errors/check-error.js'
import { asMalformed } from './archive-error.js'
import { memberOf } from './member.js'
import type { ArchiveLocation, FactsCollector, PackageScan } from './package-scan.js'

const ENCRYPTED = 0x1
/** `PK\x01\x02`, before every entry of the directory (APPNOTE.TXT 6.3.10, section 4.3.12). */
const CENTRAL_FILE_HEADER = 0x02014b50

/** Throws `MalformedError` for archives that yauzl refuses, `LimitError` for an archive too large to buffer. */
export async function readZip(
  source: AsyncIterable<Uint8Array>,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  const bytes = await buffered(source, scan.limits.heldArchiveBytes)
  const archive = await refusing(open(bytes))
  let encrypted = 0
  for await (const entry of entriesOf(archive, bytes)) {
    if (archive.entriesRead > scan.limits.members) throw new LimitError(`zip: more than ${scan.limits.members} members`, 'zip')
    if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) encrypted++
    else if (!isEmpty(entry)) await readEntry(archive, entry, location, scan, collector)
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

async function buffered(source: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of source) {
    length += chunk.length
    if (length > limit) throw new LimitError(`zip: larger than ${limit} bytes`, 'zip', limit)
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}

async function open(bytes: Buffer): Promise<ZipFile> {
  const { default: yauzl } = await import('yauzl')
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, autoClose: false }, (error, archive) => {
      if (error === null) resolve(archive)
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
  archive: ZipFile,
  entry: Entry,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  const member = memberOf(location, entry.fileName, entry.uncompressedSize, scan, collector)
  const stream: Readable = await refusing(promisify(archive.openReadStream.bind(archive))(entry))
  try {
    for await (const chunk of stream) {
      scan.spendNested((chunk as Uint8Array).length)
      await member.write(chunk as Uint8Array)
      if (member.isSkipping) return
    }
    await member.end()
  } catch (error) {
    await member.abandon(error)
    throw asMalformed('zip', error)
  }
}

async function refusing<Value>(step: Promise<Value>): Promise<Value> {
  try {
    return await step
  } catch (error) {
    throw asMalformed('zip', error)
  }
}
