import { expect, test } from '@jest/globals'
import { preloadNames } from '../../lib/link/setup.js'
import { app, lib, LOADER, start } from '../support/process.js'

test.each<[string, readonly string[]]>([
  ['', []],
  ['a', ['a']],
  ['a:b c', ['a', 'b', 'c']],
  [' : a::  b: ', ['a', 'b']],
  ['/lib64/a.so b/$LIB', ['/lib64/a.so', 'b/$LIB']],
  ['a\tb\nc#d', ['a\tb\nc#d']],
])('LD_PRELOAD is separated by spaces and colons alone: %j', (list, names) => expect(preloadNames(list)).toEqual(names))

test('/etc/ld.so.preload is separated by tabs and newlines too, and has comments', () => {
  const libraries = { '/lib64/a': lib(), '/lib64/b': lib(), '/lib64/c': lib(), '/lib64/d': lib(), '/lib64/e': lib() }
  const preload = Buffer.from('a:b #e\nc\td\n')
  expect(start({ ...LOADER, ...libraries, '/bin/app': app([]), '/etc/ld.so.preload': preload }).scope).toEqual(['app', 'a', 'b', 'c', 'd'])
})
