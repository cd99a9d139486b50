/**
 * From a file to facts: an RPM package, a loose ELF file, or a build root.
 */
import { contentOf } from '../../archive/magic.js'
import { isElf } from '../../elf/header.js'
import { LimitError, MalformedError } from '../../errors/check-error.js'
import { createHash } from 'node:crypto'
import { objectFactsOf } from '../../facts/object-facts.js'
import { looseFacts } from '../../facts/package-facts.js'
import type { PackageFacts } from '../../facts/model.js'
import { fileBytes, isRegularFile, stdinBytes, wholeFile } from '../byte-sources.js'
import { PeekableStream } from '../peekable-stream.js'
import { openNested } from './nested.js'
import { readBuildRoot } from './read-build-root.js'
import { readRpm } from './read-rpm.js'
import type { Target } from '../targets.js'
import { Walk, type WalkOptions } from './package-walk.js'

/** Throws `CheckError` where the target could not be read to its end and understood. */
export async function readFacts(target: Target, options: WalkOptions): Promise<PackageFacts> {
  if (target.error !== null) throw target.error
  if (target.buildRoot !== undefined) return readBuildRoot(target.path, target.buildRoot.identity, options)
  const stream = new PeekableStream(target.isStdin ? stdinBytes() : fileBytes(target.path))
  try {
    const head = await stream.prefix(4)
    if (head.length === 0) throw new MalformedError('empty file', 'file', 0)
    if (isElf(head) && !target.isStdin) return await readLooseObject(stream, target.path, options)
    if (contentOf(head) !== 'rpm') throw new MalformedError('lead: neither an RPM package nor an ELF file', 'lead', 0)
    const again = target.isStdin ? null : () => fileBytes(target.path)
    return await readRpm(stream, new Walk(options, openNested), { depth: 0, again })
  } finally {
    await stream.close()
  }
}

/** From the file at once where that can be; of a pipe the stream has the beginning. */
async function readLooseObject(
  stream: PeekableStream,
  path: string,
  { limits, catalogue, wantsSha256, wantsLinks }: WalkOptions,
): Promise<PackageFacts> {
  const bytes = (await isRegularFile(path)) ? await wholeFile(path, limits.elfBytes) : await stream.prefix(limits.elfBytes + 1)
  if (bytes === null || bytes.length > limits.elfBytes)
    throw new LimitError(`ELF file of more than ${limits.elfBytes} bytes`, 'ELF file', limits.elfBytes)
  const sha256 = wantsSha256 ? createHash('sha256').update(bytes).digest('hex') : null
  return looseFacts(objectFactsOf(bytes, { path, alsoAt: [], isNested: false, sha256 }, catalogue, wantsLinks))
}
