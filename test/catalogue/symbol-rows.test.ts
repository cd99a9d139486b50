import { describe, expect, test } from '@jest/globals'
import { SymbolRows } from '../../lib/catalogue/symbol-rows.js'

describe('rows by name', () => {
  const symbols = new SymbolRows([
    ['acme_new 0 2 f b', 'o 0 0 f', 'acme_hash 1 1 fw'],
    ['ac 0 0 o', 'other 1 2 o', '\u00e1cme_x 0 0 f', 'acme_new 1 1 f'],
  ])

  test.each([
    ['acme_new', 'acme_new 0 2 f b', 0],
    ['acme_hash', 'acme_hash 1 1 fw', 0],
    ['o', 'o 0 0 f', 0],
    ['ac', 'ac 0 0 o', 1],
    ['\u00e1cme_x', '\u00e1cme_x 0 0 f', 1],
  ])('%j is found, asked again as well', (name, row, list) => {
    expect(symbols.find(name)).toEqual({ list, row })
    expect(symbols.find(name)).toEqual({ list, row })
  })

  test.each(['', 'a', 'acme', 'acme_new ', 'acme_new 0', 'acme_newer', 'o ', 'ot', 'ácme', '__proto__', 'toString', '\u{1f600}', '中文'])(
    '%j is not found',
    name => expect(symbols.find(name)).toBeNull(),
  )

  test('without rows nothing is found', () => expect(new SymbolRows([[], []]).find('acme_new')).toBeNull())
})
