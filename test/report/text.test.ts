/**
 * The golden files are the output of `rpmlint-ts check --no-config` in sample-rpms/rpms for the packages of 2012: plain, with --quiet, and with
 * --format rpmlint.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { rules } from '../../rules/index.js'
import type { Finding } from '../../lib/lint/finding.js'
import type { CheckedPackage, Notice, Report } from '../../lib/lint/report.js'
import { renderFactsText } from '../../lib/report/facts-text.js'
import { renderRpmlint } from '../../lib/report/rpmlint.js'
import { coloured, plain } from '../../lib/report/style.js'
import { renderText, type TextOptions } from '../../lib/report/text.js'
import { hideFromExport } from '../../lib/lint/remedies.js'
import { library } from '../../lib/testing.js'
import { outcomeOf, reportOn } from '../support/engine.js'
import { HARMFUL, hostilePackage } from '../support/hostile-package.js'
import { CHAIN, sampleReport } from '../support/sample.js'

const OPTIONS: TextOptions = { style: plain, width: 100, isQuiet: false, rules }

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8')

const FINDING: Finding = {
  rule: 'unversioned-crypto-export',
  severity: 'error',
  file: '/usr/lib64/libx.so',
  symbols: ['a', 'b', 'c', 'd'],
  message: 'exports names',
  remedy: 'hide them',
  data: {},
  fingerprint: '0'.repeat(32),
  waived: null,
  unwaived: null,
}

const WAIVED = { by: 'waiver', reason: 'known', owner: null, expires: null } as const

const CHECKED: CheckedPackage = {
  outcome: 'checked',
  path: 'x.rpm',
  identity: { name: 'x', epoch: null, version: '1', release: '1', arch: 'noarch' },
  isSource: false,
  sourceRpm: null,
  objects: 1,
  findings: [],
  notes: [],
}

const reportOf = (...packages: readonly Partial<CheckedPackage>[]): Report => ({
  tool: { name: 'rpmlint-ts', version: '1' },
  packages: packages.map(entry => ({ ...CHECKED, ...entry })),
  notices: [],
})

const textOf = (options: Partial<TextOptions>, ...findings: readonly Partial<Finding>[]): string =>
  renderText(reportOf({ findings: findings.map(finding => ({ ...FINDING, ...finding })) }), { ...OPTIONS, ...options })

describe('the packages of 2012', () => {
  let report: Report
  beforeAll(async () => void (report = await sampleReport(CHAIN)))

  test('print as text', () => expect(renderText(report, OPTIONS)).toBe(golden('chain.txt')))
  test('print as quiet text', () => expect(renderText(report, { ...OPTIONS, isQuiet: true })).toBe(golden('chain-quiet.txt')))
  test('print in rpmlint’s format', () => expect(renderRpmlint(report)).toBe(golden('chain-rpmlint.txt')))
  test('print the same in colour, apart from escape sequences', () => {
    const text = renderText(report, { ...OPTIONS, style: coloured })
    expect(text).not.toBe(golden('chain.txt'))
    expect(text.replace(/\x1b\[\d+m/g, '')).toBe(golden('chain.txt'))
  })
})

describe('text', () => {
  test('explains each rule and its fix once', () => {
    const text = textOf({}, {}, { file: '/other' }, { rule: 'forged-crypto-version' })
    expect(text.match(/why: /g)).toHaveLength(2)
    expect(text.match(/fix: /g)).toHaveLength(1)
    expect(textOf({}, {}, { remedy: 'or so' }).match(/fix: /g)).toHaveLength(2)
  })

  test('shows five lines of a fix at most, and never a part of an alternative', () => {
    const alternative = (letter: string): string => `- ${`${letter}${letter} `.repeat(40).trim()}`
    const [first, second, third] = [alternative('b'), alternative('c'), alternative('d')]
    const rule = 'nosrc-derived'
    const fixOf = (remedy: string): string[] => {
      const lines = textOf({}, { rule, remedy }).split('\n')
      return lines.slice(
        lines.findIndex(line => line.startsWith('      fix: ')),
        lines.lastIndexOf('') - 2,
      )
    }
    expect(fixOf(`Do this:\n${first}\n${second}`)).toHaveLength(5)
    expect(fixOf(`Do this:\n${first}\n${second}`).at(-1)).toMatch(/^ +cc/)
    const cut = fixOf(`Do this:\n${first}\n${second}\n${third}`)
    expect(cut).toHaveLength(4)
    expect(cut.at(-1)).toBe('      more: rpmlint-ts explain nosrc-derived')
    expect(fixOf(`${'long '.repeat(200)}\n- short`)).toHaveLength(5)
  })

  test.each([80, 100])('has room for the longest script in %i columns', width => {
    const names = Array.from({ length: 12 }, (_, index) => `symbol_number_${String(index).padStart(2, '0')}`)
    for (const count of [3, 4, 5, 12]) {
      const object = library({ exports: [...names.slice(0, count), 'SSL_new'] })
      const client = { object: { path: '/y', package: 'y' }, isElsewhere: true, needsGuarded: true, symbols: names }
      const text = textOf({ width }, { remedy: hideFromExport(object, [client]) })
      expect(text.split('fix: ')[1]!.split('\n\n')[0]!.split('\n').length).toBeLessThanOrEqual(5)
      expect(text.replace(/\s+/g, ' ')).toContain('local: *; };')
    }
  })

  test('refers to the explanation of a rule that says more', () => {
    expect(textOf({}, {})).toContain('\n      fix: hide them\n      more: rpmlint-ts explain unversioned-crypto-export\n')
    expect(textOf({}, { rule: 'nosrc-derived' })).not.toContain('more:')
  })

  test('does not explain infos', () => expect(textOf({}, { severity: 'info' })).not.toMatch(/why:|fix:/))

  test.each([
    [['a'], 'a'],
    [['a', 'b', 'c', 'd'], 'a, b, c, d'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d, e'],
    [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d and 2 more'],
  ])('lists %j as %s', (symbols, shown) => expect(textOf({}, { symbols }).split('\n')).toContain(`      ${shown}`))

  test('lists other paths of the file', () => {
    expect(textOf({}, { data: { alsoAt: ['/b', '/c'] } })).toContain('\n      also at /b, /c\n')
  })

  test('uses singular and plural', () => {
    expect(renderText(reportOf({}), OPTIONS)).toBe('x.rpm: clean (1 ELF object)\n\n1 package, 1 ELF object: 0 errors, 0 warnings, 0 info\n')
    expect(renderText(reportOf({ objects: 2 }, { path: 'y.rpm', objects: 0 }), OPTIONS)).toContain('2 packages, 2 ELF objects: 0 errors')
    expect(textOf({}, {}, { severity: 'warning' }, { severity: 'warning' })).toContain(': 1 error, 2 warnings, 0 info\n')
  })

  test('counts unchecked packages, and leaves the reason to standard error', () => {
    const unchecked = { outcome: 'unchecked', path: 'b.rpm', reason: 'malformed', structure: null, offset: null, message: 'cut' } as const
    const text = renderText({ ...reportOf({}), packages: [CHECKED, unchecked] }, OPTIONS)
    expect(text).toContain('2 packages, 1 ELF object: 0 errors, 0 warnings, 0 info, 1 not checked')
    expect(text).not.toContain('b.rpm')
  })

  test('shows notes, but not waived findings', () => {
    const note = { id: 'n', message: 'a.zip could not be read', path: null, structure: null, offset: null, isOdd: false }
    const text = renderText(reportOf({ notes: [note], findings: [{ ...FINDING, waived: WAIVED }] }), OPTIONS)
    expect(text).toBe(
      'x.rpm: clean (1 ELF object)\n  note  a.zip could not be read\n\n1 package, 1 ELF object: 0 errors, 0 warnings, 0 info, 1 waived\n',
    )
  })
})

describe('text of waivers and of the run', () => {
  const NOTICES: readonly Notice[] = [
    { id: 'unused-waiver', severity: 'error', message: 'nothing needs it', file: 'rpmlint-ts.toml', line: 12 },
    { id: 'unused-filter', severity: 'warning', message: 'no line matches', file: 'x.rpmlintrc', line: null },
    { id: 'new-baseline', severity: 'info', message: '2 findings are in it', file: null, line: null },
  ]

  test('says why a waiver does not apply, below its finding', () => {
    expect(textOf({}, { unwaived: 'it ended on 2026-01-31' })).toContain(
      '\n      a, b, c, d\n      not waived: it ended on 2026-01-31\n      why: ',
    )
    expect(textOf({ isQuiet: true }, { unwaived: 'it ended on 2026-01-31' })).toContain('      not waived: it ended on 2026-01-31\n')
  })

  test('has notices at its end', () => {
    expect(renderText({ ...reportOf({}), notices: NOTICES }, OPTIONS)).toBe(
      [
        'x.rpm: clean (1 ELF object)\n',
        'error rpmlint-ts.toml:12 unused-waiver\n      nothing needs it',
        'warning x.rpmlintrc unused-filter\n      no line matches',
        'info (run) new-baseline\n      2 findings are in it\n',
        '1 package, 1 ELF object: 0 errors, 0 warnings, 0 info\n',
      ].join('\n'),
    )
  })

  test('omits infos if quiet', () => {
    const quiet = renderText({ ...reportOf({}), notices: NOTICES }, { ...OPTIONS, isQuiet: true })
    expect(quiet).toMatch(/^error rpmlint-ts\.toml:12[^]*\nwarning x\.rpmlintrc[^]*no line matches\n$/)
  })
})

describe('quiet text', () => {
  test('is empty if nothing fails', () => {
    expect(renderText(reportOf({}), { ...OPTIONS, isQuiet: true })).toBe('')
    expect(textOf({ isQuiet: true }, { severity: 'info' })).toBe('')
    expect(textOf({ isQuiet: true, failOn: 'info' }, { severity: 'info' })).toContain('exports names')
  })

  test('omits explanations, infos and clean packages', () => {
    const report = reportOf({}, { path: 'y.rpm', findings: [FINDING, { ...FINDING, severity: 'info', rule: 'bundled-openssl' }] })
    expect(renderText(report, { ...OPTIONS, isQuiet: true })).toBe(
      'y.rpm\n  error /usr/lib64/libx.so unversioned-crypto-export\n      exports names\n      a, b, c, d\n',
    )
  })
})

describe('rpmlint’s lines', () => {
  const linesOf = (report: Report): string[] => renderRpmlint(report).split('\n')

  test('have name, architecture, level, rule and details', () => {
    expect(linesOf(reportOf({ findings: [FINDING] }))[0]).toBe('x.noarch: E: unversioned-crypto-export /usr/lib64/libx.so a b c d')
  })

  test('begin with the path of a standalone file, and omit missing details', () => {
    const findings = [{ ...FINDING, file: null, symbols: [] }]
    expect(linesOf(reportOf({ path: 'build/libx.so', identity: null, findings }))[0]).toBe('build/libx.so: E: unversioned-crypto-export')
  })

  test('are sorted by descending rule, then descending level, as rpmlint does', () => {
    const findings = [
      { ...FINDING, rule: 'a', severity: 'error' as const, file: '/1' },
      { ...FINDING, rule: 'b', severity: 'error' as const, file: '/2' },
      { ...FINDING, rule: 'b', severity: 'warning' as const, file: '/3' },
      { ...FINDING, rule: 'b', severity: 'info' as const, file: '/4' },
      { ...FINDING, rule: 'b', severity: 'warning' as const, file: '/5' },
    ]
    expect(linesOf(reportOf({ findings })).map(line => /: ([EWI]: . \/\d)/.exec(line)?.[1])).toEqual([
      'W: b /3',
      'W: b /5',
      'I: b /4',
      'E: b /2',
      'E: a /1',
      undefined,
      undefined,
    ])
  })

  test('report notices for the last package, and count them', () => {
    const notices = (['error', 'warning', 'info'] as const).map(severity => ({
      id: `n-${severity}`,
      severity,
      message: 'm',
      file: null,
      line: null,
    }))
    const last = { path: 'y.rpm', identity: { name: 'y', epoch: null, version: '1', release: '1', arch: 'src' } }
    expect(linesOf({ ...reportOf({ findings: [FINDING] }, last), notices })).toEqual([
      'x.noarch: E: unversioned-crypto-export /usr/lib64/libx.so a b c d',
      'y.src: W: n-warning m',
      'y.src: I: n-info m',
      'y.src: E: n-error m',
      ' 2 packages and 0 specfiles checked; 2 errors, 1 warnings, 0 filtered, 2 badness ',
      '',
    ])
    expect(linesOf({ ...reportOf(), notices })[0]).toBe('rpmlint-ts: W: n-warning m')
  })

  test('end with the counts, always plural, and omit waived findings', () => {
    const findings = [FINDING, { ...FINDING, severity: 'warning' as const }, { ...FINDING, waived: WAIVED }]
    expect(linesOf(reportOf({ findings })).slice(2)).toEqual([
      ' 1 packages and 0 specfiles checked; 1 errors, 1 warnings, 1 filtered, 1 badness ',
      '',
    ])
  })
})

describe('hostile names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  /** The three text formats for a package whose names contain `mark`, without wrapping. */
  async function printed(mark?: string): Promise<string[]> {
    const path = join(folder, 'x.rpm')
    writeFileSync(path, hostilePackage(mark))
    const report: Report = { tool: { name: 'rpmlint-ts', version: '1' }, packages: [await reportOn(path)], notices: [] }
    const width = 100_000
    return [
      renderText(report, { ...OPTIONS, width }),
      renderRpmlint(report),
      renderFactsText([await outcomeOf(path)], { style: plain, width, isListed: () => true }),
    ]
  }

  test('do not reach a terminal', async () => {
    for (const text of await printed()) {
      expect(text).toContain('evil\\x0a\\x1b[2J')
      expect(text).not.toMatch(HARMFUL)
    }
  })

  test('do not add lines', async () => {
    const [evil, tame] = [await printed(), await printed('tame')]
    expect(evil.map(text => text.split('\n').length)).toEqual(tame.map(text => text.split('\n').length))
  })

  test('are escaped in paths of packages too', () => {
    for (const text of [
      renderText(reportOf({ path: 'a\n\x1b[2J.rpm' }), OPTIONS),
      renderRpmlint(reportOf({ path: 'a\n\x1b[2J.rpm', identity: null, findings: [FINDING] })),
    ])
      expect(text).toContain('a\\x0a\\x1b[2J.rpm')
  })
})
