/**
 * Runs a decoder stream of node:zlib over the input, up to the end of one member or frame.
 *
 * The stream works on the thread pool: while the caller looks at one chunk, the next is being unpacked. Node ends such a stream
 * without a word when the decoder wants no more bytes; what was left over stays in the input, counted by `bytesWritten`.
 */
import type { Transform } from 'node:stream'
import type { CompressedInput } from './compressed-input.js'
import { messageOf } from '../os-error.js'

/** A decoder stream, with the count of bytes that its decoder has used. */
export type ZlibStream = Transform & { readonly bytesWritten: number }

/** Options for the stream: large chunks, and some of them ahead of the reader. */
export const STREAM_OPTIONS = { chunkSize: 256 * 1024, highWaterMark: 512 * 1024 }

/** Bytes given to the decoder at once. */
const PIECE = 64 * 1024

/** The next bytes for the decoder, unused, or null when it has them all. Called again once those before have been skipped. */
export type NextPiece = () => Promise<Uint8Array | null>

/** The bytes that come next, as many as a decoder gets at once; none at the end of the input. */
export async function peekPiece(input: CompressedInput): Promise<Uint8Array> {
  return (await input.peek()).subarray(0, PIECE)
}

/** All bytes up to the end of the input: for a decoder that finds its own end. */
export function untilEnd(input: CompressedInput): NextPiece {
  return async () => {
    const piece = await peekPiece(input)
    return piece.length === 0 ? null : piece
  }
}

/** Unpacks one member or frame; corrupt or truncated data throws MalformedError. */
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
    await feeding // a fault of the source outranks what the decoder makes of it
    input.fail(faultOf(error), error)
  } finally {
    stream.destroy()
  }
}

/** Takes over into the input what the decoder has used since the last time. */
function usageCounter(stream: ZlibStream, input: CompressedInput): () => void {
  let counted = 0
  return () => {
    input.skip(stream.bytesWritten - counted)
    counted = stream.bytesWritten
  }
}

/** Ends when the decoder has all it wants, or is destroyed; a write that it never answers ends with the stream. */
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

/** zlib's words without Node's: `incorrect data check`; truncation in ours. */
function faultOf(error: unknown): string {
  const message = messageOf(error)
  return message === 'unexpected end of file' ? 'truncated' : message
}
