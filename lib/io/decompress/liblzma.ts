/**
 * A liblzma decoder in WebAssembly: one `lzma_stream`, an input and an output buffer in its own memory.
 *
 * Each open stream has its own instance, because a memory may grow to at most 256 MiB. Memories never shrink and are slow to be
 * collected, so a few idle instances are kept for the next streams. They keep no state of earlier streams: liblzma initialises everything.
 * Source: lzma/base.h and lzma/container.h of liblzma 5.8 for the functions, the return codes and the fields of lzma_stream.
 */

/** Return values of `lzma_code`: the numbers of enum lzma_ret. */
export const LZMA_OK = 0
export const LZMA_STREAM_END = 1
export const LZMA_MEM_ERROR = 5
export const LZMA_MEMLIMIT_ERROR = 6
export const LZMA_FORMAT_ERROR = 7
export const LZMA_OPTIONS_ERROR = 8
export const LZMA_DATA_ERROR = 9
export const LZMA_BUF_ERROR = 10

const LZMA_RUN = 0
const LZMA_FINISH = 3
const NO_FLAGS = 0 // in particular not LZMA_CONCATENATED: rpm reads one stream

// lzma_stream with 32-bit pointers; each field is a u32, counted in words here
const STREAM_BYTES = 96
const NEXT_IN = 0
const AVAIL_IN = 1
const NEXT_OUT = 4
const AVAIL_OUT = 5

const IN_BYTES = 128 * 1024
const OUT_BYTES = 512 * 1024

const IDLE_KEPT = 2
const IDLE_HEAP = 128 * 1024 * 1024 // a larger memory is released

/** The part of the emscripten module that is used; the views change whenever the memory grows. */
interface LiblzmaModule {
  readonly HEAPU8: Uint8Array
  readonly HEAPU32: Uint32Array
  _malloc(bytes: number): number
  _lzma_stream_decoder(stream: number, memoryLimit: bigint, flags: number): number
  _lzma_auto_decoder(stream: number, memoryLimit: bigint, flags: number): number
  _lzma_code(stream: number, action: number): number
  _lzma_end(stream: number): void
}

const idle: LiblzmaDecoder[] = []

export class LiblzmaDecoder {
  readonly #module: LiblzmaModule
  readonly #stream: number
  readonly #in: number
  readonly #out: number

  private constructor(module: LiblzmaModule) {
    this.#module = module
    this.#stream = module._malloc(STREAM_BYTES + IN_BYTES + OUT_BYTES)
    this.#in = this.#stream + STREAM_BYTES
    this.#out = this.#in + IN_BYTES
    module.HEAPU8.fill(0, this.#stream, this.#in)
  }

  /** A decoder at the start of a stream. `memoryLimit`: bytes for the dictionary and everything else that the stream needs. */
  static async open(format: 'xz' | 'lzma', memoryLimit: number): Promise<LiblzmaDecoder> {
    const decoder = idle.pop() ?? new LiblzmaDecoder(await loadModule())
    decoder.#begin(format, memoryLimit)
    return decoder
  }

  #begin(format: 'xz' | 'lzma', memoryLimit: number): void {
    const begin = format === 'xz' ? this.#module._lzma_stream_decoder : this.#module._lzma_auto_decoder
    const code = begin(this.#stream, BigInt(memoryLimit), NO_FLAGS)
    if (code !== LZMA_OK) throw new Error(`liblzma failed to start: ${code}`)
    this.#set(AVAIL_IN, 0)
    this.emptyOutput()
  }

  /** Bytes of input that have not been consumed yet. */
  get availableIn(): number {
    return this.#get(AVAIL_IN)
  }

  /** Copies as much of `bytes` as fits and returns the number of bytes. Call only once all earlier input is consumed. */
  give(bytes: Uint8Array): number {
    const part = bytes.subarray(0, IN_BYTES)
    this.#module.HEAPU8.set(part, this.#in)
    this.#set(NEXT_IN, this.#in)
    this.#set(AVAIL_IN, part.length)
    return part.length
  }

  /** Decodes until the input is consumed or the output is full; `isLast` means that no more input will come. */
  run(isLast: boolean): number {
    return this.#module._lzma_code(this.#stream, isLast ? LZMA_FINISH : LZMA_RUN)
  }

  get isOutputFull(): boolean {
    return this.#get(AVAIL_OUT) === 0
  }

  /** What has been decoded since `emptyOutput`: a view, valid until the next call of any method. */
  output(): Uint8Array {
    return this.#module.HEAPU8.subarray(this.#out, this.#out + OUT_BYTES - this.#get(AVAIL_OUT))
  }

  emptyOutput(): void {
    this.#set(NEXT_OUT, this.#out)
    this.#set(AVAIL_OUT, OUT_BYTES)
  }

  /** Bytes of memory that are not kept for the next stream: a large dictionary's. */
  get releasedBytes(): number {
    const { length } = this.#module.HEAPU8
    return length <= IDLE_HEAP ? 0 : length
  }

  /** Releases the instance; the decoder must not be used afterwards. */
  close(): void {
    this.#module._lzma_end(this.#stream)
    if (idle.length < IDLE_KEPT && this.#module.HEAPU8.length <= IDLE_HEAP) idle.push(this)
  }

  #get(word: number): number {
    return this.#module.HEAPU32[(this.#stream >> 2) + word] ?? 0
  }

  #set(word: number, value: number): void {
    this.#module.HEAPU32[(this.#stream >> 2) + word] = value
  }
}

async function loadModule(): Promise<LiblzmaModule> {
  const { createLiblzma, readCode } = await import('./liblzma-files.js')
  return (await createLiblzma({ wasmBinary: await readCode() })) as LiblzmaModule
}
