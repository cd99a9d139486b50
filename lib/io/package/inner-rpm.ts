/** An RPM inside a package: it has its own facts, under its path. */
import type { PeekableStream } from '../peekable-stream.js'
import { readRpm } from './read-rpm.js'
import type { ArchiveLocation, FactsCollector, PackageScan } from './package-scan.js'

export async function readInnerRpm(
  stream: PeekableStream,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  collector.inner.push({
    path: location.path,
    facts: await readRpm(stream, scan, location.depth + location.nesting),
  })
}
