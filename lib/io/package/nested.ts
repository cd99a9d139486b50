/**
 * Archives inside a package: tar, zip and ar, compressed or not, and RPMs. Their objects go to the package's own facts, under a path
 * whose parts are joined by `!`.
 *
 * A nested archive that cannot be read does not make the package unreadable: rpm would install it without reading it. It becomes a note.
 */
import { CONTENT_HEAD, contentOf, type Compression, type Content } from '../../archive/magic.js'
import { CheckError, LimitError } from '../../errors/check-error.js'
import { readAr } from './ar.js'
import { verbose } from '../debug.js'
import { isArchive, type ArchiveKind, type NestedKind } from './content-handling.js'
import { decompress } from '../decompress/decompress.js'
import { readInnerRpm } from './inner-rpm.js'
import { PeekableStream } from '../peekable-stream.js'
import { readTar } from './tar.js'
import type { ArchiveLocation, FactsCollector, PackageScan } from './package-scan.js'
import { readZip } from './zip.js'

/** Reads `source` to its end, or as far as needed. Rejects for bugs, for errors of `source` and over a budget of the whole package, not for malformed archives. */
export async function openNested(
  content: NestedKind,
  source: AsyncIterable<Uint8Array>,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  const stream = new PeekableStream(source)
  try {
    if (location.depth + location.nesting > scan.limits.nestingDepth)
      throw new LimitError(`${location.path}: archives nested more than ${scan.limits.nestingDepth} deep`, 'nested archive')
    if (location.depth > 1) scan.costs.beginPart('nested archives') // those directly in the package are as many as its header lists
    if (isArchive(content)) await READERS[content](stream, location, scan, collector)
    else await readCompressed(content, stream, location, scan, collector)
  } catch (error) {
    if (!(error instanceof CheckError) || error === scan.costs.exhaustion) throw error
    verbose('%s: not read to its end, %s', location.path, error.message)
    collector.notes.push(unreadNote(error, content, location))
  } finally {
    await stream.close()
  }
}

type ReadArchive = (stream: PeekableStream, location: ArchiveLocation, scan: PackageScan, collector: FactsCollector) => Promise<void>

const READERS: Readonly<Record<ArchiveKind, ReadArchive>> = {
  rpm: readInnerRpm,
  tar: (stream, ...around) => readTar(stream.from(0), ...around),
  zip: (stream, ...around) => readZip(stream.from(0), ...around),
  ar: (stream, ...around) => readAr(stream.from(0), ...around),
  'thin-ar': (stream, ...around) => readAr(stream.from(0), ...around),
}

/** A compressed archive is one component of its members' paths: `/x.tar.gz!dir/libx.so`. A compressed single file is not opened. */
async function readCompressed(
  compression: Compression,
  stream: PeekableStream,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  const unpacked = new PeekableStream(
    counted(
      decompress(compression, stream.from(0), scan.limits, { structure: 'nested archive', allStreams: true, costs: scan.costs }).chunks,
      scan,
    ),
  )
  try {
    const content = contentOf(await unpacked.prefix(CONTENT_HEAD))
    if (isArchive(content)) await READERS[content](unpacked, location, scan, collector)
  } finally {
    await unpacked.close()
  }
}

async function* counted(chunks: AsyncIterable<Uint8Array>, scan: PackageScan): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    scan.costs.spendNested(chunk.length)
    yield chunk
  }
}

/** A warning for an inner package, an archive directly in the package, and a limit, but not for the broken test data inside a source tarball. */
function unreadNote(error: CheckError, content: Content, { path, depth }: ArchiveLocation): FactsCollector['notes'][number] {
  return {
    id: 'unread-archive',
    message: `cannot read ${path} (${error.message}); its contents were not checked`,
    path,
    structure: error.structure,
    offset: error.offset,
    isOdd: content === 'rpm' || depth === 1 || error instanceof LimitError,
  }
}
