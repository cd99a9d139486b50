/** The programs in a directory, for `bindings`. */
import type { DirectoryEntry, LayeredFiles } from '../../link/layered-files.js'

/**
 * Sorted; links are not followed, so that each is found once. Only executable files are programs, unless no file is executable: then they were unpacked
 * without their modes. Malformed ELF files are included, so that they are reported.
 */
export function* programsIn(directory: string, files: LayeredFiles): Generator<string> {
  let isAny = false
  for (const path of programsAmong(directory, files, ({ isExecutable }) => isExecutable)) {
    isAny = true
    yield path
  }
  if (!isAny) yield* programsAmong(directory, files, ({ kind }) => kind === 'file')
}

function* programsAmong(directory: string, files: LayeredFiles, isCandidate: (entry: DirectoryEntry) => boolean): Generator<string> {
  const prefix = directory.endsWith('/') ? directory : `${directory}/`
  for (const entry of files.entries(directory)) {
    const path = prefix + entry.name
    if (entry.kind === 'directory') yield* programsAmong(path, files, isCandidate)
    else if (isCandidate(entry) && files.openProgram(path) !== null) yield path
  }
}
