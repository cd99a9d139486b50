/** Paths at which CI systems show findings: they know the files of a checkout, and packages only by their paths in it. */
import { trimmedEnd } from '../bytes/trim-end.js'

export interface PathContext {
  /** Replaces the package's own path, for example with its spec file. */
  readonly reportPath: string | null
  /** Absolute; paths below it are shown relative to it. `null` leaves them as they are. */
  readonly workingDirectory: string | null
}

/** The path to show instead of `path`. */
export function reportedPath(path: string, { reportPath, workingDirectory }: PathContext): string {
  return relativePath(reportPath ?? path, workingDirectory)
}

/** Without a leading `./`, and relative if below the working directory. */
export function relativePath(path: string, workingDirectory: string | null): string {
  const base = workingDirectory === null ? null : `${trimmedEnd(workingDirectory, '/')}/`
  const inside = base !== null && path.startsWith(base) ? path.slice(base.length) : path
  let start = 0
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] === '/') start = at + 1
    else if (inside[at] !== '.' || inside[at + 1] !== '/') break
  }
  if (start === 0 || start === inside.length) return inside
  return `${inside.startsWith('/') ? '/' : ''}${inside.slice(start)}`
}
