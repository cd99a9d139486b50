import { describe, expect, test } from '@jest/globals'
import { relativePath, reportedPath } from '../../lib/report/reported-path.js'

describe('a reported path', () => {
  test.each([
    ['dist/a.rpm', 'dist/a.rpm'],
    ['./dist/a.rpm', 'dist/a.rpm'],
    ['././/dist/a.rpm', 'dist/a.rpm'],
    ['.hidden/a.rpm', '.hidden/a.rpm'],
    ['..rpm', '..rpm'],
    ['../a.rpm', '../a.rpm'],
    ['/srv/dist/a.rpm', 'dist/a.rpm'],
    ['/srv', '/srv'],
    ['/workshop/a.rpm', '/workshop/a.rpm'],
    ['/elsewhere/a.rpm', '/elsewhere/a.rpm'],
    ['-', '-'],
  ])('of %s is %s in /srv', (path, shown) => expect(relativePath(path, '/srv')).toBe(shown))

  test('is relative to the root too', () => expect(relativePath('/a.rpm', '/')).toBe('a.rpm'))
  test('stays absolute without a working directory', () => expect(relativePath('/srv/a.rpm', null)).toBe('/srv/a.rpm'))
  test('is replaced by the report path, if given', () => {
    expect(reportedPath('a.rpm', { reportPath: './packaging/a.spec', workingDirectory: '/srv' })).toBe('packaging/a.spec')
  })
})
