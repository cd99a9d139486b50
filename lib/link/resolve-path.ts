/**
 * Follows a path through directories and symbolic links, inside a root: an absolute link begins at the root again, and `..` never leads out of it.
 *
 * Source: path_resolution(7); the limit is Linux' MAXSYMLINKS.
 */
import { PATH_MAX } from '../bytes/posix.js'
import type { OpenError } from './linked-file.js'

export type TreeEntry = { readonly kind: 'directory' } | { readonly kind: 'file' } | { readonly kind: 'link'; readonly target: string }

/** Called with resolved paths: absolute, without links, `.`, `..` and double slashes; `/` is the root. */
export type EntryAt = (path: string) => TreeEntry | null

const MAX_LINKS = 40

export type Resolution = { readonly path: string; readonly error: null } | { readonly path: null; readonly error: OpenError }

/** The path without links, or `null` for a dangling one. `path` is absolute. */
export function resolvePath(path: string, entryAt: EntryAt): string | null {
  return resolutionOf(path, entryAt).path
}

/** The same with the reason. */
export function resolutionOf(path: string, entryAt: EntryAt): Resolution {
  if (path.length >= PATH_MAX) return failed('ENAMETOOLONG')
  const ahead = partsOf(path).reverse()
  let reached = ''
  for (let links = 0; ahead.length > 0;) {
    const part = ahead.pop()!
    if (part === '..') reached = reached.slice(0, Math.max(0, reached.lastIndexOf('/')))
    if (part === '..' || part === '.') continue
    const next = `${reached}/${part}`
    const entry = entryAt(next)
    if (entry === null) return failed('ENOENT')
    if (entry.kind === 'file' && ahead.length > 0) return failed('ENOTDIR')
    if (entry.kind !== 'link') {
      reached = next
      continue
    }
    if (++links > MAX_LINKS) return failed('ELOOP')
    if (entry.target === '') return failed('ENOENT')
    if (entry.target.length >= PATH_MAX) return failed('ENAMETOOLONG')
    if (entry.target.startsWith('/')) reached = ''
    for (const further of partsOf(entry.target).reverse()) ahead.push(further)
  }
  return { path: reached === '' ? '/' : reached, error: null }
}

function failed(error: OpenError): Resolution {
  return { path: null, error }
}

function partsOf(path: string): string[] {
  return path.split('/').filter(part => part !== '')
}
