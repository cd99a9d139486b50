/** An object in a process, which the loader calls a link map. */
import { CheckError } from '../errors/check-error.js'
import type { LinkDynamic, LinkObject } from './link-object.js'
import type { LinkedObject, LoaderFile } from './linked-file.js'

export interface LinkMap {
  /** As the loader found it, symbolic links and all; what LD_DEBUG prints. */
  readonly path: string
  readonly file: LoaderFile
  readonly linked: LinkedObject
  readonly object: LinkObject
  readonly dynamic: LinkDynamic | null
  /** The object that first requested it; `null` for the program and the loader itself. */
  readonly loader: LinkMap | null
  readonly isProgram: boolean
  /** Directory that $ORIGIN stands for. */
  readonly origin: string
  /** Names by which it has been requested; grows. */
  readonly names: Set<string>
  /** The objects loaded for its own entries, in their order; grows. */
  readonly dependencies: LinkMap[]
}

/** Throws `LoadFailure` for a file that cannot be decoded. */
export function linkMap(
  path: string,
  file: LoaderFile,
  { loader = null, isProgram = false, name = path, origin = directoryOf(path) }: LinkMapOptions = {},
): LinkMap {
  const linked = linkedOf(path, file)
  const { object } = linked
  return { path, file, linked, object, dynamic: object.dynamic, loader, isProgram, origin, names: new Set([path, name]), dependencies: [] }
}

export interface LinkMapOptions {
  readonly loader?: LinkMap | null
  readonly isProgram?: boolean
  /** The name by which it was requested. */
  readonly name?: string
  readonly origin?: string
}

/** The directory of an absolute path, without resolving anything. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash <= 0 ? '/' : path.slice(0, slash)
}

/** An error of loading a program, in the loader's words. With a `CheckError` as its cause, not the loader but this program failed to read a file. */
export class LoadFailure extends Error {}

function linkedOf(path: string, file: LoaderFile): LinkedObject {
  try {
    return file.linked()
  } catch (error) {
    if (!(error instanceof CheckError)) throw error
    throw new LoadFailure(`${path}: ${error.message}`, { cause: error })
  }
}
