/**
 * From a file to facts: an RPM package, a standalone ELF file, or a build root.
 */
import { contentOf } from '../../archive/magic.js'
import { isElf } from '../../elf/header.js'
import { MalformedError } from '../../errors/check-error.js'
import { objectFactsOf } from '../../facts/object-facts.js'
import { standaloneFacts } from '../../facts/package-facts.js'
import type { PackageFacts } from '../../facts/model.js'
import { fileBytes, isRegularFile, streamBytes, wholeFile } from '../byte-sources.js'
import { PeekableStream } from '../peekable-stream.js'
import { ElfContent } from './elf-content.js'
import { openNested } from './nested.js'
import { readBuildRoot } from './read-build-root.js'
import { readRpm } from './read-rpm.js'
import type { Target } from '../targets.js'
import { PackageScan, type ScanOptions } from './package-scan.js'

/** Throws `CheckError` if the target cannot be read completely. */
export async function readFacts(target: Target, options: ScanOptions): Promise<PackageFacts> {
  if (target.kind === 'missing') throw target.error
  if (target.kind === 'build-root') return readBuildRoot(target.directory, target.path, target.identity, options)
  const stream = new PeekableStream(untilAborted(bytesOf(target), options.signal))
  try {
    const head = await stream.prefix(4)
    if (head.length === 0) throw new MalformedError('empty file', 'file', 0)
    if (isElf(head)) return await readStandaloneObject(stream, target, options)
    if (contentOf(head) !== 'rpm') throw new MalformedError('neither an RPM package nor an ELF file', 'lead', 0)
    return await readRpm(stream, new PackageScan(options, openNested), 0)
  } finally {
    await stream.close()
  }
}

async function* untilAborted(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal | null = null): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    signal?.throwIfAborted()
    yield chunk
  }
}

type Readable = Extract<Target, { kind: 'file' | 'bytes' | 'stream' }>

function bytesOf(target: Readable): AsyncIterable<Uint8Array> {
  switch (target.kind) {
    case 'file':
      return fileBytes(target.file, target.path)
    case 'bytes':
      return only(target.bytes)
    case 'stream':
      return streamBytes(target.stream, target.path)
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** A regular file is read at once, if it is not too large; of everything else the needed part is buffered. */
async function readStandaloneObject(stream: PeekableStream, target: Readable, options: ScanOptions): Promise<PackageFacts> {
  const { limits, catalogue, wantsSha256, wantsLinks } = options
  const isRegular = target.kind === 'file' && (await isRegularFile(target.file, target.path))
  const whole = isRegular ? await wholeFile(target.file, target.path, limits.elfBytes) : null
  const scan = new PackageScan(options, openNested)
  const content = new ElfContent({
    path: target.path,
    limit: limits.elfBytes,
    expectedSize: whole?.length ?? 0,
    algorithms: wantsSha256 ? ['sha256'] : [],
    memory: whole === null ? (length, keep) => scan.scratch(length, keep) : length => whole.subarray(0, length),
  })
  if (whole !== null) content.write(whole)
  else for await (const chunk of stream.from(0)) content.write(chunk)
  const { bytes, ...of } = content.finish()
  const sha256 = wantsSha256 ? content.digest('sha256') : null
  return standaloneFacts(objectFactsOf(bytes, { path: target.path, alsoAt: [], isNested: false, sha256 }, catalogue, wantsLinks, of))
}
