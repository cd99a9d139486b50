/** Where pages of CI systems show a finding: they know the files of a checkout, and packages by their paths in it. */

export interface PathContext {
  /** In the place of the package's own path: the spec file that a package was built from, say. */
  readonly reportPath: string | null
  /** Absolute; paths below it are shown relative to it. `null` leaves them as they are. */
  readonly workingDirectory: string | null
}

/** The path to show in the place of `path`. */
export function reportedPath(path: string, { reportPath, workingDirectory }: PathContext): string {
  return relativePath(reportPath ?? path, workingDirectory)
}

/** Without `./` in front, and relative where it lies below the working directory. */
export function relativePath(path: string, workingDirectory: string | null): string {
  const base = workingDirectory === null ? null : `${workingDirectory.replace(/\/+$/, '')}/`
  const inside = base !== null && path.startsWith(base) ? path.slice(base.length) : path
  return inside.replace(/^(\.?\/+)+(?=[^/])/, prefix => (prefix.startsWith('/') ? '/' : ''))
}
