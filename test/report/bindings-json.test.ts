/** The bindings of a library are rendered for the current program, whatever was rendered for the previous one. */
import { expect, test } from '@jest/globals'
import { BindingsJson } from '../../lib/report/bindings-json.js'
import { app, lib, LOADER, reportsOn } from '../support/process.js'

const NAMES = Array.from({ length: 300 }, (_, index) => `function_${index}`)
const FILES = {
  ...LOADER,
  '/lib64/large': lib(NAMES, { calls: NAMES }),
  '/lib64/between': lib(['function_7', 'function_150']),
  '/bin/plain': app(['large']),
  '/bin/other': app(['between', 'large']),
  '/bin/last': app(['large'], [], { symbols: [{ name: 'function_299' }] }),
}

interface Rendered {
  readonly bindings: readonly { readonly symbol: string; readonly provider: string; readonly referrer: string }[]
}

function rendered(json: BindingsJson, report: Parameters<BindingsJson['render']>[0]): Rendered {
  return JSON.parse(Buffer.concat(json.render(report)).toString()) as Rendered
}

test('cached text is reused only for the same bindings', () => {
  const reports = reportsOn(['/bin/plain', '/bin/other', '/bin/plain', '/bin/last'], FILES)
  const json = new BindingsJson()
  const elsewhere = reports.map(report => {
    const kept = rendered(json, report)
    expect(kept).toEqual(rendered(new BindingsJson(), report))
    return kept.bindings.filter(({ provider }) => provider !== '/lib64/large').map(({ symbol, provider }) => [symbol, provider])
  })
  const between = ['function_150', 'function_7'].map(symbol => [symbol, '/lib64/between'])
  expect(elsewhere).toEqual([[], between, [], [['function_299', '/bin/last']]])
  expect(reports.map(({ bindings }) => bindings.length)).toEqual([300, 300, 300, 300])
})
