import { describe, expect, test } from '@jest/globals'
import { renderProgramText, type BindingsTextOptions } from '../../lib/report/bindings-text.js'
import type { ProgramReport } from '../../lib/report/program-report.js'
import { plain } from '../../lib/report/style.js'
import { app, lib, LOADER, reportsOn } from '../support/process.js'

const OPTIONS: BindingsTextOptions = { style: plain, width: 200, isQuiet: false, isEveryAnswered: false }
const FILES = { ...LOADER, '/lib64/a': lib(['f', 'g']), '/lib64/b': lib(['f']), '/bin/app': app(['a', 'b'], ['f', 'g']) }
const [STARTED] = reportsOn(['/bin/app'], FILES)

const UNREADABLE: ProgramReport = {
  program: '/bin/cut',
  reason: 'malformed',
  errors: ['/bin/cut: ELF header: need 64 bytes'],
  warnings: [],
  scope: [],
  bindings: [],
  assumptions: [],
}

function linesOf(report: ProgramReport, options: Partial<BindingsTextOptions> = {}): string[] {
  return renderProgramText(report, { ...OPTIONS, ...options }).split('\n')
}

describe('bindings as text', () => {
  test('has the load order, then the references with several candidates', () => {
    expect(linesOf(STARTED!).slice(0, 3)).toEqual([
      '/bin/app',
      '  load order: /bin/app, /lib64/a, /lib64/b',
      expect.stringMatching(/^ {2}f, .* \/lib64\/a, .* \/lib64\/b /),
    ])
  })

  test('has a call of a function of its own that binds to another library', () => {
    const own = { ...lib(['f']), calls: ['f'] }
    const [report] = reportsOn(['/bin/app'], { ...LOADER, '/lib64/a': lib(['f']), '/lib64/b': own, '/bin/app': app(['a', 'b']) })
    expect(linesOf(report!)[2]).toBe('  f, called by /lib64/b: binds to /lib64/a, ahead of /lib64/b in the load order')
    const [alone] = reportsOn(['/bin/app'], { ...LOADER, '/lib64/b': own, '/bin/app': app(['b']) })
    expect(linesOf(alone!)[2]).not.toContain('called by')
  })

  test('has all references if symbols were asked for', () => {
    const symbolsOf = (lines: readonly string[]): (string | undefined)[] => lines.flatMap(line => /^ {2}([fg]), /.exec(line)?.[1] ?? [])
    expect(symbolsOf(linesOf(STARTED!))).toEqual(['f'])
    expect(symbolsOf(linesOf(STARTED!, { isEveryAnswered: true }))).toEqual(['f', 'g'])
  })

  test('has only bindings if quiet', () => {
    expect(linesOf(STARTED!, { isQuiet: true })).toEqual(['/bin/app', expect.stringMatching(/^ {2}f, /), ''])
  })

  test('of an unreadable program has only its error', () => {
    expect(linesOf(UNREADABLE)).toEqual(['/bin/cut', '  error  /bin/cut: ELF header: need 64 bytes', ''])
  })

  test('has assumptions, if any, unless quiet', () => {
    const assuming = { ...UNREADABLE, assumptions: ['no cache', 'no preload'] }
    expect(linesOf(assuming)).toEqual([...linesOf(UNREADABLE).slice(0, 2), expect.stringMatching(/: no cache; no preload$/), ''])
    expect(linesOf(assuming, { isQuiet: true })).toEqual(linesOf(UNREADABLE))
  })
})
