/** The question from the options of `bindings`. */
import { describe, expect, test } from '@jest/globals'
import { isLocalSystem, questionOf, type Question } from '../../../lib/cli/bindings/question.js'
import { parseCommandLine } from '../../../lib/cli/command-line.js'
import { hwcapsHere } from '../../../lib/io/loader/hwcaps.js'
import { KeptStream, surroundingsOf } from '../../support/command.js'

function questionFor(words: readonly string[], packages: readonly string[] = []): Question {
  const line = parseCommandLine(['bindings', '/bin/x', ...words])
  if (line.command !== 'bindings') throw new Error(`read as ${line.command}`)
  const destinations = [
    { format: 'json', file: 'r.json' },
    { format: 'text', file: null },
  ]
  return questionOf(line.options, packages, destinations, surroundingsOf({ cwd: process.cwd() }, new KeptStream(), new KeptStream()))
}

describe('a question', () => {
  test('without options is about this machine, for all symbols', () =>
    expect(questionFor([])).toMatchObject({
      root: null,
      packages: [],
      libc: null,
      libraryPath: null,
      preload: '',
      workingDirectory: process.cwd(),
      bindsNow: false,
      prefersStrong: false,
      symbols: [],
    }))

  test('has the values of options, as byte strings for the loader', () =>
    expect(
      questionFor([
        '--library-path=/ö:/b',
        '--preload',
        'é.so',
        '--bind-now',
        '--dynamic-weak',
        '--libc',
        'musl',
        '-s',
        'a*',
        '-s',
        'crypto',
      ]),
    ).toMatchObject({
      libc: 'musl',
      libraryPath: '/\xc3\xb6:/b',
      preload: '\xc3\xa9.so',
      bindsNow: true,
      prefersStrong: true,
      symbols: ['a*', 'crypto'],
    }))

  test('has no library path if it is empty', () => expect(questionFor(['--library-path=']).libraryPath).toBeNull())

  test('is about this machine without a root and packages', () => {
    expect([questionFor([]), questionFor(['--root', 'tree']), questionFor([], ['a.rpm'])].map(isLocalSystem)).toEqual([true, false, false])
    for (const elsewhere of [questionFor(['--root', 'tree']), questionFor([], ['a.rpm'])]) expect(elsewhere.workingDirectory).toBe('')
  })

  test.each<readonly [string | null, readonly string[] | null, readonly string[] | null]>([
    [null, null, []],
    ['auto', null, null],
    ['none', [], []],
    ['', [], []],
    ['z13', ['z13'], ['z13']],
    ['x86-64-v3:x86-64-v2,haswell', ['x86-64-v3', 'x86-64-v2', 'haswell'], ['x86-64-v3', 'x86-64-v2', 'haswell']],
    [':power9,', ['power9'], ['power9']],
  ])('with --hwcaps %s searches %j here and %j elsewhere', (hwcaps, here, elsewhere) => {
    const words = hwcaps === null ? [] : [`--hwcaps=${hwcaps}`]
    expect(questionFor(words).hwcaps).toEqual(here ?? hwcapsHere())
    for (const question of [questionFor([...words, '--root', 'tree']), questionFor(words, ['a.rpm'])])
      expect(question.hwcaps).toEqual(elsewhere ?? hwcapsHere())
  })

  test('refuses unknown hwcaps', () =>
    expect(() => questionFor(['--hwcaps=x86-64-v3:x86_64-v2'])).toThrow('unknown name x86_64-v2; known: x86-64-v4'))

  test('has a rendering for each destination, without colours for a file unless forced', () => {
    expect(questionFor(['--quiet']).renderings).toMatchObject([
      { format: 'json', isColoured: false, width: 100, isQuiet: true },
      { format: 'text', isQuiet: true },
    ])
    expect(questionFor(['--color=always']).renderings.map(({ isColoured }) => isColoured)).toEqual([true, true])
    expect(questionFor(['--color=never']).renderings.map(({ isColoured }) => isColoured)).toEqual([false, false])
  })
})
