/**
 * Inflate by node:zlib, for payloads: twice as fast as our own decoder, which is for nested archives and faults (inflate.ts).
 *
 * What the failing write had unpacked is lost. A payload with a fault is not checked whatever it holds before that, so nothing depends on it. The pieces
 * that are written have one size, counted from the beginning of the data: so the place of a fault does not depend on the chunks of the source.
 */
import { createInflateRaw, type InflateRaw } from 'node:zlib'
import { messageOf } from '../os-error.js'
import type { CompressedInput } from './compressed-input.js'

const PIECE = 64 * 1024
const OPTIONS = { chunkSize: 256 * 1024, highWaterMark: 512 * 1024 }

/** Unpacks up to the end of the deflated data. Throws `MalformedError` for corrupt and truncated data. */
export async function* inflateStream(input: CompressedInput): AsyncGenerator<Uint8Array> {
  const stream = createInflateRaw(OPTIONS)
  let failure: unknown = null
  let unpacked: Uint8Array[] = []
  let wake = (): void => undefined
  const read = (): void => {
    for (let chunk = nextOf(stream); chunk !== null; chunk = nextOf(stream)) unpacked.push(chunk)
  }
  stream
    .on('error', error => (failure = error))
    .on('readable', read)
    .on('close', () => wake())
  try {
    for (let used = 0, given = 0; used === given;) {
      const piece = (await input.peek(PIECE)).subarray(0, PIECE)
      if (piece.length === 0) input.fail('truncated')
      await new Promise<void>(resolve => {
        wake = resolve
        stream.write(piece, () => resolve())
      })
      read()
      if (failure !== null) input.fail(messageOf(failure), failure)
      given += piece.length
      input.skip(stream.bytesWritten - used)
      used = stream.bytesWritten
      yield* unpacked
      unpacked = []
    }
  } finally {
    stream.destroy()
  }
}

function nextOf(stream: InflateRaw): Uint8Array | null {
  return stream.destroyed ? null : (stream.read() as Uint8Array | null)
}
