/** Reports whose every name was chosen by an attacker, for fast-check. */
import fc, { anyCharacter } from './properties.js'
import type { Identity } from '../../lib/facts/model.js'
import type { Finding } from '../../lib/lint/finding.js'
import type { PackageReport, Report } from '../../lib/lint/report.js'
import { CHECKED, EVIL, FINDING, FULL_REPORT, RULES } from './full-report.js'

const PIECES = [
  ...EVIL.split(' '),
  ' ',
  '\n',
  '::',
  '%',
  '\ud83d',
  '\udc00',
  '\ufffe',
  '\uffff',
  '\ufeff',
  '!',
  '%25',
  ',line=0',
  ' # TODO ',
  ' # SKIP ',
  '/',
  '../',
  '...',
  '---',
  '- ',
  '+++',
  '```',
  '$',
  '<!--',
  '\x85',
  'a',
]

/** Up to 60 pieces, each a character or a string with a meaning in some format. */
export const hostileText: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(fc.constantFrom(...PIECES), anyCharacter),
  maxLength: 60,
})

/** Byte strings, like names of symbols. */
const hostileName = hostileText.map(text => Buffer.from(text).toString('latin1'))

const word = fc.oneof(hostileText, fc.constant('x'.repeat(5000)))
const someWord = word.map(text => `a${text}`)

/** `fc.option` loses the type where another type is expected of it. */
function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(arbitrary, { nil: null })
}

const waived = fc.option(
  fc.record({ by: fc.constantFrom('waiver', 'baseline', 'rpmlint'), reason: word, owner: fc.option(word), expires: fc.option(word) }),
)

const finding: fc.Arbitrary<Finding> = fc.record({
  rule: fc.constantFrom(...RULES.map(({ id }) => id)),
  severity: fc.constantFrom('error', 'warning', 'info'),
  file: fc.option(someWord.map(text => `/${text}`)),
  symbols: fc.array(fc.oneof(hostileName, fc.string({ unit: fc.constantFrom('\x80', '\xff', 'a'), maxLength: 4 })), { maxLength: 7 }),
  message: someWord,
  remedy: someWord,
  data: fc.record({ alsoAt: fc.array(someWord, { maxLength: 2 }) }),
  fingerprint: fc.constantFrom('0'.repeat(32), '1'.repeat(32)),
  waived,
  unwaived: fc.option(word),
})

const identity: fc.Arbitrary<Identity> = fc.record({ name: someWord, epoch: fc.constant(null), version: word, release: word, arch: word })

const checked: fc.Arbitrary<PackageReport> = fc.record({
  outcome: fc.constant('checked'),
  path: someWord,
  identity: maybe(identity),
  isSource: fc.boolean(),
  sourceRpm: maybe(word),
  objects: fc.nat(3),
  findings: fc.array(finding, { maxLength: 4 }),
  notes: fc.array(
    fc.record({
      id: fc.constant('note'),
      message: someWord,
      path: fc.constant(null),
      structure: fc.constant(null),
      offset: fc.constant(null),
      isOdd: fc.constant(false),
    }),
    { maxLength: 1 },
  ),
})

const unchecked: fc.Arbitrary<PackageReport> = fc.record({
  outcome: fc.constant('unchecked'),
  path: someWord,
  reason: fc.constantFrom('unreadable', 'malformed', 'limit', 'unsupported', 'internal'),
  structure: fc.constant(null),
  offset: fc.constant(null),
  message: someWord,
})

const notice = fc.record({
  id: fc.constant('unused-waiver'),
  severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
  message: someWord,
  file: fc.option(someWord),
  line: fc.option(fc.integer({ min: 1, max: 9 })),
})

export const hostileReport: fc.Arbitrary<Report> = fc.record({
  tool: fc.constant(FULL_REPORT.tool),
  packages: fc.uniqueArray(fc.oneof(checked, unchecked), { maxLength: 3, selector: ({ path }) => path }),
  notices: fc.array(notice, { maxLength: 2 }),
})

/** A report of one finding, whose message, file and only symbol are `text`. */
export function reportSaying(text: string): Report {
  const symbols = [Buffer.from(text).toString('latin1')]
  const said = { ...FINDING, file: `/usr/lib64/${text}`, symbols, message: text, remedy: 'none' }
  return { ...FULL_REPORT, packages: [{ ...CHECKED, findings: [said] }], notices: [] }
}
