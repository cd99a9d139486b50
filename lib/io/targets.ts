/**
 * From what was written on the command line to the files it means: files, directories (searched for *.rpm), globs, `-`.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UnreadableError, type CheckError } from '../errors/check-error.js'
import { reasonOf } from './byte-sources.js'

export interface Target {
  /** As given; for a file found in a directory: that directory joined with the rest. */
  readonly path: string
  readonly isStdin: boolean
  /** Why there is nothing to read. */
  readonly error: CheckError | null
}

/** In the order given, what a directory or glob holds sorted; the same file is listed once. */
export async function targetsOf(paths: readonly string[]): Promise<Target[]> {
  const targets = new Map<string, Target>()
  for (const path of paths) {
    for (const target of await expand(path)) if (!targets.has(target.path)) targets.set(target.path, target)
  }
  return [...targets.values()]
}

async function expand(path: string): Promise<Target[]> {
  if (path === '-') return [{ path, isStdin: true, error: null }]
  try {
    return (await stat(path)).isDirectory() ? await packagesIn(path) : [found(path)]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && /[*?[{]/.test(path)) return matchesOf(path)
    return [missing(path, `cannot read ${path}: ${reasonOf(error)}`)]
  }
}

async function packagesIn(directory: string): Promise<Target[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.name.endsWith('.rpm') && !entry.isDirectory())
  const paths = files.map(entry => join(entry.parentPath, entry.name)).sort()
  return paths.length === 0 ? [missing(directory, `${directory}: no .rpm file in this directory`)] : paths.map(found)
}

/** For shells that leave a pattern alone. A directory that matches is searched. */
async function matchesOf(pattern: string): Promise<Target[]> {
  const { glob } = await import('tinyglobby')
  const paths = (await glob(pattern, { onlyFiles: true, expandDirectories: false, dot: true })).sort()
  return paths.length === 0 ? [missing(pattern, `${pattern}: nothing matches this pattern`)] : paths.map(found)
}

function found(path: string): Target {
  return { path, isStdin: false, error: null }
}

function missing(path: string, message: string): Target {
  return { path, isStdin: false, error: new UnreadableError(message) }
}
