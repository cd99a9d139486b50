/**
 * Bytes from files and from standard input.
 */
import { open, stat } from 'node:fs/promises'
import { UnreadableError } from '../errors/check-error.js'

/** Bytes read at once: large enough that the waiting between them does not show. */
const CHUNK = 256 * 1024

/** A file's bytes, from its beginning; `path` names it in messages. The file is closed when the walk ends. Throws `UnreadableError`. */
export async function* fileBytes(place: string, path = place): AsyncGenerator<Uint8Array> {
  const file = await explained(path, () => open(place, 'r'))
  try {
    for (;;) {
      // A new buffer each time: decompressors keep hold of what they were given.
      const { bytesRead, buffer } = await explained(path, () => file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK))
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** Can it be read as often as one likes? A pipe, as <(…) gives, cannot. Throws `UnreadableError`. */
export async function isRegularFile(place: string, path: string): Promise<boolean> {
  return (await explained(path, () => stat(place))).isFile()
}

/** A whole file of at most `limit` bytes in one buffer, or `null` for a larger one. Throws `UnreadableError`. */
export async function wholeFile(place: string, path: string, limit: number): Promise<Buffer | null> {
  const file = await explained(path, () => open(place, 'r'))
  try {
    const { size } = await file.stat()
    return size > limit ? null : await explained(path, () => file.readFile())
  } finally {
    await file.close()
  }
}

/** A stream's bytes; `path` names it in messages, `-` for standard input. Throws `UnreadableError`. */
export async function* streamBytes(stream: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    throw new UnreadableError(`cannot read ${path === '-' ? 'standard input' : path}: ${reasonOf(error)}`, null, null, { cause: error })
  }
}

async function explained<Value>(path: string, step: () => Promise<Value>): Promise<Value> {
  try {
    return await step()
  } catch (error) {
    throw new UnreadableError(`cannot read ${path}: ${reasonOf(error)}`, null, null, { cause: error })
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  EMFILE: 'too many open files',
  EIO: 'input/output error',
  ENOSPC: 'no space left on the device',
}

/** The operating system's reason in words, without its call and number. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  return (code === undefined ? undefined : REASONS[code]) ?? (error instanceof Error ? error.message : String(error))
}
