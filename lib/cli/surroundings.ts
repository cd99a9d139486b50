/** Everything outside of the program that `main` uses, except files: passed by the caller. */

export interface Surroundings {
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /** Base of relative paths; absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** Calls `step` if the program is ended early; the result unregisters it. */
  readonly atExit: (step: () => void) => () => void
}

/** A stream that may be a terminal. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean
  /** Of the terminal. */
  readonly columns?: number
  readonly destroyed?: boolean
}

/** Columns of the terminal behind a stream; some terminals say 0, which means that they do not know. */
export function columnsOf({ columns = 0 }: OutputStream, fallback: number): number {
  return columns > 0 ? columns : fallback
}
