/** Filters, badness and lines, by rpmlint itself: its own code reads the same files and gets the same findings. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { loadRpmlintFiles } from '../../lib/io/config/rpmlint-files.js'
import type { Finding } from '../../lib/lint/finding.js'
import { checkedPackage, type Report } from '../../lib/lint/report.js'
import { searchWithoutTimeout } from '../../lib/lint/rpmlint/match-filters.js'
import { LEVELS } from '../../lib/lint/rpmlint/line.js'
import { totalBadness } from '../../lib/lint/rpmlint/scoring.js'
import { SuppressionTracker, type SuppressionSources } from '../../lib/lint/suppression/suppression-tracker.js'
import { unusedSuppressions } from '../../lib/lint/suppression/unused-suppressions.js'
import { packageOf } from '../../lib/testing.js'
import { renderRpmlint } from '../../lib/report/rpmlint.js'
import { findingOf } from '../support/findings.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const folder = scratchFolder('rpmlint')

const DRIVER = `
import json, os, sys
from pathlib import Path
os.environ['CONFIG_DISABLE_AUTOLOADING'] = '1'
from rpmlint.config import Config
from rpmlint.filter import Filter
job = json.load(sys.stdin)
class Package:
    name, arch, current_linenum = 'libx', 'x86_64', None
config = Config([Path(path) for path in job['configs']])
for path in job['rcs']:
    config.load_rpmlintrc(Path(path))
output = Filter(config)
for level, issue, details in job['findings']:
    output.add_info(level, Package, issue, *details)
output.validate_filters(Package)
print(json.dumps({'lines': output.print_results(output.results).splitlines(), 'badness': output.score}))
`

/** The Python that rpmlint is installed for. */
function interpreter(): string {
  const program = execFileSync('sh', ['-c', 'command -v rpmlint'], { encoding: 'utf8' }).trim()
  return /^#!\s*(\S+)/.exec(readFileSync(program, 'utf8'))?.[1] ?? 'python3'
}

const FINDINGS: readonly Finding[] = [
  findingOf({ rule: 'unversioned-crypto-export', symbols: ['CRYPTO_lock', 'MD5_Init'] }),
  findingOf({ rule: 'unversioned-crypto-export', file: '/usr/lib64/liby.so.1', symbols: ['CRYPTO_lock'] }),
  findingOf({ rule: 'foreign-crypto-version', severity: 'warning', file: '/usr/lib64/libz.so.1', symbols: ['ä'.normalize()].map(latin1) }),
  findingOf({ rule: 'bundled-openssl', severity: 'info' }),
  findingOf({ rule: 'nosrc-derived', severity: 'info', file: null }),
]

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}

interface Verdict {
  readonly lines: readonly string[]
  readonly badness: number
}

function byRpmlint(configs: readonly string[], rcs: readonly string[]): Verdict {
  const findings = FINDINGS.map(({ rule, severity, file, symbols }) => [
    LEVELS[severity],
    rule,
    [file, ...symbols.map(symbol => Buffer.from(symbol, 'latin1').toString())],
  ])
  const job = JSON.stringify({ configs, rcs, findings })
  return JSON.parse(execFileSync(interpreter(), ['-c', DRIVER], { input: job, encoding: 'utf8' })) as Verdict
}

function byOurs(configs: readonly string[], rcs: readonly string[]): Verdict {
  const rpmlint = loadRpmlintFiles(configs, rcs)
  const sources: SuppressionSources = {
    waivers: [],
    baseline: null,
    rpmlint,
    blocked: [],
    today: '2026-11-24',
    search: searchWithoutTimeout,
  }
  const tracker = new SuppressionTracker(sources)
  const facts = packageOf({ name: 'libx' })
  const checked = checkedPackage('x.rpm', facts, tracker.apply('x.rpm', facts, FINDINGS))
  const notices = unusedSuppressions(sources, tracker.uses, [checked], { isStrict: false, areFiltersErrors: true, rules: [] })
  const report: Report = { tool: { name: 'rpmlint-ts', version: '1' }, packages: [checked], notices, scoring: rpmlint.scoring }
  return { lines: renderRpmlint(report).split('\n').slice(0, -2), badness: totalBadness(report) }
}

const file = (name: string, ...lines: readonly string[]): string => {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  return join(folder, name)
}

describeWithTools(['rpmlint'], 'against rpmlint', () => {
  test.each<[string, readonly (readonly string[])[], readonly string[]]>([
    ['no files', [], []],
    ['a filter of a rule', [], ['addFilter("bundled-openssl")']],
    ['a filter of a line', [], ['addFilter(r"^libx\\.x86_64: E: unversioned-crypto-export /usr/lib64/liby\\.so\\.\\d+ ")']],
    ['a filter of a name', [], ["addFilter('CRYPTO_lock$')", 'addFilter("MD5_Init$")']],
    ['a filter of letters outside ASCII', [], [String.raw`addFilter("\Wä\Z")`]],
    ['a filter of everything', [], ['addFilter("")']],
    ['filters that hide nothing', [], ['addFilter("(?i)NO-SUCH-(?P<n>thing)")', 'addFilter("I: bundled")', 'addFilter("W: bundled")']],
    [
      'lines that are not filters',
      [],
      ['from Config import *', '# addFilter("bundled")', 'addfilter("bundled")', 'addFilter(bundled)', 'addFilter("bun"'],
    ],
    ['a filter with more behind it', [], ['addFilter("bundled-openssl") # reason: known']],
    [
      'badness',
      [],
      ["setBadness('bundled-openssl', 9)", 'setBadness("unversioned-crypto-export", "0")', 'addFilter("E: bundled-openssl /")'],
    ],
    ['badness of 1', [], ["setBadness('nosrc-derived', 1)"]],
    ['a filter of badness, which no line has', [], ["setBadness('bundled-openssl', 9)", 'addFilter("Badness")']],
    ['a configuration', [['Filters = ["bundled"]', '[Scoring]', 'foreign-crypto-version = 3']], []],
    ['a configuration that blocks', [['Filters = ["bundled", "nosrc"]', 'BlockedFilters = ["bundled-openssl"]']], []],
    [
      'several configurations',
      [
        ['Filters = ["bundled"]', '[Scoring]', 'foreign-crypto-version = 3', 'nosrc-derived = 2'],
        ['Filters = ["nosrc"]', '[Scoring]', 'foreign-crypto-version = 0'],
      ],
      ["setBadness('unversioned-crypto-export', 4)", 'addFilter("liby")'],
    ],
  ])('with %s, both say the same', (_, configs, rc) => {
    const paths = configs.map((lines, index) => file(`${index}.toml`, ...lines))
    const rcs = rc.length === 0 ? [] : [file('x.rpmlintrc', ...rc)]
    const ours = byOurs(paths, rcs)
    expect(ours).toEqual(byRpmlint(paths, rcs))
  })

  test('an override file comes last and replaces, as rpmlint has it', () => {
    const paths = [
      file('a.override.toml', 'Filters = ["nosrc"]'),
      file('b.toml', 'Filters = ["bundled"]', '[Scoring]', 'nosrc-derived = 2'),
    ]
    expect(byOurs(paths, [])).toEqual(byRpmlint(paths, []))
    expect(byOurs(paths, []).lines.join()).toContain('bundled')
  })
})
