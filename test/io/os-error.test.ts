/** Under Jest errors of Node's core are of another realm: what tests see here is what users see only if nobody asks `instanceof Error`. */
import { readFileSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { UnreadableError, UsageError } from '../../lib/errors/check-error.js'
import { fileBytes, isRegularFile, wholeFile } from '../../lib/io/byte-sources.js'
import { loadBaseline, saveBaseline } from '../../lib/io/config/baseline-file.js'
import { loadRpmlintFiles } from '../../lib/io/config/rpmlint-files.js'
import { diskLayer } from '../../lib/io/loader/disk-layer.js'
import { attempt, attemptAsync, codeOf, isMissing, isSystemError, messageOf, reasonOf, unreadable } from '../../lib/io/os-error.js'
import { DEFAULT_LIMITS } from '../../lib/limits/limits.js'
import { scratchFolder } from '../support/tools.js'

const folder = scratchFolder('os-error')
const none = join(folder, 'none')

function thrownBy(step: () => unknown): unknown {
  try {
    step()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('an error', () => {
  const missing = thrownBy(() => readFileSync(none))
  const directory = thrownBy(() => readFileSync(folder))
  const loose = thrownBy(() => readFileSync('a\0b'))

  test('of the operating system has its reason in words', () => {
    expect(reasonOf(missing)).toBe('no such file or directory')
    expect(reasonOf(directory)).toBe('is a directory')
    expect([missing, directory].map(isMissing)).toEqual([true, false])
    expect([missing, directory].map(isSystemError)).toEqual([true, true])
  })

  test('of Node has its own message, and is not a system error', () => {
    expect(reasonOf(loose)).toMatch(/^The argument 'path' must be a string, .*without null bytes/)
    expect([isSystemError(loose), isMissing(loose)]).toEqual([false, false])
    expect(codeOf(loose)).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('of this module or of another realm has its message, and whatever else is thrown is shown', () => {
    expect([new RangeError('too far'), loose].map(messageOf)).toEqual(['too far', expect.not.stringContaining('Error:')])
    expect([reasonOf('a word'), reasonOf(undefined), reasonOf(null)]).toEqual(['a word', 'undefined', 'null'])
    expect([undefined, null, 'ENOENT', { code: 'ENOENT', syscall: 'open' }].map(isSystemError)).toEqual([false, false, false, false])
  })
})

describe('a step that fails', () => {
  const asUsage = (reason: string): UsageError => new UsageError(`no: ${reason}`)

  test('throws the error made of its reason, with the cause', async () => {
    expect(() => attempt(() => readFileSync(none), unreadable('it'))).toThrow(UnreadableError)
    expect(() => attempt(() => readFileSync(none), asUsage)).toThrow(new UsageError('no: no such file or directory'))
    await expect(attemptAsync(() => readFile(none), unreadable('it'))).rejects.toMatchObject({
      message: 'cannot read it: no such file or directory',
      cause: { code: 'ENOENT' },
    })
  })

  test('does not affect one that succeeds', async () => {
    expect(attempt(() => 1, asUsage)).toBe(1)
    await expect(attemptAsync(() => Promise.resolve(1), asUsage)).resolves.toBe(1)
  })
})

describe('the message for a missing file', () => {
  const words = `cannot read ${none}: no such file or directory`

  test('is the same wherever it is read as a package', async () => {
    await expect(fileBytes(none).next()).rejects.toThrow(words)
    await expect(isRegularFile(none, none)).rejects.toThrow(words)
    await expect(wholeFile(none, none, 1)).rejects.toThrow(words)
    await expect(fileBytes(folder).next()).rejects.toThrow(`cannot read ${folder}: is a directory`)
    expect(() => diskLayer(none, DEFAULT_LIMITS)).toThrow(words)
  })

  test('is a usage error for configuration files', () => {
    expect(() => loadRpmlintFiles([none], [])).toThrow(new UsageError(words))
    expect(() => loadRpmlintFiles([], [none])).toThrow(new UsageError(words))
    expect(() => loadBaseline(none, false)).toThrow(
      new UsageError(`cannot read the baseline ${none}: no such file or directory; create it with --update-baseline`),
    )
    expect(loadBaseline(none, true)).toEqual({ file: none, entries: [] })
    const below = join(none, 'baseline.json')
    expect(() => saveBaseline({ file: below, entries: [] })).toThrow(
      new UsageError(`cannot write the baseline ${below}: no such file or directory`),
    )
  })
})

test('nothing that touches the world asks `instanceof Error`, which is false under Jest for what Node’s core throws', () => {
  const io = fileURLToPath(new URL('../../lib/io', import.meta.url))
  const sources = readdirSync(io, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts') && name !== 'os-error.ts')
  expect(sources.length).toBeGreaterThan(40)
  expect(sources.filter(name => /instanceof Error\b/.test(readFileSync(join(io, name), 'utf8')))).toEqual([])
})
