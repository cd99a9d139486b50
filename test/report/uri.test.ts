import { describe, expect, test } from '@jest/globals'
import { innerUriOf, segmentOf, uriOf } from '../../lib/report/uri.js'

describe('the URI of a path', () => {
  test.each([
    ['dist/libstdc++-1.0~rc1-1.x86_64.rpm', 'dist/libstdc++-1.0~rc1-1.x86_64.rpm'],
    ['a b^c.rpm', 'a%20b%5Ec.rpm'],
    ['a#b?c%d.rpm', 'a%23b%3Fc%25d.rpm'],
    ['a:b/c:d.rpm', './a:b/c:d.rpm'],
    ['größe.rpm', 'gr%C3%B6%C3%9Fe.rpm'],
    ['../up.rpm', '../up.rpm'],
    ['/abs/a b.rpm', 'file:///abs/a%20b.rpm'],
    ['a"<>\\`{|}.rpm', 'a%22%3C%3E%5C%60%7B%7C%7D.rpm'],
    ['a\n.rpm', 'a%0A.rpm'],
    ['-', '-'],
  ])('%j is %s', (path, uri) => expect(uriOf(path)).toBe(uri))

  test('has U+FFFD for a lone surrogate, which UTF-8 cannot encode', () => expect(segmentOf('a\ud800')).toBe('a%EF%BF%BD'))
})

test('a file inside a package has an absolute path without a scheme', () => {
  expect(innerUriOf('/usr/lib64/a:b.so')).toBe('/usr/lib64/a:b.so')
  expect(innerUriOf('relative/x.so')).toBe('/relative/x.so')
  expect(innerUriOf('/v.tar.gz!v/lib/x.so')).toBe('/v.tar.gz!v/lib/x.so')
  expect(innerUriOf('//host/x')).toBe('/host/x') // not a host
})
