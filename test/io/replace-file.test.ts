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
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

  test('cannot be a directory, and no temporary file remains', () => {
    mkdirSync(file)
    expect(() => replaceFile(file, 'text')).toThrow('EISDIR')
    expect(() => replaceFile(join(folder, 'no/such'), 'text')).toThrow('ENOENT')
    expect(readdirSync(folder)).toEqual(['r.json'])
  })
})
