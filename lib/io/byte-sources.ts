/**
 * Bytes from files and from standard input.
 */
import { open, stat } from 'node:fs/promises'
import { CheckError, UnreadableError } from '../errors/check-error.js'
import { attemptAsync, reasonOf, unreadable } from './os-error.js'

/** Bytes of one read: large enough that the time between reads does not matter. */
const CHUNK = 256 * 1024

/** A file's bytes, from its beginning; `path` names it in messages. The file is closed when the iteration ends. Throws `UnreadableError`. */
export async function* fileBytes(place: string, path = place): AsyncGenerator<Uint8Array> {
  if ((await attemptAsync(() => stat(place), unreadable(path))).isFIFO()) return yield* pipeBytes(place, path)
  const file = await attemptAsync(() => open(place, 'r'), unreadable(path))
  try {
    for (;;) {
      // A new buffer each time: decompressors keep references to their input.
      const { bytesRead, buffer } = await attemptAsync(() => file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK), unreadable(path))
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

async function* pipeBytes(place: string, path: string): AsyncGenerator<Uint8Array> {
  const { openNamedPipe } = await import('./named-pipe.js')
  yield* streamBytes(await attemptAsync(() => openNamedPipe(place), unreadable(path)), path)
}

/** Can it be read repeatedly? A pipe, as from <(…), cannot. Throws `UnreadableError`. */
export async function isRegularFile(place: string, path: string): Promise<boolean> {
  return (await attemptAsync(() => stat(place), unreadable(path))).isFile()
}

/** A whole file of at most `limit` bytes in one buffer, or `null` for a larger one. Throws `UnreadableError`. */
export async function wholeFile(place: string, path: string, limit: number): Promise<Buffer | null> {
  const file = await attemptAsync(() => open(place, 'r'), unreadable(path))
  try {
    const { size } = await file.stat()
    return size > limit ? null : await attemptAsync(() => file.readFile(), unreadable(path))
  } finally {
    await file.close()
  }
}

/** A stream's bytes; `path` names it in messages, `-` for standard input. Throws `UnreadableError`, and a `CheckError` of the stream as it is: it may have limits of its own. */
export async function* streamBytes(stream: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    if (error instanceof CheckError) throw error
    throw new UnreadableError(`cannot read ${path === '-' ? 'standard input' : path}: ${reasonOf(error)}`, null, null, { cause: error })
  }
}
