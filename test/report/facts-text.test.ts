import { describe, expect, test } from '@jest/globals'
import { renderFactsText } from '../../lib/report/facts-text.js'
import { plain } from '../../lib/report/style.js'
import { library, packageOf, archive as statedArchive, type StatedPackage } from '../../lib/testing.js'

function linesOf(stated: StatedPackage): string[] {
  return renderFactsText([{ path: 'x.rpm', facts: packageOf(stated) }], { style: plain, width: 100, isListed: () => true }).split('\n')
}

describe('the text of inspect', () => {
  const archive = { ...statedArchive(['CRYPTO_lock'], { path: '/usr/lib64/libx.a' }), members: 3 }

  test('has a line for each static archive, nested packages included', () => {
    const inner = { path: '/inner.rpm', facts: packageOf({ archives: [{ ...archive, path: '/usr/lib64/liby.a', members: 2 }] }) }
    const lines = linesOf({ archives: [archive], inner: [inner] })
    expect(lines.filter(line => line.includes('static archive'))).toEqual([
      '  /usr/lib64/libx.a  static archive, 3 members',
      '  /inner.rpm!/usr/lib64/liby.a  static archive, 2 members',
    ])
  })

  test('has none for a package without archives', () => {
    expect(linesOf({ objects: [library()] }).filter(line => line.includes('archive'))).toEqual([])
  })

  test('lists archives after objects', () => {
    const lines = linesOf({ archives: [archive], objects: [library({ path: '/usr/lib64/libz.so.1' })] })
    const at = (name: string): number => lines.findIndex(line => line.startsWith(`  ${name}  `))
    expect(at('/usr/lib64/libz.so.1')).toBeGreaterThan(0)
    expect(at('/usr/lib64/libx.a')).toBeGreaterThan(at('/usr/lib64/libz.so.1'))
  })
})
