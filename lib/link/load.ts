/** The result of loading a program, the same for every libc. */
import { CheckError } from '../errors/check-error.js'
import { LoadFailure, type LinkMap } from './link-map.js'

export interface Loaded {
  readonly program: LinkMap
  /** In the order of lookup. */
  readonly scope: readonly LinkMap[]
  /** Why the program would not start. The rest of the result treats missing libraries as empty. */
  readonly failures: readonly string[]
  /** Warnings with which the loader still starts the program. */
  readonly warnings: readonly string[]
  /** Libraries that this program could not read. */
  readonly unread: readonly CheckError[]
}

/** Collects messages in order of occurrence. Errors other than `LoadFailure` are rethrown. */
export class LoadMessages {
  readonly texts: string[] = []
  readonly unread: CheckError[] = []

  add(error: unknown, suffix: string): void {
    if (!(error instanceof LoadFailure)) throw error
    this.texts.push(error.message + suffix)
    if (error.cause instanceof CheckError) this.unread.push(error.cause)
  }
}
