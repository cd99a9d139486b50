/**
 * Decompression as in rpm: all gzip members and zstd frames, but one stream of xz, lzma and bzip2. Bytes that rpm does not read are counted,
 * so that nothing is hidden after the end.
 *
 * Third-party decoders (liblzma, fzstd) are loaded on first use. None of them is trusted: all output is counted against the limits.
 */
import { compressionOf, type Compression } from '../../archive/magic.js'
import type { Limits } from '../../limits/limits.js'
import { bunzip2 } from './bzip2.js'
import { CompressedInput } from './compressed-input.js'
import { gunzip } from './gzip.js'
import { PartAllowance } from './part-allowance.js'
import { UnpackBudget } from './unpack-budget.js'
import { unlzma, unxz } from './xz.js'
import { unzstd } from './zstd.js'

/** A stream being decompressed. */
export interface Unpacked {
  /**
   * The unpacked bytes, in order. A chunk is never empty, and is valid only until the next one is requested: it may be a view of a
   * reused buffer. Can be iterated once; leaving the loop early closes the source and releases all memory.
   * Throws `MalformedError` for corrupt, truncated and empty input, `LimitError` over a limit, `UnsupportedError` for unsupported variants,
   * all with compressed offsets; errors of the source are passed on unchanged.
   */
  readonly chunks: AsyncIterable<Uint8Array>
  /** Bytes after the end of what rpm reads; valid once `chunks` has ended. */
  trailing(): number
  /** Compressed bytes consumed so far. */
  consumed(): number
}

/** One format's decoder: takes what it needs from `input`, and ends where rpm stops reading. */
export type Decoder = (input: CompressedInput, limits: Limits) => AsyncIterable<Uint8Array>

export interface DecompressOptions {
  /** Names the stream in errors, as in `payload (xz)`. */
  readonly structure?: string
  /** Continue after the first xz or bzip2 stream, as tar does and rpm does not: parallel compressors write many. */
  readonly allStreams?: boolean
}

/** Unpacks `source`. */
export function decompress(
  compression: Compression,
  source: AsyncIterable<Uint8Array>,
  limits: Limits,
  { structure = 'payload', allStreams = false }: DecompressOptions = {},
): Unpacked {
  const input = new CompressedInput(source, `${structure} (${compression})`)
  let trailing = 0
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      if ((await input.peek()).length === 0) input.fail('empty')
      const budget = new UnpackBudget(input, limits)
      const allowance = new PartAllowance(input)
      do {
        allowance.begin()
        for await (const chunk of DECODERS[compression](input, limits)) {
          budget.spend(chunk.length)
          allowance.earn(chunk.length)
          yield chunk
        }
      } while (allStreams && (await beginsStream(input, compression)))
      trailing = await input.drain()
    } finally {
      await input.close()
    }
  }
  return { chunks: chunks(), trailing: () => trailing, consumed: () => input.consumed }
}

/** xz pads its streams with zeros, four at a time. The gzip and zstd decoders read all members and frames themselves. */
async function beginsStream(input: CompressedInput, compression: Compression): Promise<boolean> {
  if (compression !== 'xz' && compression !== 'bzip2') return false
  for (
    let head = await input.peek(4);
    compression === 'xz' && head.length >= 4 && head.subarray(0, 4).every(byte => byte === 0);
    head = await input.peek(4)
  )
    input.skip(4)
  return compressionOf(await input.peek(6)) === compression
}

const DECODERS: Readonly<Record<Compression, Decoder>> = {
  none: passThrough,
  gzip: gunzip,
  bzip2: bunzip2,
  lzma: unlzma,
  xz: unxz,
  zstd: unzstd,
}

async function* passThrough(input: CompressedInput): AsyncGenerator<Uint8Array> {
  for (let bytes = await input.peek(); bytes.length > 0; bytes = await input.peek()) {
    input.skip(bytes.length)
    yield bytes
  }
}
