import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { PeekableStream } from '../../lib/io/peekable-stream.js'

/** Reuses the same memory for each chunk, and records the calls. */
class Source implements AsyncIterableIterator<Uint8Array> {
  given = 0
  closings = 0
  readonly #chunks: readonly string[]
  readonly #memory = Buffer.alloc(64)

  constructor(...chunks: readonly string[]) {
    this.#chunks = chunks
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.#chunks[this.given++]
    if (chunk === undefined) return Promise.resolve({ done: true, value: undefined })
    return Promise.resolve({ done: false, value: this.#memory.subarray(0, this.#memory.write(chunk, 'latin1')) })
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    this.closings++
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

async function textFrom(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of chunks) text += Buffer.from(chunk).toString('latin1')
  return text
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

describe('inspecting the beginning', () => {
  test('reads no further than necessary', async () => {
    const source = new Source('abc', 'def', 'ghi')
    expect(textOf(await new PeekableStream(source).prefix(4))).toBe('abcd')
    expect(source.given).toBe(2)
  })

  test('returns the whole of a shorter source, however often it is called', async () => {
    const source = new Source('abc')
    const stream = new PeekableStream(source)
    expect(textOf(await stream.prefix(10))).toBe('abc')
    expect(textOf(await stream.prefix(10))).toBe('abc')
    expect(source.given).toBe(2) // the chunk and the end, and the end is not asked for again
  })

  test('consumes nothing: all bytes come afterwards', async () => {
    const stream = new PeekableStream(new Source('abc', 'def', 'ghi'))
    await stream.prefix(2)
    await stream.prefix(5)
    expect(await textFrom(stream.from(0))).toBe('abcdefghi')
  })

  test('passes a failure of the source on', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('ab')
      throw new Error('disk on fire')
    }
    await expect(new PeekableStream(broken()).prefix(3)).rejects.toThrow('disk on fire')
  })
})

describe('reading from an offset', () => {
  test('begins inside the inspected part', async () => {
    const stream = new PeekableStream(new Source('abc', 'def'))
    await stream.prefix(5)
    expect(await textFrom(stream.from(2))).toBe('cdef')
  })

  test('begins after the inspected part', async () => {
    const stream = new PeekableStream(new Source('abc', 'def', 'ghi'))
    await stream.prefix(1)
    expect(await textFrom(stream.from(7))).toBe('hi')
  })

  test('yields nothing after the end', async () => {
    expect(await textFrom(new PeekableStream(new Source('abc')).from(9))).toBe('')
  })

  test('never yields an empty chunk', async () => {
    const lengths: number[] = []
    for await (const chunk of new PeekableStream(new Source('', 'a', '', 'b')).from(0)) lengths.push(chunk.length)
    expect(lengths).toEqual([1, 1])
  })

  test('agrees with a slice, however the bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 20 }), { maxLength: 9 }), fc.nat(60), fc.nat(60), async (chunks, looked, offset) => {
        const source = chunks.map(chunk => chunk.replace(/[^\x20-\x7e]/g, '?'))
        const stream = new PeekableStream(new Source(...source))
        const whole = source.join('')
        expect(textOf(await stream.prefix(looked))).toBe(whole.slice(0, looked))
        expect(await textFrom(stream.from(offset))).toBe(whole.slice(offset))
      }),
    )
  })
})

describe('closing', () => {
  test('closes the source of an iteration that ends early', async () => {
    const source = new Source('abc', 'def', 'ghi')
    for await (const chunk of new PeekableStream(source).from(0)) if (chunk.length > 0) break
    expect(source.closings).toBe(1)
    expect(source.given).toBe(1)
  })

  test('closes the source of an iteration that failed', async () => {
    const source = new Source('abc', 'def')
    const iterate = async (): Promise<void> => {
      for await (const chunk of new PeekableStream(source).from(0)) throw new Error(`refused ${chunk.length}`)
    }
    await expect(iterate()).rejects.toThrow('refused 3')
    expect(source.closings).toBe(1)
  })

  test('closes a source that was never read', async () => {
    const source = new Source('abc')
    await new PeekableStream(source).close()
    expect({ given: source.given, closings: source.closings }).toEqual({ given: 0, closings: 1 })
  })

  test('yields nothing more once it is closed', async () => {
    const source = new Source('abc', 'def')
    const stream = new PeekableStream(source)
    await stream.close()
    expect(await textFrom(stream.from(0))).toBe('')
    expect(source.given).toBe(0)
  })

  test('runs the cleanup of a generator', async () => {
    let isOpen = true
    async function* file(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('x')
      } finally {
        isOpen = false
      }
    }
    const stream = new PeekableStream(file())
    await stream.prefix(3)
    await stream.close()
    expect(isOpen).toBe(false)
  })
})
