/** The programs in a directory, as `bindings` is asked for them. */
import { isElf } from '../elf/header.js'
import { CheckError } from '../errors/check-error.js'
import type { LayeredFiles } from '../link/layered-files.js'

/** Sorted; links are not followed, so that each is found once. An ELF file that cannot be understood is among them: it is told why. */
export function* programsIn(directory: string, files: LayeredFiles): Generator<string> {
  const prefix = directory.endsWith('/') ? directory : `${directory}/`
  for (const name of files.list(directory)) {
    const path = prefix + name
    const kind = files.entryAt(path)?.kind
    if (kind === 'directory') yield* programsIn(path, files)
    else if (kind === 'file' && isProgram(path, files)) yield path
  }
}

function isProgram(path: string, files: LayeredFiles): boolean {
  const file = files.open(path)
  if (file === null || file.fault !== null || !isElf(file.head)) return false
  try {
    return file.linked().object.isProgram
  } catch (error) {
    if (error instanceof CheckError) return true
    throw error
  }
}
