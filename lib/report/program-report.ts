/** What `bindings` tells of one program. */
import type { Reason } from '../errors/check-error.js'
import type { Binding } from '../link/bindings.js'
import type { LinkMap } from '../link/link-map.js'

export interface ProgramReport {
  /** Byte string, as the loader would name it. */
  readonly program: string
  /** Why it, or a library of its, could not be looked into; `null` where all could. */
  readonly reason: Reason | null
  /** Why it would not start; what could not be looked into stands first. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  readonly scope: readonly LinkMap[]
  readonly bindings: readonly Binding[]
  /** What was taken for granted. */
  readonly assumptions: readonly string[]
}
