/**
 * Decompression as in rpm: all gzip members and zstd frames, but one stream of xz, lzma and bzip2. Bytes that rpm does not read are counted,
 * so that nothing is hidden after the end.
 *
 * Third-party decoders (liblzma, fzstd) are loaded on first use. None of them is trusted: all output is counted against the limits, and what
 * they produced before an error is passed on before the error, however the source divided its bytes.
 */
import { compressionOf, type Compression } from '../../archive/magic.js'
import type { Limits } from '../../limits/limits.js'
import { bunzip2 } from './bzip2.js'
import { CompressedInput } from './compressed-input.js'
import { gunzip } from './gzip.js'
import { UnpackBudget } from './unpack-budget.js'
import { UnpackCosts } from './unpack-costs.js'
import { unlzma, unxz } from './xz.js'
import { unzstd } from './zstd.js'

/** A stream being decompressed. */
export interface Unpacked {
  /**
   * The unpacked bytes, in order. A chunk is never empty, and is valid only until the next one is requested: it may be a view of a
   * reused buffer. Can be iterated once; leaving the loop early closes the source and releases all memory.
   * Throws `MalformedError` for corrupt, truncated and empty input, `LimitError` over a limit, `UnsupportedError` for unsupported variants,
   * all with compressed offsets, except for limits; what was unpacked before the error, and the error, are the same for any chunks of `source`. Errors of the source are passed on unchanged.
   */
  readonly chunks: AsyncIterable<Uint8Array>
  /** Bytes after the end of what rpm reads; valid once `chunks` has ended. */
  trailing(): number
  /** Compressed bytes consumed so far. */
  consumed(): number
}

/** One format's decoder: takes what it needs from `input`, and ends where rpm stops reading. */
export type Decoder = (input: CompressedInput, limits: Limits, costs: UnpackCosts, isNested: boolean) => AsyncIterable<Uint8Array>

export interface DecompressOptions {
  /** Names the stream in errors, as in `payload (xz)`. */
  readonly structure?: string
  /** Continue after the first xz or bzip2 stream, as tar does and rpm does not: parallel compressors write many. */
  readonly allStreams?: boolean
  /** Of the whole package; those of this stream alone by default. */
  readonly costs?: UnpackCosts
}

/** Unpacks `source`. */
export function decompress(
  compression: Compression,
  source: AsyncIterable<Uint8Array>,
  limits: Limits,
  { structure = 'payload', allStreams = false, costs = new UnpackCosts(limits) }: DecompressOptions = {},
): Unpacked {
  const input = new CompressedInput(source, `${structure} (${compression})`)
  let trailing = 0
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      if ((await input.peek()).length === 0) input.fail('empty')
      const budget = new UnpackBudget(input.structure, limits, costs)
      for (let isMore = true; isMore; isMore = allStreams && (await beginsStream(input, compression, costs))) {
        for await (const chunk of DECODERS[compression](input, limits, costs, allStreams)) {
          costs.earn(chunk.length)
          yield budget.within(chunk)
          budget.check()
        }
      }
      trailing = await input.drain()
    } finally {
      await input.close()
    }
  }
  return { chunks: chunks(), trailing: () => trailing, consumed: () => input.consumed }
}

/** xz pads its streams with zeros, four at a time. The gzip and zstd decoders read all members and frames themselves. */
async function beginsStream(input: CompressedInput, compression: Compression, costs: UnpackCosts): Promise<boolean> {
  if (compression !== 'xz' && compression !== 'bzip2') return false
  for (
    let head = await input.peek(4);
    compression === 'xz' && head.length >= 4 && head.subarray(0, 4).every(byte => byte === 0);
    head = await input.peek(4)
  )
    input.skip(4)
  if (compressionOf(await input.peek(6)) !== compression) return false
  costs.beginPart(input.structure)
  return true
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
