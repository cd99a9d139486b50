/**
 * Reads a build root: the files of packages that are not built yet, analysed by the same code as those of a payload.
 *
 * Files are read synchronously: most are skipped after their first bytes, and an await for each would cost more than the reading.
 */
import { closeSync, readSync } from 'node:fs'
import { CONTENT_HEAD } from '../../archive/magic.js'
import { textOf } from '../../bytes/names.js'
import { LimitError } from '../../errors/check-error.js'
import { buildRootFacts, installedPath } from '../../facts/package-facts.js'
import type { Identity, PackageFacts } from '../../facts/model.js'
import { listBuildRoot, openListed, type BuildRootFile } from './build-root-files.js'
import { attempt, unreadable } from '../os-error.js'
import { LoaderConfigFile, isLoaderConfigFile } from './loader-config-file.js'
import { Member } from './member.js'
import { openNested } from './nested.js'
import { FactsCollector, PackageScan, type ScanOptions } from './package-scan.js'

/** Bytes of one read of a file that is buffered or opened. */
const CHUNK = 256 * 1024

/** `path` names `root` in messages. Throws `CheckError` if a file cannot be read: the result would be incomplete. */
export async function readBuildRoot(root: string, path: string, identity: Identity | null, options: ScanOptions): Promise<PackageFacts> {
  const scan = new PackageScan(options, openNested)
  const collector = new FactsCollector()
  const { files, symlinks } = listBuildRoot(root, path, scan.limits.members)
  let unpacked = 0
  for (const file of files) {
    unpacked += await readFile(root, file, scan, collector)
    if (unpacked > scan.limits.unpackedBytes)
      throw new LimitError(`${path}: more than ${scan.limits.unpackedBytes} bytes of files`, 'build root')
  }
  return buildRootFacts(
    identity,
    symlinks,
    files.flatMap(({ paths }) => paths),
    collector,
  )
}

/** Returns the number of bytes read. */
async function readFile(root: string, { paths, size }: BuildRootFile, scan: PackageScan, collector: FactsCollector): Promise<number> {
  const [first = '', ...others] = paths
  const path = installedPath(first)
  const alsoAt = others.map(installedPath)
  const configured = [path, ...alsoAt].find(isLoaderConfigFile)
  // Without a size it is not taken for a list of directories a second time.
  const own = new Member({ path, alsoAt, size: configured === undefined ? size : null, digest: null, depth: 0 }, scan, collector)
  const member =
    configured === undefined ? own : new LoaderConfigFile(configured, content => void collector.configuration.push(content), own)
  const file = openListed(root, first)
  let length = 0
  try {
    for (let chunk = CONTENT_HEAD; !member.isSkipping && length <= scan.limits.unpackedBytes; chunk = CHUNK) {
      // A new buffer each time: decompressors keep references to their input.
      const bytes = Buffer.allocUnsafe(chunk)
      const read = attempt(() => readSync(file, bytes), unreadable(textOf(path)))
      if (read === 0) break
      length += read
      const waiting = member.write(bytes.subarray(0, read))
      if (waiting !== undefined) await waiting
    }
    await member.end()
  } catch (error) {
    await member.abandon(error)
    throw error
  } finally {
    closeSync(file)
  }
  return length
}
