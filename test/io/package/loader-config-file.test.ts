import { describe, expect, test } from '@jest/globals'
import { LimitError } from '../../../lib/errors/check-error.js'
import {
  LoaderConfigFile,
  isLoaderConfigFile,
  listsDirectories,
  mayListDirectories,
  type LoaderConfigContent,
} from '../../../lib/io/package/loader-config-file.js'

const nobody = { write: () => undefined, end: () => Promise.resolve(), abandon: () => Promise.resolve() }

describe('configuration of the loader', () => {
  test.each(['/etc/ld.so.conf', '/etc/ld.so.preload', '/etc/ld.so.conf.d/x.conf', '/etc/ld.so.conf.d/x', '/etc/ld-musl-x86_64.path'])(
    'is %s',
    path => expect(isLoaderConfigFile(path)).toBe(true),
  )

  test.each([
    '/opt/x/etc/ld.so.conf',
    'etc/ld.so.conf',
    '/etc/ld.so.conf.rpmnew',
    '/etc/ld.so.cache',
    '/etc/ldxso.conf',
    '/etc/ld.so.conf.d',
    '/etc/ld.so.conf.d/',
    '/etc/ld.so.conf.d/x/y.conf',
    '/etc/ld-musl-.path',
    '/etc/ld-musl-x/y.path',
    '/etc/ld-musl-x86_64.path.rpmsave',
    '/etc/ld-musl-x86_64xpath',
  ])('is not %s', path => expect(isLoaderConfigFile(path)).toBe(false))
})

describe('a file of it', () => {
  test('is buffered as a byte string, in pieces of any size', async () => {
    const kept: LoaderConfigContent[] = []
    const file = new LoaderConfigFile('/etc/ld.so.conf', content => void kept.push(content), nobody)
    for (const piece of ['/opt', '/\xe9\n']) await file.write(Buffer.from(piece, 'latin1'))
    expect(kept).toEqual([])
    await file.end()
    expect(kept).toEqual([{ path: '/etc/ld.so.conf', content: '/opt/\xe9\n' }])
  })

  test('has at most 64 KiB', () => {
    const file = new LoaderConfigFile('/etc/ld.so.conf', () => undefined, nobody)
    void file.write(Buffer.alloc(64 * 1024))
    expect(() => file.write(Buffer.alloc(1))).toThrow(LimitError)
  })
})

describe('a file that ld.so.conf could include', () => {
  test.each(['/opt/x\n', '# x\n\n/opt/x # y\n', 'include /a/*.conf\n/b', '  /opt/x\r\n', 'hwcap 1 x\n/a'])('is %j', text => {
    expect(mayListDirectories(Buffer.from(text))).toBe(true)
    expect(listsDirectories(text)).toBe(true)
  })

  test.each(['', '\n', '# only a comment\n', '/bin/sh -c x\n', '/a\nb\n', 'includes\n', 'INCLUDE x'])('is not %j', text =>
    expect(listsDirectories(text)).toBe(false),
  )

  test.each(['#!/bin/sh\n', 'x', '', '/a\0'])('does not begin like %j', text => expect(mayListDirectories(Buffer.from(text))).toBe(false))
})
