/** Settings, waivers, baselines and rpmlint's two kinds of files: lines of their grammars with values of every type, then changes of lines and characters. */
import { mutateBytes } from './byte-mutators.js'
import type { Random } from './random.js'
import { edge, SONAMES, SYMBOLS, TEXTS } from './words.js'

export type TextKind = 'settings' | 'baseline' | 'rpmlintrc' | 'rpmlint'
export const TEXT_KINDS: readonly TextKind[] = ['settings', 'settings', 'settings', 'baseline', 'rpmlintrc', 'rpmlint']

const RULES = [
  'unversioned-crypto-export',
  'foreign-crypto-version',
  'forged-crypto-version',
  'hijacked-crypto-binding',
  'do-nothing-crypto-export',
  'unlinked-crypto-import',
  'bundled-openssl',
  'unusual-payload',
  'nosrc-derived',
  'no-such-rule',
  'unversioned-openssl',
  '*',
]
const KEYS = [
  'fail-on',
  'rule',
  'file',
  'package',
  'symbols',
  'reason',
  'owner',
  'expires',
  'allow',
  'severity',
  'packages',
  'sonames',
  'modules',
  'blocked',

  'strict',
  'arch',
  'version',
  'versions',
  'Filters',
  'BlockedFilters',
  'FilterErrorTitles',
  'Scoring',
  'BadnessThreshold',
  '__proto__',
  'constructor',
]
const HEADS = [
  'rules',
  'genuine',
  'waiving',
  'waivers',
  'rules-from',
  'Scoring',
  'Filters',
  '__proto__',
  ...RULES.map(rule => `rules.${rule}`),
]
const PATTERNS = ['*', '/usr/lib64/*', '*/*/*/*.so*', '**', '/opt/*/lib/*/lib/*.so.*', '?', '[a', 'a{1,2}', '/usr/lib64/libx.so.1', '\\']
const FILTERS = [
  'bundled',
  '.*',
  '(a+)+$',
  '(?P<n>x)(?P=n)',
  '\\d+',
  '[',
  '(?i)x',
  '(?<=a)b',
  '\\Z',
  'a{99999}',
  '(?(1)a|b)',
  '(?:'.repeat(50),
  '\\u{110000}',
]
const DAYS = ['2027-01-01', '2026-02-30', '1999-12-31', '0000-00-00', '2027-1-1', '9999-99-99']

const quoted = (random: Random): string =>
  JSON.stringify(
    random.pick([...TEXTS, ...RULES, ...PATTERNS, ...FILTERS, ...DAYS, ...SYMBOLS, ...SONAMES, 'error', 'warning', 'off', 'never']),
  )

function valueOf(random: Random, depth = 3): string {
  const list = (): string => `[${Array.from({ length: random.count(4) }, () => valueOf(random, depth - 1)).join(', ')}]`
  const table = (): string => `{ ${random.pick(KEYS)} = ${valueOf(random, depth - 1)} }`
  const plain = [
    'true',
    'false',
    'nan',
    '-inf',
    '1e400',
    '0x10',
    '2027-01-01',
    '1979-05-27T07:32:00Z',
    `${edge(random)}`,
    '-1',
    '99999999999999999999',
    '""',
    "''",
  ]
  const choices = [() => quoted(random), () => quoted(random), () => random.pick(plain), ...(depth > 0 ? [list, list, table] : [])]
  return random.oneIn(400) ? '['.repeat(5000) : random.pick(choices)()
}

function toml(random: Random): string {
  const line = (): string => {
    if (random.oneIn(4)) return random.oneIn(3) ? `[${random.pick(HEADS)}]` : '[[waivers]]'
    return random.oneIn(12) ? `# ${random.pick(TEXTS)}` : `${random.pick(random.oneIn(3) ? RULES : KEYS)} = ${valueOf(random)}`
  }
  return waiver(random) + Array.from({ length: random.count(12) }, line).join('\n')
}

/** A sound waiver, or one with another value in it. */
function waiver(random: Random): string {
  if (random.oneIn(3)) return ''
  const fields: Record<string, string> = {
    rule: JSON.stringify(random.pick(RULES)),
    file: JSON.stringify(random.pick(PATTERNS)),
    symbols: JSON.stringify([random.pick(SYMBOLS)]),
    reason: '"known"',
    expires: random.pick(DAYS),
  }
  fields[random.pick(KEYS)] = random.oneIn(2) ? (fields['rule'] ?? '') : valueOf(random)
  return `[[waivers]]\n${Object.entries(fields)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('')}`
}

function baseline(random: Random): string {
  const entry = (): Record<string, unknown> => {
    const fields: Record<string, unknown> = {
      fingerprint: random.oneIn(4) ? random.pick(TEXTS) : random.bytes(16).toString('hex'),
      rule: random.pick(RULES),
      severity: random.pick(['error', 'warning', 'info', 'off']),
      package: random.pick(TEXTS),
      arch: random.pick(['x86_64', null]),
      file: random.pick([...PATTERNS, null]),
      symbols: Array.from({ length: random.count(4) }, () => random.pick(SYMBOLS)),
      reason: random.pick(TEXTS),
    }
    if (random.oneIn(3)) fields[random.pick(Object.keys(fields))] = random.pick([null, 1, {}, [], [null], true, '__proto__'])
    return fields
  }
  const findings = Array.from({ length: random.count(6) }, entry)
  return JSON.stringify({ schema: random.oneIn(8) ? random.pick(TEXTS) : 'rpmlint-ts/baseline/1', findings })
}

function rpmlintrc(random: Random): string {
  const line = (): string =>
    random.pick([
      () => `addFilter("${random.pick([...FILTERS, ...RULES, ...PATTERNS])}")`,
      () => `addFilter(r'${random.pick(FILTERS)}') # reason: ${random.pick(TEXTS)} owner: x expires: ${random.pick(DAYS)}`,
      () => `setBadness('${random.pick(RULES)}', ${random.pick(['1', '-1', '"7"', '99999999999999999999'])})`,
      () => random.pick(TEXTS),
    ])()
  return Array.from({ length: 1 + random.count(8) }, line).join(random.pick(['\n', '\r\n', '\r']))
}

export function generatedText(kind: TextKind, random: Random): string {
  switch (kind) {
    case 'baseline':
      return baseline(random)
    case 'rpmlintrc':
      return rpmlintrc(random)
    case 'settings':
    case 'rpmlint':
      return toml(random)
  }
}

/** A line moved, repeated or taken from another text, or bytes changed. */
export function mutateText(text: string, kind: TextKind, random: Random): string {
  if (random.oneIn(2)) return mutateBytes(Buffer.from(text, 'latin1'), random).toString('latin1')
  const lines = text.split('\n')
  const at = random.below(lines.length + 1)
  const inserted = random.oneIn(3) ? lines.slice(random.below(lines.length)) : generatedText(kind, random).split('\n')
  lines.splice(at, random.below(3), ...inserted)
  return lines.slice(0, 500).join('\n')
}
