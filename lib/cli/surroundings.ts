/** All that a command line touches of the world: whoever calls `main` gives it, and nothing else is touched but files. */

export interface Surroundings {
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /** From which relative paths are seen; absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** Has `step` called if the program is ended in the middle; the result takes that back. */
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
