/** What loading a program came to; the same for every libc. */
import { CheckError } from '../errors/check-error.js'
import { LoadFailure, type LinkMap } from './link-map.js'

export interface Loaded {
  readonly program: LinkMap
  /** In the order of lookup. */
  readonly scope: readonly LinkMap[]
  /** Everything in the process, in the order in which names are compared: the loader too, where nobody needs it. */
  readonly maps: readonly LinkMap[]
  /** Why the program would not start. What follows is as if what is missing were empty. */
  readonly failures: readonly string[]
  /** What the loader tells, and starts the program all the same. */
  readonly warnings: readonly string[]
  /** Libraries that we could not look into. */
  readonly unread: readonly CheckError[]
}

/** Gathers messages in the order in which they come up. Whatever is no `LoadFailure` is thrown on. */
export class LoadMessages {
  readonly texts: string[] = []
  readonly unread: CheckError[] = []

  add(error: unknown, suffix: string): void {
    if (!(error instanceof LoadFailure)) throw error
    this.texts.push(error.message + suffix)
    if (error.cause instanceof CheckError) this.unread.push(error.cause)
  }
}
