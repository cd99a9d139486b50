import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { replaceFile } from '../../lib/io/replace-file.js'

const root = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
afterAll(() => rmSync(root, { recursive: true }))

describe('a file that is replaced', () => {
  const folder = join(root, 'reports')
  const file = join(folder, 'r.json')
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
  })

  test('is complete, and no temporary file remains', () => {
    replaceFile(file, 'first')
    replaceFile(file, 'second')
    expect(readFileSync(file, 'utf8')).toBe('second')
    expect(readdirSync(folder)).toEqual(['r.json'])
  })

  test('is a new file, while a reader of the old one reads it to its end', () => {
    replaceFile(file, 'first')
    const before = statSync(file).ino
    replaceFile(file, 'second')
    expect(statSync(file).ino).not.toBe(before)
  })

  test('keeps its permissions', () => {
    writeFileSync(file, 'first')
    chmodSync(file, 0o600)
    replaceFile(file, 'second')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('remains a link, whose target is written', () => {
    writeFileSync(join(folder, 'target'), 'first')
    symlinkSync('target', file)
    replaceFile(file, 'second')
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('second')
  })

  test('is created where a link leads that has no target yet', () => {
    mkdirSync(join(folder, 'd'))
    symlinkSync('d/target', file)
    replaceFile(file, 'text')
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'd', 'target'), 'utf8')).toBe('text')
    expect(readdirSync(join(folder, 'd'))).toEqual(['target'])
  })

  test('is new behind a link too: a reader of the old one reads it to its end', () => {
    mkdirSync(join(folder, 'd'))
    writeFileSync(join(folder, 'd', 'target'), 'first')
    symlinkSync('d', join(folder, 'e'))
    symlinkSync('e/target', file)
    const before = statSync(file).ino
    replaceFile(file, 'second')
    expect(readFileSync(file, 'utf8')).toBe('second')
    expect(statSync(file).ino).not.toBe(before)
  })

  test('may have the longest name that there is', () => {
    const long = join(folder, 'n'.repeat(255))
    replaceFile(long, 'text')
    expect(readFileSync(long, 'utf8')).toBe('text')
  })

  test('is not disturbed by the draft of another process that was killed', () => {
    writeFileSync(join(folder, `.r.json.${process.pid}`), 'draft')
    replaceFile(file, 'text')
    expect(readFileSync(file, 'utf8')).toBe('text')
  })

  test('is the old one or the new one when the writer is killed at any moment', async () => {
    const writer = join(root, 'writer.mjs')
    const program = `import { replaceFile } from './lib/io/replace-file.ts'
      for (let turn = 0; ; turn++) replaceFile(process.argv[2], 'ab'[turn % 2].repeat(300000))`
    buildSync({ stdin: { contents: program, resolveDir: '.' }, bundle: true, platform: 'node', format: 'esm', outfile: writer })
    for (let turn = 0; turn < 20; turn++) {
      writeFileSync(file, 'a'.repeat(300_000))
      const child = spawn(process.execPath, [writer, file], { stdio: 'ignore' })
      await delay(60 + 7 * turn)
      child.kill('SIGKILL')
      await once(child, 'close')
      expect(/^(a{300000}|b{300000})$/.test(readFileSync(file, 'latin1'))).toBe(true)
    }
  })

  test('cannot be a directory, and no temporary file remains', () => {
    mkdirSync(file)
    expect(() => replaceFile(file, 'text')).toThrow('EISDIR')
    expect(() => replaceFile(join(folder, 'no/such'), 'text')).toThrow('ENOENT')
    expect(readdirSync(folder)).toEqual(['r.json'])
  })
})
