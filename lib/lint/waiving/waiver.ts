/**
 * A waiver: someone looked at a finding, and says why it may stand, for how long, and for which names.
 */
export interface Waiver {
  readonly rule: string
  /** Pattern of the package's name; `null` for any package, and for a loose file. */
  readonly package: string | null
  /** Pattern of the path inside the package, the parts inside archives joined by `!`; `null` for any file and for the package itself. */
  readonly file: string | null
  /** Exact names; `any` says that no name matters; `null` that it was not said, which holds for findings without names alone. */
  readonly symbols: readonly string[] | 'any' | null
  readonly reason: string
  readonly owner: string | null
  /** The last day on which it holds, in UTC, as YYYY-MM-DD; `null` for good. */
  readonly expires: string | null
  readonly at: Place
}

/** Where in the user's own files something stands; `line` is `null` where it could not be told. */
export interface Place {
  readonly file: string
  readonly line: number | null
}

/** How findings may be waived at all. */
export interface WaivingSettings {
  /** Rules that no waiver, baseline or filter may touch. */
  readonly blocked: readonly string[]
  /** Is what nothing needs an error? */
  readonly isStrict: boolean
}
