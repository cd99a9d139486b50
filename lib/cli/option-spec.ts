/** An option of a command: what parsers, help, completion and the manual page know of it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  readonly description: string
  readonly alias?: string
  readonly multiple?: boolean
  /** An empty value is a mistake: of a variable that is not set, most likely. */
  readonly isNeverEmpty?: boolean
  /** A second one is a mistake. Of other options the last one counts, so that a script can add to a line. */
  readonly isOnce?: boolean
  readonly choices?: readonly string[]
  /** What its value names, for completion; files where nothing is said. */
  readonly names?: 'format' | 'directory'
  readonly default?: boolean
}
