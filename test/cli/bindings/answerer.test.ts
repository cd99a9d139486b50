/** Answers about programs, also unreadable ones. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Answerer } from '../../../lib/cli/bindings/answerer.js'
import { questionOf } from '../../../lib/cli/bindings/question.js'
import { parseCommandLine } from '../../../lib/cli/command-line.js'
import { diskLayer } from '../../../lib/io/loader/disk-layer.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import { LayeredFiles } from '../../../lib/link/layered-files.js'
import type { ProgramReport } from '../../../lib/report/program-report.js'
import { KeptStream, surroundingsOf } from '../../support/command.js'
import { buildElf } from '../../support/elf-builder.js'
import { app, lib } from '../../support/process.js'
import { scratchFolder } from '../../support/tools.js'

const root = scratchFolder('answerer')
for (const directory of ['bin', 'lib64', 'bin/directory']) mkdirSync(join(root, directory))
writeFileSync(join(root, 'bin/one'), buildElf(app(['libf.so'], ['f', 'MD5_Init'])))
writeFileSync(join(root, 'bin/broken'), buildElf(app([])).subarray(0, 200))
writeFileSync(join(root, 'lib64/ld.so'), buildElf(lib([], { soname: 'ld.so' })))
writeFileSync(join(root, 'lib64/libf.so'), buildElf(lib(['f', 'MD5_Init'])))

const HERE = surroundingsOf({ cwd: root }, new KeptStream(), new KeptStream())

function answer(program: string, ...words: readonly string[]): ProgramReport {
  const line = parseCommandLine(['bindings', '--root', root, ...words])
  if (line.command !== 'bindings') throw new Error(`read as ${line.command}`)
  const files = new LayeredFiles([diskLayer(root, DEFAULT_LIMITS)])
  return new Answerer(questionOf(line.options, [], [], HERE), files).answer(program)
}

const NOTHING = { scope: [], bindings: [], warnings: [], assumptions: [] }

describe('the answer', () => {
  test('about a program has its bindings', () => {
    const { reason, errors, bindings } = answer('/bin/one')
    expect({ reason, errors }).toEqual({ reason: null, errors: [] })
    expect(bindings.map(({ symbol }) => symbol)).toEqual(['MD5_Init', 'f'])
  })

  test.each([
    [['--symbols', 'crypto'], ['MD5_Init']],
    [['--symbols', 'f*'], ['f']],
    [
      ['-s', 'f', '-s', 'crypto'],
      ['MD5_Init', 'f'],
    ],
    [['-s', 'F'], []],
  ])('to %j has the symbols %j', (words, symbols) =>
    expect(answer('/bin/one', ...words).bindings.map(({ symbol }) => symbol)).toEqual(symbols),
  )

  test('about a missing program says so', () =>
    expect(answer('/bin/none')).toEqual({
      ...NOTHING,
      program: '/bin/none',
      reason: 'unreadable',
      errors: ['cannot read /bin/none: no such file or directory'],
    }))

  test('about an unreadable program says why', () => {
    const { errors, ...rest } = answer('/bin/directory')
    expect(rest).toEqual({ ...NOTHING, program: '/bin/directory', reason: 'unreadable' })
    expect(errors).toEqual([expect.stringMatching(/^cannot read \/bin\/directory: ./)])
  })

  test('about a truncated program has the reason', () =>
    expect(answer('/bin/broken')).toMatchObject({ ...NOTHING, program: '/bin/broken', reason: 'malformed', errors: [/./] as never }))
})
