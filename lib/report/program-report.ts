/** The result of `bindings` for one program. */
import type { Reason } from '../errors/check-error.js'
import type { Binding } from '../link/bindings.js'
import type { LinkMap } from '../link/link-map.js'

export interface ProgramReport {
  /** Byte string: the path that the loader would use. */
  readonly program: string
  /** Why it, or one of its libraries, could not be read; `null` if all were. */
  readonly reason: Reason | null
  /** Why it would not start; unreadable files come first. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  readonly scope: readonly LinkMap[]
  readonly bindings: readonly Binding[]
  /** Assumptions of the simulation. */
  readonly assumptions: readonly string[]
}
