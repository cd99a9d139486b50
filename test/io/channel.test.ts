import { describe, expect, test } from '@jest/globals'
import { Channel } from '../../lib/io/channel.js'
import { within } from '../support/scan.js'

const A = Buffer.from('a')
const B = Buffer.from('b')

/** What has happened so far, once all that can happen has. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  const note = (): void => void (settled = true)
  promise.then(note, note)
  await new Promise(resolve => setImmediate(resolve))
  return settled
}

describe('writer and reader', () => {
  test('passes the bytes on without copying', async () => {
    const channel = new Channel()
    void channel.write(A)
    expect((await channel.next()).value).toBe(A)
  })

  test('makes the writer wait until its bytes are taken and more are requested', async () => {
    const channel = new Channel()
    const writing = channel.write(A)
    expect(await isSettled(writing)).toBe(false)
    await channel.next()
    expect(await isSettled(writing)).toBe(false)
    void channel.next()
    expect(await isSettled(writing)).toBe(true)
  })

  test('serves a reader that came first', async () => {
    const channel = new Channel()
    const reading = channel.next()
    const writing = channel.write(A)
    expect(await reading).toEqual({ done: false, value: A })
    expect(await isSettled(writing)).toBe(false)
  })

  test('completes empty writes without the reader', async () => {
    const channel = new Channel()
    await within(100, channel.write(Buffer.alloc(0)))
    channel.end()
    expect(await channel.next()).toEqual({ done: true, value: undefined })
  })

  test('passes everything in order', async () => {
    const channel = new Channel()
    const write = async (): Promise<void> => {
      for (let number = 0; number < 100; number++) await channel.write(Buffer.from([number]))
      channel.end()
    }
    const read = async (): Promise<number[]> => {
      const numbers: number[] = []
      for await (const [number = -1] of channel) numbers.push(number)
      return numbers
    }
    const [, numbers] = await within(1000, Promise.all([write(), read()]))
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, number) => number))
  })
})

describe('the end', () => {
  test('reaches a waiting reader', async () => {
    const channel = new Channel()
    const reading = channel.next()
    channel.end()
    expect(await within(100, reading)).toEqual({ done: true, value: undefined })
  })

  test('comes after earlier bytes', async () => {
    const channel = new Channel()
    void channel.write(A)
    channel.end()
    expect(await channel.next()).toEqual({ done: false, value: A })
    expect((await channel.next()).done).toBe(true)
  })

  test('resumes the writer of the last bytes', async () => {
    const channel = new Channel()
    const writing = channel.write(A)
    channel.end()
    await channel.next()
    await channel.next()
    expect(await isSettled(writing)).toBe(true)
  })
})

describe('a reader that stops early', () => {
  test('resumes the waiting writer', async () => {
    const channel = new Channel()
    const writing = channel.write(A)
    await channel.return()
    await within(100, writing)
    expect(channel.isClosed).toBe(true)
  })

  test('drops all further bytes', async () => {
    const channel = new Channel()
    await channel.return()
    await within(100, channel.write(B))
  })

  test('stops by leaving its loop', async () => {
    const channel = new Channel()
    const writing = channel.write(A)
    for await (const chunk of channel) if (chunk === A) break
    await within(100, writing)
    expect(channel.isClosed).toBe(true)
  })

  test('counts as present before it stops', () => expect(new Channel().isClosed).toBe(false))
})

describe('a writer that fails', () => {
  test('makes the waiting reader throw its error', async () => {
    const channel = new Channel()
    const reading = channel.next()
    const error = new Error('broken')
    channel.fail(error)
    await expect(reading).rejects.toBe(error)
  })

  test('makes the next call reject when no reader waits', async () => {
    const channel = new Channel()
    channel.fail(new Error('broken'))
    await expect(channel.next()).rejects.toThrow('broken')
  })

  test('is distinguished from one that ended, also without an error value', async () => {
    const channel = new Channel()
    channel.fail(null)
    await expect(channel.next()).rejects.toThrow('the writer failed')
  })

  test('rejects again: a reader that asks once more does not wait forever', async () => {
    const channel = new Channel()
    channel.fail(new Error('broken'))
    await expect(channel.next()).rejects.toThrow('broken')
    await expect(within(100, channel.next())).rejects.toThrow('broken')
  })
})
