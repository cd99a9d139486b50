/** Where our verdict on a package may differ from that of rpm 4.18, with reasons. docs/scope.md says the same in words. */
import type { Outcome } from '../../lib/io/package/read-targets.js'
import type { RpmVerdict } from './rpm-verdicts.js'

interface Difference {
  /** As in docs/scope.md. */
  readonly what: string
  readonly why: string
}

/** rpm refuses, and we read: a finding says so where the contents could be others than we saw. */
interface Laxness extends Difference {
  readonly isOf: (rpm: string, notes: readonly string[]) => boolean
}

/** rpm installs, and we refuse. */
interface Strictness extends Difference {
  /** Of the changes and our message. */
  readonly message: RegExp
}

const NOTED: ReadonlySet<string> = new Set([
  'no-digest',
  'no-header-digest',
  'no-payload-digest',
  'unverified-digest',
  'duplicate-tag',
  'signature-gap',
  'lead-signature-type',
  'lead-version',
  'compressor-differs',
  'mode-differs',
  'hardlink-data-early',
  'data-after-trailer',
  'trailing-data',
])

export const LAX: readonly Laxness[] = [
  {
    what: 'packages with a warning of `unusual-payload`',
    why: 'there are good packages of each kind, of other builders or for other releases of rpm, and what they hold can be checked',
    isOf: (_, notes) => notes.some(id => NOTED.has(id)),
  },
  {
    what: 'digests of files that are not ELF files',
    why: 'the digest of the payload covers them, and hashing every file twice would double the time',
    isOf: rpm => rpm.includes('cpio: Digest mismatch'),
  },
  {
    what: 'tags that only an installation needs',
    why: 'VERSION, RELEASE, OS, ARCH, the owners of files: rpm -qp reads such a package, and so do we',
    isOf: rpm => rpm.includes('error reading from file'),
  },
  { what: 'what crashes rpm', why: 'arrays of triggers of unequal lengths', isOf: rpm => rpm === 'SIGSEGV' || rpm === 'SIGABRT' },
]

export const STRICT: readonly Strictness[] = [
  {
    what: 'tags of rpm 6',
    why: 'rpm 6 verifies their types and digests, rpm 4.18 does not know them',
    message: /OPENPGP|SHA3_256|RPMFORMAT|RPM format|MIME|PAYLOADSIZE|PAYLOADSHA512|SOURCENEVR/,
  },
  {
    what: 'wrong types of tags that are read, in headers without a region',
    why: 'rpm checks no types there, as of packages from before rpm 4, and we cannot read them otherwise',
    message: /^.*no regions.*: type \d, expected \d/,
  },
  { what: 'numbers of more than 53 bits', why: 'no size or offset of a real package is that large', message: /more than 53 bits/ },
  {
    what: 'arrays that do not fit the list of files or of dependencies',
    why: 'rpm ignores some of them, and reads some of the lists as empty: readers would see different packages',
    message: /\d+ elements for \d+ (files|names)/,
  },
  {
    what: 'tags that occur twice, in the list of files or in the signature header',
    why: 'rpm takes one of them, other readers another',
    message: /signature entry \d+ has the tag of|occurs twice/,
  },
  {
    what: 'PAYLOADSHA256 of several wrong values next to a right ALT',
    why: 'no builder writes several values, and we forgive the first alone',
    message: /2 times .*\(PAYLOADSHA256\)$/,
  },
  {
    what: 'payloads damaged after what rpm reads of them',
    why: 'rpm stops reading at the cpio trailer, and a file has the size that the header states: other readers see something else',
    message: /truncated|ends without a trailer|bytes, but \d+ according to the header/,
  },
]

/** The verdicts in words where they differ and the table does not say so. */
export function unexplained(what: string, rpm: RpmVerdict, outcome: Outcome): string[] {
  const we = 'facts' in outcome ? null : outcome.message
  if ((rpm === null) === (we === null)) return []
  const notes = 'facts' in outcome ? outcome.facts.notes.map(({ id }) => id) : []
  const isExplained = rpm === null ? STRICT.some(({ message }) => message.test(`${what}: ${we}`)) : LAX.some(({ isOf }) => isOf(rpm, notes))
  return isExplained ? [] : [`${what}; rpm: ${rpm ?? 'installs it'}; we: ${we ?? 'read it'}`]
}
