/**
 * One report with everything in it: each severity, each kind of waiver, a waiver that does not hold, notices, what could not be checked, a file in
 * an archive in a source package, a standalone file, one package in two releases, and names that try to break out of their context.
 */
import type { Finding } from '../../lib/lint/finding.js'
import type { CheckedPackage, Report } from '../../lib/lint/report.js'
import { defineRule, type AnyRule, type Severity } from '../../lib/lint/rule.js'
import type { RenderContext } from '../../lib/report/format.js'
import { plain } from '../../lib/report/style.js'

/** Characters that each format has to escape, in a name that rpm accepts. */
export const EVIL =
  'x\n::error::y\r]]>--><b>&amp;"\'`|@admin #1 [z](http://z.org) https://z.org www.z.org ##[error] {0} \\ %0A ,title=z * _ ~ # TODO \u202e\u2028\x1b[2J\x00\u{1f600}'

const utf8 = (text: string): string => Buffer.from(text).toString('latin1')

function rule(id: string, severity: Severity, formerIds: readonly string[] = []): AnyRule {
  return defineRule({
    id,
    formerIds,
    scope: 'object',
    severity,
    summary: `The summary of ${id}`,
    why: `Why ${id} matters: a program may be hit, <in> words & "quotes".`,
    remedy: 'The remedy of the rule.',
    doesNotHelp: 'Hope.',
    references: ['https://example.org/why'],
    messages: {},
    options: {},
    check: () => [],
  })
}

export const RULES: readonly AnyRule[] = [
  rule('unversioned-crypto-export', 'error', ['unversioned-export']),
  rule('foreign-crypto-version', 'warning'),
  rule('bundled-openssl', 'info'),
  rule('malformed-elf', 'error'),
]

export const CONTEXT: RenderContext = {
  style: plain,
  width: 100,
  isQuiet: false,
  failOn: 'error',
  rules: RULES,
  reportPath: null,
  workingDirectory: '/srv',
}

export const FINDING: Finding = {
  rule: 'unversioned-crypto-export',
  severity: 'error',
  file: '/usr/lib64/libdemo.so.1',
  symbols: ['CRYPTO_lock', 'EVP_CIPHER_CTX_init'],
  message: 'exports 2 OpenSSL names without a version',
  remedy: 'Hide them:\n- with a version script: { global: demo_init; local: *; };\n- or with -fvisibility=hidden.',
  data: { count: 2 },
  fingerprint: '0'.repeat(32),
  waived: null,
  unwaived: null,
}

export const CHECKED: CheckedPackage = {
  outcome: 'checked',
  path: 'dist/libdemo-1.0-1.x86_64.rpm',
  identity: { name: 'libdemo', epoch: null, version: '1.0', release: '1', arch: 'x86_64' },
  isSource: false,
  sourceRpm: 'demo-1.0-1.src.rpm',
  objects: 3,
  findings: [],
  notes: [],
}

/** Numbers the fingerprints, so that all differ. */
function findings(first: number, ...given: readonly Partial<Finding>[]): Finding[] {
  return given.map((finding, index) => ({ ...FINDING, fingerprint: (first + index).toString(16).padStart(32, '0'), ...finding }))
}

const WAIVER = { by: 'waiver', reason: 'Vendor ticket 42', owner: 'security@example.org', expires: '2027-01-31' } as const
const BASELINE = { by: 'baseline', reason: 'in the baseline', owner: null, expires: null } as const

const LIBDEMO = findings(
  0x10,
  { symbols: ['A', 'B', 'C', 'D', 'E', 'F'], data: { count: 6, alsoAt: ['/usr/lib64/libdemo.so'] } },
  {
    rule: 'foreign-crypto-version',
    severity: 'warning',
    message: 'exports them under its own version',
    unwaived: 'the waiver ended on 2026-01-31',
  },
  { rule: 'bundled-openssl', severity: 'info', file: null, symbols: [], message: 'a copy of OpenSSL 1.0.1e is inside' },
  { rule: 'malformed-elf', file: '/usr/lib64/old.so', symbols: [], message: 'the hash table lies outside the file', waived: WAIVER },
  { rule: 'foreign-crypto-version', severity: 'warning', file: '/usr/lib64/older.so', symbols: ['MD5_Init'], waived: BASELINE },
)

const NOTE = {
  id: 'unread-archive',
  message: '/usr/share/a.zip could not be read',
  path: '/usr/share/a.zip',
  structure: null,
  offset: null,
  isOdd: false,
}

export const FULL_REPORT: Report = {
  tool: { name: 'rpmlint-ts', version: '1.2.3' },
  packages: [
    { ...CHECKED, findings: LIBDEMO, notes: [NOTE] },
    {
      ...CHECKED,
      path: './dist/demo-1.0-1.src.rpm',
      identity: { name: 'demo', epoch: 1, version: '1.0', release: '1', arch: 'src' },
      isSource: true,
      sourceRpm: null,
      findings: findings(0x20, { file: '/vendored-1.0.tar.gz!vendored-1.0/vendor/lib/x.so' }),
    },
    {
      ...CHECKED,
      path: '/srv/build/libx.so',
      identity: null,
      sourceRpm: null,
      objects: 1,
      findings: findings(0x30, { file: '/srv/build/libx.so' }),
    },
    {
      ...CHECKED,
      path: `dist/${EVIL}.rpm`,
      identity: { name: `lib/${EVIL}`, epoch: null, version: '1', release: '1', arch: 'noarch' },
      sourceRpm: `${EVIL}.src.rpm`,
      findings: findings(0x40, {
        file: `/usr/lib64/${EVIL}.so`,
        symbols: ['\x80\xff', utf8(EVIL)],
        message: `exports ${EVIL}`,
        remedy: `Hide\n${EVIL}`,
      }),
    },
    { ...CHECKED, path: '/elsewhere/clean.rpm', identity: { name: 'clean', epoch: null, version: '2', release: '1', arch: 'noarch' } },
    {
      outcome: 'unchecked',
      path: 'dist/cut.rpm',
      reason: 'malformed',
      structure: 'header',
      offset: 112,
      message: `header: need 16 bytes, have ${EVIL}`,
    },
    { ...CHECKED, path: 'dist/libdemo-1.0-2.x86_64.rpm', findings: LIBDEMO.slice(0, 1) },
  ],
  notices: [
    { id: 'unused-waiver', severity: 'error', message: `no finding needs the waiver for ${EVIL}`, file: './rpmlint-ts.toml', line: 12 },
    { id: 'unused-rpmlintrc-filter', severity: 'warning', message: 'no line matches "^libdemo"', file: 'demo.rpmlintrc', line: null },
    { id: 'new-baseline', severity: 'info', message: '2 findings are in the baseline', file: null, line: null },
  ],
}
