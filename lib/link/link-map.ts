/** An object in a process: what the loader calls a link map. */
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

export function linkMap(
  path: string,
  file: LoaderFile,
  { loader = null, isProgram = false, name = path, origin = directoryOf(path) }: LinkMapOptions = {},
): LinkMap {
  const linked = file.linked()
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

/** What went wrong while a program was loaded, in the loader's words. */
export class LoadFailure extends Error {}
