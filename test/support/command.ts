/** Runs the command line in this process: `main` with streams that are collected instead of printed. */
import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { main } from '../../lib/cli/main.js'
import type { OutputStream, Surroundings } from '../../lib/cli/surroundings.js'
import type { Ending, Run } from './program.js'

export interface Circumstances {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** A file, relative to `cwd`. */
  readonly stdin?: string
  /** Columns of the terminal; without it, the output is not a terminal. */
  readonly terminal?: number
  readonly now?: Date
}

/** Runs one command line. */
export async function command(argv: readonly string[], circumstances: Circumstances): Promise<Ending> {
  const [stdout, stderr] = [new KeptStream(circumstances.terminal), new KeptStream(circumstances.terminal)]
  const status = await main(argv, surroundingsOf(circumstances, stdout, stderr))
  return { status, out: stdout.text, err: stderr.text }
}

/** Runs command lines in a folder. */
export function commandIn(cwd: string): Run {
  return (...argv) => command(argv, { cwd })
}

export function surroundingsOf(
  { cwd, env = {}, stdin, now = new Date() }: Circumstances,
  stdout: OutputStream,
  stderr: OutputStream,
): Surroundings {
  const input = stdin === undefined ? Readable.from([]) : createReadStream(resolve(cwd, stdin))
  return { stdin: input, stdout, stderr, cwd, env, now: () => now, atExit: () => () => undefined }
}

/** What was written, as text. */
export class KeptStream extends Writable {
  readonly isTTY: boolean
  readonly columns: number
  readonly #chunks: Buffer[] = []

  constructor(terminal?: number) {
    super()
    this.isTTY = terminal !== undefined
    this.columns = terminal ?? 80
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(Buffer.from(chunk))
    done()
  }
}
