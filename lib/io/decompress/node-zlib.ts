/**
 * Runs a decoder stream of node:zlib on the input, up to the end of one member or frame.
 *
 * The stream works on the thread pool: while the caller processes one chunk, the next is being unpacked. Node ends such a stream
 * silently when the decoder needs no more bytes; the rest stays in the input, as `bytesWritten` shows.
 */
import type { Transform } from 'node:stream'
import type { CompressedInput } from './compressed-input.js'
import { messageOf } from '../os-error.js'

/** A decoder stream, with the number of bytes that its decoder has consumed. */
export type ZlibStream = Transform & { readonly bytesWritten: number }

/** Stream options: large chunks, and some read-ahead. */
export const STREAM_OPTIONS = { chunkSize: 256 * 1024, highWaterMark: 512 * 1024 }

/** Bytes given to the decoder at once. */
const PIECE = 64 * 1024

/** The next bytes for the decoder, not yet consumed, or `null` at their end. Called again once the earlier ones have been skipped. */
export type NextPiece = () => Promise<Uint8Array | null>

/** The next bytes, as many as a decoder gets at once; empty at the end of the input. */
export async function peekPiece(input: CompressedInput): Promise<Uint8Array> {
  return (await input.peek()).subarray(0, PIECE)
}

/** All bytes up to the end of the input: for a decoder that detects the end of its data. */
export function untilEnd(input: CompressedInput): NextPiece {
  return async () => {
    const piece = await peekPiece(input)
    return piece.length === 0 ? null : piece
  }
}

/** Unpacks one member or frame. Throws `MalformedError` for corrupt or truncated data. */
export async function* throughZlib(stream: ZlibStream, input: CompressedInput, next: NextPiece): AsyncGenerator<Uint8Array> {
  const count = usageCounter(stream, input)
  const feeding = feed(stream, next, count)
  feeding.catch((error: Error) => stream.destroy(error))
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      count()
      yield chunk
    }
    stream.destroy()
    await feeding
  } catch (error) {
    await feeding // an error of the source takes precedence over the decoder's
    input.fail(faultOf(error), error)
  } finally {
    stream.destroy()
  }
}

/** Skips in the input what the decoder has consumed since the last call. */
function usageCounter(stream: ZlibStream, input: CompressedInput): () => void {
  let counted = 0
  return () => {
    input.skip(stream.bytesWritten - counted)
    counted = stream.bytesWritten
  }
}

/** Ends when the decoder needs no more input or is destroyed; a pending write ends with the stream. */
async function feed(stream: ZlibStream, next: NextPiece, count: () => void): Promise<void> {
  let wake = (): void => {}
  stream.once('close', () => wake())
  const write = (piece: Uint8Array): Promise<void> =>
    new Promise(resolve => {
      wake = resolve
      stream.write(piece, () => resolve())
    })
  for (let piece = await next(); piece !== null; piece = await next()) {
    if (stream.destroyed) return
    await write(piece)
    count()
    if (stream.destroyed) return
  }
  stream.end()
}

/** zlib's message without Node's prefix: `incorrect data check`; `truncated` for truncation. */
function faultOf(error: unknown): string {
  const message = messageOf(error)
  return message === 'unexpected end of file' ? 'truncated' : message
}
