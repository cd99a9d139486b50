/**
 * From what was written on the command line to the files it means: files, directories (searched for *.rpm), globs, `-`.
 */
import { readdir, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { UnreadableError, type CheckError } from '../errors/check-error.js'
import type { Identity } from '../facts/model.js'
import { isMissing, reasonOf } from './os-error.js'

export interface Target {
  /** As given; for a file found in a directory: that directory joined with the rest. */
  readonly path: string
  readonly isStdin: boolean
  /** Why there is nothing to read. */
  readonly error: CheckError | null
  /** `path` is a build root, and the package that it will be, as far as that was said. */
  readonly buildRoot?: { readonly identity: Identity | null }
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
    if (isMissing(error) && /[*?[{]/.test(path)) return matchesOf(path)
    return [missing(path, `cannot read ${path === '' ? "''" : path}: ${reasonOf(error)}`)]
  }
}

async function packagesIn(directory: string): Promise<Target[]> {
  const targets = await walk(directory)
  return targets.length === 0 ? [missing(directory, `${directory}: no .rpm file in this directory`)] : targets
}

/** Sorted. A directory that cannot be read is told and costs the others nothing; links to directories are not followed. */
async function walk(directory: string): Promise<Target[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true })
    const paths = entries.sort((a, b) => (a.name < b.name ? -1 : 1)).map(entry => ({ entry, path: join(directory, entry.name) }))
    const nested = paths.map(async ({ entry, path }) => {
      if (entry.isDirectory()) return walk(path)
      return entry.name.endsWith('.rpm') ? [found(path)] : []
    })
    return (await Promise.all(nested)).flat()
  } catch (error) {
    return [missing(directory, `cannot read ${directory}: ${reasonOf(error)}`)]
  }
}

/** For shells that leave a pattern alone. A directory that matches is searched. */
async function matchesOf(pattern: string): Promise<Target[]> {
  const { glob } = await import('tinyglobby')
  const paths = (await glob(pattern, { onlyFiles: true, expandDirectories: false, dot: true, absolute: isAbsolute(pattern) })).sort()
  return paths.length === 0 ? [missing(pattern, `${pattern}: nothing matches this pattern`)] : paths.map(found)
}

function found(path: string): Target {
  return { path, isStdin: false, error: null }
}

function missing(path: string, message: string): Target {
  return { path, isStdin: false, error: new UnreadableError(message) }
}
