/** What ldconfig makes of installed packages, as the loader then finds it. */
import { describe, expect, test } from '@jest/globals'
import { app, lib, LOADER, start, type StatedFile } from '../support/process.js'

const of = (soname: string) => lib([], { soname })
const ENVIRONMENT = { isJustInstalled: true }
const scopeOf = (files: Readonly<Record<string, StatedFile>>): readonly string[] =>
  start({ ...LOADER, '/bin/app': app(['libx.so.1']), ...files }, ENVIRONMENT).scope.slice(1)
const conf = (text: string): Record<string, StatedFile> => ({ '/etc/ld.so.conf': Buffer.from(text) })

describe('a library without a link for its soname', () => {
  test('is found in the directories that ldconfig scans', () => {
    expect(scopeOf({ '/lib64/libx.so.1.2': of('libx.so.1') })).toEqual(['libx.so.1'])
    expect(scopeOf({ '/opt/x/libx.so.1.2': of('libx.so.1'), ...conf('/opt/x\n') })).toEqual(['/opt/x/libx.so.1'])
  })

  test('is not found elsewhere, or under a name that is not a library’s', () => {
    expect(scopeOf({ '/opt/x/libx.so.1.2': of('libx.so.1') })).toEqual([])
    expect(scopeOf({ '/lib64/x.so.1.2': of('libx.so.1') })).toEqual([])
  })
})

describe('of several libraries with one soname', () => {
  const bindingOf = (files: Readonly<Record<string, StatedFile>>): readonly string[] =>
    start({ ...LOADER, '/bin/app': app(['libx.so.1'], ['old', 'new']), ...files }, ENVIRONMENT).answers
  const [older, newer] = ['old', 'new'].map(symbol => lib([symbol], { soname: 'libx.so.1' })) as [StatedFile, StatedFile]

  test('the newest name is linked, numbers compared as numbers', () =>
    expect(bindingOf({ '/lib64/libx.so.1.9': older, '/lib64/libx.so.1.10': newer })).toEqual([
      'app call new: libx.so.1',
      'app call old: ?',
    ]))

  test('a packaged link is corrected', () =>
    expect(bindingOf({ '/lib64/libx.so.1': { link: 'libx.so.1.0' }, '/lib64/libx.so.1.0': older, '/lib64/libx.so.1.1': newer })).toEqual([
      'app call new: libx.so.1',
      'app call old: ?',
    ]))

  test('a file by the soname itself stays', () =>
    expect(bindingOf({ '/lib64/libx.so.1': older, '/lib64/libx.so.1.1': newer })).toEqual(['app call new: ?', 'app call old: libx.so.1']))

  test('the first directory’s is in the cache: /lib before /lib64', () => {
    expect(scopeOf({ '/lib/libx.so.1': older, '/lib64/libx.so.1': newer })).toEqual(['/lib/libx.so.1'])
    expect(scopeOf({ '/lib/libx.so.1': older, '/opt/libx.so.1': newer, ...conf('/opt\n') })).toEqual(['/opt/libx.so.1'])
  })
})

test('a library for another machine is not in the cache, though its directory comes first', () => {
  const foreign = lib([], { soname: 'libx.so.1', machine: 183 })
  expect(scopeOf({ '/opt/libx.so.1': foreign, '/lib/libx.so.1': of('libx.so.1'), ...conf('/opt\n') })).toEqual(['/lib/libx.so.1'])
})

test('of all directories the subdirectory for most features comes first, before glibc 2.37', () => {
  const libc = { '/lib64/libc.so.6': { ...lib(), soname: 'libc.so.6', nodes: { 1: 'libc.so.6', 2: 'GLIBC_2.36' } } }
  const files = { '/opt/a/x86_64/libx.so.1': of('libx.so.1'), '/opt/b/tls/libx.so.1': of('libx.so.1'), ...libc }
  expect(scopeOf({ ...files, ...conf('/opt/a\n/opt/b\n') })).toEqual(['/opt/b/tls/libx.so.1'])
})

test('files that are not libraries are no candidates', () => {
  const broken = { '/opt/libx.so.1.9': Buffer.from('\x7fELF'.padEnd(64)), '/opt/libx.so.2': Buffer.from('INPUT ( -lx )') }
  expect(scopeOf({ ...broken, '/opt/libx.so.1.1': of('libx.so.1'), ...conf('/opt\n') })).toEqual(['/opt/libx.so.1'])
})

test('a cache among the files is ignored, and without one packages need not have been installed', () => {
  const files = { '/etc/ld.so.cache': Buffer.alloc(64), '/opt/libx.so.1': of('libx.so.1'), ...conf('/opt\n') }
  expect(scopeOf(files)).toEqual(['/opt/libx.so.1'])
  const { '/etc/ld.so.cache': _, ...uncached } = files
  const program = { ...LOADER, '/bin/app': app(['libx.so.1']) }
  expect(start({ ...program, ...uncached }).scope[1]).toBe('/opt/libx.so.1')
  expect(start({ ...program, ...files }).failures).not.toEqual([])
})
