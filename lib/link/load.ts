/** What loading a program came to; the same for every libc. */
import type { LinkMap } from './link-map.js'

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
}
