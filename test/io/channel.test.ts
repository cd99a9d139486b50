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
  test('hands over the very bytes, uncopied', async () => {
    const channel = new Channel()
    void channel.write(A)
    expect((await channel.next()).value).toBe(A)
  })

  test('makes the writer wait until its bytes were taken and more is asked for', async () => {
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

  test('lets empty writes through without the reader', async () => {
    const channel = new Channel()
    await within(100, channel.write(Buffer.alloc(0)))
    channel.end()
    expect(await channel.next()).toEqual({ done: true, value: undefined })
  })

  test('carries everything in order', async () => {
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
  test('reaches a reader that waits', async () => {
    const channel = new Channel()
    const reading = channel.next()
    channel.end()
    expect(await within(100, reading)).toEqual({ done: true, value: undefined })
  })

  test('comes after bytes that were offered before it', async () => {
    const channel = new Channel()
    void channel.write(A)
    channel.end()
    expect(await channel.next()).toEqual({ done: false, value: A })
    expect((await channel.next()).done).toBe(true)
  })

  test('lets the writer go on whose bytes were the last', async () => {
    const channel = new Channel()
    const writing = channel.write(A)
    channel.end()
    await channel.next()
    await channel.next()
    expect(await isSettled(writing)).toBe(true)
  })
})

describe('a reader that leaves early', () => {
  test('lets the waiting writer go', async () => {
    const channel = new Channel()
    const writing = channel.write(A)
    await channel.return()
    await within(100, writing)
    expect(channel.isClosed).toBe(true)
  })

  test('lets all further bytes go nowhere', async () => {
    const channel = new Channel()
    await channel.return()
    await within(100, channel.write(B))
  })

  test('leaves by breaking off its loop', async () => {
    const channel = new Channel()
    const writing = channel.write(A)
    for await (const chunk of channel) if (chunk === A) break
    await within(100, writing)
    expect(channel.isClosed).toBe(true)
  })

  test('is not there before it leaves', () => expect(new Channel().isClosed).toBe(false))
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

  test('is told from one that ended, also without an error to show', async () => {
    const channel = new Channel()
    channel.fail(null)
    await expect(channel.next()).rejects.toThrow('the writer failed')
  })

  test('goes on telling: a reader that asks again does not wait for ever', async () => {
    const channel = new Channel()
    channel.fail(new Error('broken'))
    await expect(channel.next()).rejects.toThrow('broken')
    await expect(within(100, channel.next())).rejects.toThrow('broken')
  })
})
