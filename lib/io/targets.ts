/**
 * The inputs of a run and how they are found: files, directories (searched for packages), patterns, bytes and streams.
 */
import { constants } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { contentOf } from '../archive/magic.js'
import { isWildcard } from '../bytes/wildcard.js'
import { UnreadableError, type CheckError } from '../errors/check-error.js'
import type { Identity } from '../facts/model.js'
import { isMissing, reasonOf } from './os-error.js'

/** `path` names it in reports: as given; for a file found in a directory, joined with that directory. */
export type Target =
  /** An RPM package or an ELF file. `file` is the path to open. */
  | { readonly kind: 'file'; readonly path: string; readonly file: string }
  /** The bytes of such a file. */
  | { readonly kind: 'bytes'; readonly path: string; readonly bytes: Uint8Array }
  /** The same as a stream, which can be read once. */
  | { readonly kind: 'stream'; readonly path: string; readonly stream: AsyncIterable<Uint8Array> }
  /** The directory that %install filled, and the identity of its future package, as far as known. */
  | { readonly kind: 'build-root'; readonly path: string; readonly directory: string; readonly identity: Identity | null }
  /** Nothing to read, with the reason. */
  | { readonly kind: 'missing'; readonly path: string; readonly error: CheckError }

/** The directory for relative paths, and what `-` stands for. */
export interface TargetContext {
  /** Absolute. */
  readonly directory: string
  /** `null` treats `-` as a file. */
  readonly stdin: AsyncIterable<Uint8Array> | null
}

/** In the given order, with the contents of directories and patterns sorted; each path once. */
export async function targetsOf(paths: readonly string[], context: TargetContext): Promise<Target[]> {
  const targets = new Map<string, Target>()
  for (const path of paths) {
    for (const target of await expand(path, context)) if (!targets.has(target.path)) targets.set(target.path, target)
  }
  return [...targets.values()]
}

async function expand(path: string, { directory, stdin }: TargetContext): Promise<Target[]> {
  if (path === '-' && stdin !== null) return [{ kind: 'stream', path, stream: stdin }]
  try {
    if (path === '') return [missing(path, "cannot read '': no such file or directory")]
    return (await stat(resolve(directory, path))).isDirectory() ? await packagesIn(path, directory) : [found(path, directory)]
  } catch (error) {
    if (isMissing(error) && (isWildcard(path) || path.includes('{'))) return matchesOf(path, directory)
    return [missing(path, `cannot read ${path}: ${reasonOf(error)}`)]
  }
}

async function packagesIn(path: string, directory: string): Promise<Target[]> {
  const targets = await search(path, directory)
  return targets.length === 0 ? [missing(path, `${path}: no RPM packages in this directory`)] : targets
}

/**
 * Sorted. An unreadable directory is reported and does not affect the others; links to directories are not followed. One after the other, for a tree
 * can have more files than a process may open.
 */
async function search(path: string, directory: string): Promise<Target[]> {
  const targets: Target[] = []
  try {
    const entries = await readdir(resolve(directory, path), { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = join(path, entry.name)
      if (entry.isDirectory()) for (const target of await search(inner, directory)) targets.push(target)
      else if (PACKAGE_NAME.test(entry.name)) targets.push(await packageAt(inner, directory))
      else if (entry.isFile() && !DELTA_NAME.test(entry.name) && (await isPackage(resolve(directory, inner))))
        targets.push(found(inner, directory))
    }
  } catch (error) {
    targets.push(missing(path, `cannot read ${path}: ${reasonOf(error)}`))
  }
  return targets
}

/** In capitals too, as old media and file servers of other systems have them. */
const PACKAGE_NAME = /\.rpm$/i
/** Deltas begin like packages, but rpm does not install them. */
const DELTA_NAME = /\.drpm$/i

/** Nobody asked for a pipe or a device that lies in a directory: it is reported and never opened, since that could wait for ever. */
async function packageAt(path: string, directory: string): Promise<Target> {
  try {
    const stats = await stat(resolve(directory, path))
    return stats.isFile() ? found(path, directory) : missing(path, `${path}: not a regular file`)
  } catch (error) {
    return missing(path, `cannot read ${path}: ${reasonOf(error)}`)
  }
}

/** Does the file begin as an RPM package does? `false` for one that cannot be read: its name does not promise a package. */
async function isPackage(place: string): Promise<boolean> {
  try {
    const bytes = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const { buffer, bytesRead } = await bytes.read(Buffer.alloc(4), 0, 4, 0)
      return contentOf(buffer.subarray(0, bytesRead)) === 'rpm'
    } finally {
      await bytes.close()
    }
  } catch {
    return false
  }
}

/** For patterns that the shell did not expand. */
async function matchesOf(pattern: string, directory: string): Promise<Target[]> {
  const { glob } = await import('tinyglobby')
  const options = { onlyFiles: true, expandDirectories: false, dot: true, absolute: isAbsolute(pattern), cwd: directory }
  const paths = (await glob(pattern, options)).sort()
  return paths.length === 0 ? [missing(pattern, `${pattern}: no file matches this pattern`)] : paths.map(path => found(path, directory))
}

function found(path: string, directory: string): Target {
  return { kind: 'file', path, file: resolve(directory, path) }
}

function missing(path: string, message: string): Target {
  return { kind: 'missing', path, error: new UnreadableError(message) }
}
