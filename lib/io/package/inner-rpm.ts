/** An RPM inside a package: facts of its own, under its path. */
import type { PeekableStream } from '../peekable-stream.js'
import { readRpm } from './read-rpm.js'
import type { ArchivePlace, Collector, Walk } from './package-walk.js'

export async function readInnerRpm(stream: PeekableStream, place: ArchivePlace, walk: Walk, collector: Collector): Promise<void> {
  collector.inner.push({ path: place.path, facts: await readRpm(stream, walk, { depth: place.depth + place.nesting, again: null }) })
}
