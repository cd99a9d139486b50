/** Members of a tar archive, by tar-stream. */
import type { Extract } from 'tar-stream'
import { LimitError } from '../../errors/check-error.js'
import { asMalformed } from './archive-error.js'
import { memberOf } from './member.js'
import type { ArchiveLocation, FactsCollector, PackageScan } from './package-scan.js'

type Entry = Extract extends AsyncIterable<infer Each> ? Each : never

/** `isTar` has verified the checksum, so archives without the ustar magic, from before 1988, are accepted; tar-stream's types lack the option. */
const OPTIONS = { highWaterMark: 64 * 1024, allowUnknownFormat: true }

/** Throws `MalformedError` for archives that tar-stream refuses; errors of the source are passed on unchanged. */
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
    // With an error, because otherwise a reader that is busy with a member would wait for the next one forever.
    archive.destroy(error as Error)
  })
  try {
    let members = 0
    for await (const entry of archive) {
      if (++members > scan.limits.members) throw new LimitError(`tar: more than ${scan.limits.members} members`, 'tar')
      // tar-stream never ends a directory's stream if its header states a size.
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
  const member = memberOf(location, withoutDots(name), size, scan, collector)
  try {
    for await (const chunk of entry) await member.write(chunk as Uint8Array)
    await member.end()
  } catch (error) {
    await member.abandon(asMalformed('tar', error))
    throw error
  }
}

/** `a` of `././a`. */
function withoutDots(name: string): string {
  let start = 0
  while (name.startsWith('./', start)) start += 2
  return name.slice(start)
}

/** tar-stream keeps its input, and our chunks are views of reused memory, so it gets copies. */
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
