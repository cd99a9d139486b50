/**
 * A waiver: accepts a finding, for a reason, for certain symbols and optionally until a date.
 */
export interface Waiver {
  readonly rule: string
  /** Pattern of the package's name; `null` for any package or a standalone file. */
  readonly package: string | null
  /** Pattern of the path inside the package, `!` separates archives from their members; `null` for any file and the package itself. */
  readonly file: string | null
  /** Exact symbols, or `any` for all of them; `null` if not given, which covers only findings without symbols. */
  readonly symbols: readonly string[] | 'any' | null
  readonly reason: string
  readonly owner: string | null
  /** The last day on which it is valid, in UTC, as YYYY-MM-DD; `null` for no expiry. */
  readonly expires: string | null
  readonly at: SourceLocation
}

/** A position in one of the user's own files; `line` is `null` if unknown. */
export interface SourceLocation {
  readonly file: string
  readonly line: number | null
}

/** The table `waiving` of the settings. */
export interface WaivingSettings {
  /** Rules whose findings no waiver, baseline or filter suppresses. */
  readonly blocked: readonly string[]
  /** Are unused waivers, baseline entries and filters errors? */
  readonly isStrict: boolean
}
