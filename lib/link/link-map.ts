/** An object in a process: what the loader calls a link map. */
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
  /** Whose dependency it was first; `null` for the program and the loader itself. */
  readonly loader: LinkMap | null
  readonly isProgram: boolean
  /** Directory that $ORIGIN stands for. */
  readonly origin: string
  /** Names under which it has been asked for; grows. */
  readonly names: Set<string>
  /** What its own entries brought in, in their order; grows. */
  readonly dependencies: LinkMap[]
}

/** Throws `LoadFailure` for a file that cannot be understood. */
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
  /** The name that it was asked for by. */
  readonly name?: string
  readonly origin?: string
}

/** The directory of an absolute path, without resolving anything. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash <= 0 ? '/' : path.slice(0, slash)
}

/** What went wrong while a program was loaded, in the loader's words. A `CheckError` for its cause: it was not the loader but us who could not go on. */
export class LoadFailure extends Error {}

function linkedOf(path: string, file: LoaderFile): LinkedObject {
  try {
    return file.linked()
  } catch (error) {
    if (!(error instanceof CheckError)) throw error
    throw new LoadFailure(`${path}: ${error.message}`, { cause: error })
  }
}
