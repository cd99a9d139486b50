/**
 * The five ways in which a check can fail. None of them means that a package is bad, only that it could not be checked,
 * which is not the same as clean.
 */

/** Why something could not be checked; the `reason` of the JSON report. `internal` is a bug of ours and has no class. */
export type Reason = 'usage' | 'unreadable' | 'malformed' | 'limit' | 'unsupported'

/** Common form of the five: a reason, and the structure and offset (bytes from the start of the file or stream at fault) where there are any. */
export abstract class CheckError extends Error {
  abstract readonly reason: Reason
  readonly structure: string | null
  readonly offset: number | null

  constructor(message: string, structure: string | null = null, offset: number | null = null, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.structure = structure
    this.offset = offset
  }
}

/** The caller asked for something that does not exist or makes no sense: option, rule id, settings. */
export class UsageError extends CheckError {
  readonly reason = 'usage'
}

/** The operating system could not provide the bytes. */
export class UnreadableError extends CheckError {
  readonly reason = 'unreadable'
}

/** The bytes break the format's rules. `structure` and `offset` say where. */
export class MalformedError extends CheckError {
  readonly reason = 'malformed'
}

/** The bytes may be valid, but checking them would exceed `Limits`. */
export class LimitError extends CheckError {
  readonly reason = 'limit'
}

/** A known form that is not supported: delta RPMs, packages without a signature header, an unknown compressor. */
export class UnsupportedError extends CheckError {
  readonly reason = 'unsupported'
}
