/** Sources that behave as real ones do, and worse, for the decoders' tests. */
import type { Compression } from '../../../lib/archive/magic.js'
import { decompress } from '../../../lib/io/decompress/decompress.js'
import type { Limits } from '../../../lib/limits/limits.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'

/** `bytes` in chunks of `size`, each in a buffer that is overwritten when the next is requested; counts whether it was closed. */
export class ChunkedSource implements AsyncIterable<Uint8Array> {
  isReleased = false

  constructor(
    readonly bytes: Uint8Array,
    readonly size: number,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (let at = 0; at < this.bytes.length; at += this.size) {
        const chunk = new Uint8Array(this.bytes.subarray(at, at + this.size))
        yield chunk
        chunk.fill(0xaa)
      }
    } finally {
      this.isReleased = true
    }
  }
}

export interface Result {
  readonly content: Buffer
  readonly trailing: number
  readonly consumed: number
  readonly isReleased: boolean
}

/** Unpacks all of `bytes`, given in chunks of `size`. */
export async function unpack(compression: Compression, bytes: Uint8Array, size = 65536, limits: Limits = DEFAULT_LIMITS): Promise<Result> {
  const source = new ChunkedSource(bytes, size)
  const unpacked = decompress(compression, source, limits)
  const parts: Buffer[] = []
  for await (const chunk of unpacked.chunks) parts.push(Buffer.from(chunk))
  return { content: Buffer.concat(parts), trailing: unpacked.trailing(), consumed: unpacked.consumed(), isReleased: source.isReleased }
}

/** The error that unpacking ends with; fails when there is none. */
export async function unpackError(
  compression: Compression,
  bytes: Uint8Array,
  size = 65536,
  limits: Limits = DEFAULT_LIMITS,
): Promise<unknown> {
  const result = await unpack(compression, bytes, size, limits).catch((error: unknown) => ({ error }))
  if ('error' in result) return result.error
  throw new Error(`${bytes.length} bytes of ${compression} unpack to ${result.content.length} without an error`)
}
