/** The progress line on a terminal. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { ProgressLine } from '../../lib/cli/progress.js'
import { KeptStream, surroundingsOf } from '../support/command.js'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

function progressOn(stderr: KeptStream, isWanted = true): { readonly line: ProgressLine; readonly atExit: (() => void)[] } {
  const atExit: (() => void)[] = []
  const surroundings = surroundingsOf({ cwd: '/' }, new KeptStream(), stderr)
  const register = (step: () => void): (() => void) => {
    atExit.push(step)
    return () => void atExit.splice(atExit.indexOf(step), 1)
  }
  return { line: new ProgressLine({ ...surroundings, atExit: register }, isWanted), atExit }
}

describe('the progress line', () => {
  test('appears after a moment, shows the progress, and is erased', () => {
    const stderr = new KeptStream(40)
    const { line } = progressOn(stderr)
    line.update({ done: 0, total: 12, path: 'a.rpm' })
    jest.advanceTimersByTime(400)
    expect(stderr.text).toBe('')
    jest.advanceTimersByTime(200)
    expect(stderr.text).toBe('\r\x1b[Kchecking 1/12 a.rpm\r')
    line.clear()
    expect(stderr.text).toBe('\r\x1b[Kchecking 1/12 a.rpm\r\r\x1b[K')
  })

  test('fits on the terminal, with control characters escaped', () => {
    const stderr = new KeptStream(20)
    progressOn(stderr).line.update({ done: 1, total: 2, path: `\x1b[31m${'x'.repeat(50)}` })
    jest.advanceTimersByTime(500)
    expect(stderr.text).toBe('\r\x1b[Kchecking 2/2 \\x1b[3\r')
  })

  test('is erased if a signal ends the program, and unregistered when done', () => {
    const stderr = new KeptStream(40)
    const { line, atExit } = progressOn(stderr)
    line.update({ done: 0, total: 1, path: 'a.rpm' })
    jest.advanceTimersByTime(500)
    atExit[0]?.()
    expect(stderr.text.endsWith('\r\x1b[K')).toBe(true)
    line.clear()
    expect(atExit).toEqual([])
  })

  test('is not shown if quiet, without a terminal, or after the last package', () => {
    for (const [stderr, isWanted, path] of [
      [new KeptStream(40), false, 'a.rpm'],
      [new KeptStream(), true, 'a.rpm'],
      [new KeptStream(40), true, null],
    ] as const) {
      const { line } = progressOn(stderr, isWanted)
      line.update({ done: 0, total: 1, path })
      jest.advanceTimersByTime(5000)
      line.clear()
      expect(stderr.text).toBe('')
    }
  })
})
