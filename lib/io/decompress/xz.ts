/**
 * xz and lzma-alone through liblzma: one stream, as rpm reads it. Checks (CRC32, CRC64, SHA-256), filters and several blocks are
 * liblzma's task; here its return codes are translated, and the end of the input is distinguished from the end of the stream.
 */
import type { Limits } from '../../limits/limits.js'
import type { CompressedInput } from './compressed-input.js'
import type { UnpackCosts } from './unpack-costs.js'
import * as liblzma from './liblzma.js'
import { DICTIONARY_HEAD, lzmaDictionaryBytes, xzDictionaryBytes } from './lzma-dictionary.js'

/** Memory that a stream needs besides its dictionary; liblzma counts it towards its limit. */
const OVERHEAD = 1024 * 1024
/** Cost of new memory for a large dictionary, measured in moves of it. */
const MOVES_PER_STREAM = 4

export function unxz(input: CompressedInput, limits: Limits, costs: UnpackCosts): AsyncGenerator<Uint8Array> {
  return unpack('xz', input, limits, costs)
}

/** The header of lzma-alone has 13 bytes and no checksum; the stream ends at its stated size or at an end marker. */
export function unlzma(input: CompressedInput, limits: Limits, costs: UnpackCosts): AsyncGenerator<Uint8Array> {
  return unpack('lzma', input, limits, costs)
}

async function* unpack(format: 'xz' | 'lzma', input: CompressedInput, limits: Limits, costs: UnpackCosts): AsyncGenerator<Uint8Array> {
  const head = await input.peek(DICTIONARY_HEAD)
  const held = Math.min(format === 'xz' ? xzDictionaryBytes(head) : lzmaDictionaryBytes(head), limits.dictionaryBytes)
  costs.hold(input.structure, held)
  const decoder = await liblzma.LiblzmaDecoder.open(format, limits.dictionaryBytes + OVERHEAD)
  try {
    for (let code = liblzma.LZMA_OK; code === liblzma.LZMA_OK;) {
      code = await fillOutput(decoder, input)
      const output = decoder.output()
      if (output.length > 0) yield output
      if (code !== liblzma.LZMA_OK && code !== liblzma.LZMA_STREAM_END) refuse(code, input)
      decoder.emptyOutput()
    }
    costs.moveWindow(input.structure, decoder.releasedBytes * MOVES_PER_STREAM)
  } finally {
    costs.release(held)
    decoder.close()
  }
}

/** Decodes until the output is full, the stream ends, or an error, which comes after what was unpacked before it; returns liblzma's code. */
async function fillOutput(decoder: liblzma.LiblzmaDecoder, input: CompressedInput): Promise<number> {
  while (!decoder.isOutputFull) {
    const isLast = decoder.availableIn === 0 && decoder.give(await input.peek()) === 0
    const before = decoder.availableIn
    const code = decoder.run(isLast)
    input.skip(before - decoder.availableIn)
    if (code !== liblzma.LZMA_OK) return code
  }
  return liblzma.LZMA_OK
}

function refuse(code: number, input: CompressedInput): never {
  switch (code) {
    case liblzma.LZMA_BUF_ERROR: // no progress although all input has been given
      return input.fail('truncated')
    case liblzma.LZMA_MEM_ERROR:
    case liblzma.LZMA_MEMLIMIT_ERROR:
      return input.exceed('dictionary too large')
    case liblzma.LZMA_OPTIONS_ERROR:
      return input.refuse('unknown filter or option')
    case liblzma.LZMA_FORMAT_ERROR:
      return input.fail('unrecognised format')
    case liblzma.LZMA_DATA_ERROR:
      return input.fail('corrupt data')
    default:
      return input.fail(`liblzma error ${code}`)
  }
}
