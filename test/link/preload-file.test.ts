import { expect, test } from '@jest/globals'
import { preloadFileNames } from '../../lib/link/preload-file.js'

test.each<[text: string, names: readonly string[]]>([
  ['/a:/b\tc\n\nd', ['/a', '/b', 'c', 'd']],
  ['# all\n/a # x\n', ['/a', '#', 'x']],
  ['/a # x\n/b\n', ['/a', '/b']],
  ['#/a\n#/b\n/c', ['/c']],
  ['#x\n#/a/b\n/a/b#y', ['/a/b#y']],
  ['#', []],
  ['', []],
])('the names in %j are %j, as ld.so reads them', (text, names) => expect(preloadFileNames(text)).toEqual(names))

test('many comments take no longer than one', () => {
  const text = '#\n'.repeat(500_000)
  expect(preloadFileNames(text).length).toBeLessThan(500_001)
})
