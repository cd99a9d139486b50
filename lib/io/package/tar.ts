/** Members of a tar archive, by tar-stream. */
import type { Extract } from 'tar-stream'
import { LimitError } from '../../errors/check-error.js'
import { asMalformed } from './archive-error.js'
import { memberOf } from './member.js'
import type { ArchiveLocation, FactsCollector, PackageScan } from './package-scan.js'

type Entry = Extract extends AsyncIterable<infer Each> ? Each : never

/** isTar has seen the checksum, so an archive without the ustar magic, as before 1988, is let in; tar-stream's types do not know the option. */
const OPTIONS = { highWaterMark: 64 * 1024, allowUnknownFormat: true }

/** Throws `MalformedError` for what tar-stream refuses; what the source throws comes through as it is. */
export async function readTar(
  source: AsyncIterable<Uint8Array>,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  const { default: tar } = await import('tar-stream')
  const archive = tar.extract(OPTIONS)
  let failure: unknown = null
  const feeding = feed(source, archive).catch((error: unknown) => {
    failure = error
    // With an error: without, a reader that is busy with a member would wait for the next one for ever.
    archive.destroy(error as Error)
  })
  try {
    let members = 0
    for await (const entry of archive) {
      if (++members > scan.limits.members) throw new LimitError(`tar: more than ${scan.limits.members} members`, 'tar')
      // tar-stream ends no directory's stream where the header gives it a size.
      if (entry.header.type !== 'directory') await readEntry(entry, location, scan, collector)
    }
    await feeding
  } catch (error) {
    throw failure ?? asMalformed('tar', error)
  }
  if (failure !== null) throw failure
}

async function readEntry(entry: Entry, location: ArchiveLocation, scan: PackageScan, collector: FactsCollector): Promise<void> {
  const { name, size } = entry.header
  const member = memberOf(location, name.replace(/^(\.\/)+/, ''), size, scan, collector)
  try {
    for await (const chunk of entry) await member.write(chunk as Uint8Array)
    await member.end()
  } catch (error) {
    await member.abandon(asMalformed('tar', error))
    throw error
  }
}

/** tar-stream keeps what it is given, and our chunks are views of memory that is used again: it gets copies. */
async function feed(source: AsyncIterable<Uint8Array>, archive: Extract): Promise<void> {
  for await (const chunk of source) {
    if (archive.destroyed) return
    if (!archive.write(Buffer.from(chunk)) && !archive.destroyed) await drained(archive)
  }
  archive.end(null)
}

function drained(archive: Extract): Promise<void> {
  return new Promise(resolve => {
    const goOn = (): void => {
      archive.off('drain', goOn).off('close', goOn)
      resolve()
    }
    archive.on('drain', goOn).on('close', goOn)
  })
}
