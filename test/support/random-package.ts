/** Packages with something wrong or odd in them, as rows of a header, digests, a file list or a payload may have it. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { HEADER_TAGS, RPMTAG } from '../../lib/rpm/tags.js'
import { RPMSIGTAG } from '../../lib/rpm/signature-tags.js'
import { archive, strippedMember, type TestMember } from './cpio-builder.js'
import fc from './properties.js'
import {
  bin,
  buildLead,
  buildPackage,
  int32,
  int64,
  string,
  strings,
  type PackageParts,
  type Tags,
  type TagValue,
  type TestFile,
} from './rpm-builder.js'

export interface Draft {
  readonly parts: PackageParts
  readonly files: readonly TestFile[]
  readonly members: readonly (TestMember | Buffer)[]
  readonly compress: (cpio: Buffer) => Buffer
}

/** A change, and what it is for the reader of a failed test. */
export interface Change {
  readonly what: string
  apply(draft: Draft): Draft
}

const FILES: readonly TestFile[] = [
  { path: '/usr/share/x/a', content: 'aaaa' },
  { path: '/usr/share/x/b', content: 'bb' },
  { path: '/usr/share/y/c', content: 'ccc' },
]

function membersOf(files: readonly TestFile[]): TestMember[] {
  return files.map(({ path, content = '' }, index) => ({ name: `.${path}`, data: content, inode: index + 1 }))
}

/** What rpm needs to install a package, beyond what it needs to read one. */
const INSTALLABLE: Tags = {
  [RPMTAG.OS.number]: string('linux'),
  [RPMTAG.FILEMTIMES.number]: int32(...FILES.map(() => 0)),
  [RPMTAG.FILEUSERNAME.number]: strings(...FILES.map(() => 'root')),
  [RPMTAG.FILEGROUPNAME.number]: strings(...FILES.map(() => 'root')),
}

export const SOUND: Draft = { parts: { tags: INSTALLABLE }, files: FILES, members: membersOf(FILES), compress: cpio => gzipSync(cpio) }

export function packageOf(changes: readonly Change[]): Buffer {
  const { parts, files, members, compress } = changes.reduce((draft, change) => change.apply(draft), SOUND)
  return buildPackage({ files, payload: compress(archive(...members)), ...parts })
}

const withParts = (draft: Draft, parts: PackageParts): Draft => ({ ...draft, parts: { ...draft.parts, ...parts } })
export const withTags = (draft: Draft, tags: Tags): Draft => withParts(draft, { tags: { ...draft.parts.tags, ...tags } })
export const withSignature = (draft: Draft, signature: Tags): Draft =>
  withParts(draft, { signature: { ...draft.parts.signature, ...signature } })

const ELEMENT_SIZES = [0, 1, 1, 2, 4, 8, 0, 1, 0, 0]

/** A value of any type, with this number of elements. */
export function valueOf(type: number, count: number): TagValue {
  const size = ELEMENT_SIZES[type] ?? 0
  return { type, count, data: size > 0 ? Buffer.alloc(size * count, 1) : Buffer.from('x\0'.repeat(count)) }
}

const type = fc.integer({ min: 1, max: 9 })
const number = fc.constantFrom(0, 1, 2, 3, 4, 15, 16, 17, 61, 62, 63, 99, 100, 1000, 0xfffff, 0x100000, 0x7fffffff, 0x80000000, 0xffffffff)
const byte = fc.nat(255)

const mainTag = fc.tuple(fc.constantFrom(...HEADER_TAGS.keys()), type, fc.integer({ min: 1, max: 4 }))
const signatureTag = fc.tuple(
  fc.oneof(fc.integer({ min: 256, max: 282 }), fc.integer({ min: 999, max: 1012 })),
  type,
  fc.integer({ min: 1, max: 20 }),
)
const perFileTags = [...HEADER_TAGS.values()].filter(({ name }) => /^(FILE|LONGFILE|DIR|BASE)/.test(name)).map(tag => tag.number)
const digestTags = [RPMSIGTAG.MD5, RPMSIGTAG.SHA1, RPMSIGTAG.SHA256]

const ofHeader: readonly fc.Arbitrary<Change>[] = [
  mainTag.map(([tag, kind, count]) => ({
    what: `tag ${tag} of type ${kind} and count ${count}`,
    apply: draft => withTags(draft, { [tag]: valueOf(kind, count) }),
  })),
  signatureTag.map(([tag, kind, count]) => ({
    what: `signature tag ${tag} of type ${kind} and count ${count}`,
    apply: draft => withSignature(draft, { [tag]: valueOf(kind, count) }),
  })),
  fc.tuple(fc.nat(30), fc.constantFrom('tag', 'type', 'offset', 'count'), number, fc.boolean()).map(([at, field, value, isSignature]) => ({
    what: `${isSignature ? 'signature' : 'main'} entry ${at}: ${field} ${value}`,
    apply: draft =>
      withParts(draft, {
        [isSignature ? 'tamperSignature' : 'tamper']: ({
          entries,
        }: {
          entries: { tag: number; type: number; offset: number; count: number }[]
        }) => {
          const entry = entries[at % entries.length]
          if (entry !== undefined) entry[field] = value
        },
      }),
  })),
  fc
    .tuple(fc.constantFrom('indexCount', 'dataLength', 'magic', 'reserved'), fc.constantFrom(-16, -1, 1, 8, 16, 0x7fffffff), fc.boolean())
    .map(([field, change, isSignature]) => ({
      what: `${isSignature ? 'signature' : 'main'} intro: ${field} ${change > 0 ? '+' : ''}${change}`,
      apply: draft =>
        withParts(draft, {
          [isSignature ? 'tamperSignature' : 'tamper']: ({ intro }: { intro: Record<string, number> }) => {
            intro[field] = ((intro[field] ?? 0) + change) >>> 0
          },
        }),
    })),
  fc.tuple(fc.nat(15), byte, fc.boolean()).map(([at, value, isSignature]) => ({
    what: `${isSignature ? 'signature' : 'main'} region trailer: byte ${at} is ${value}`,
    apply: draft =>
      withParts(draft, {
        [isSignature ? 'tamperSignature' : 'tamper']: ({ data }: { data: Buffer }) => void data.writeUInt8(value, data.length - 16 + at),
      }),
  })),
  fc.constantFrom(
    { what: 'no regions', apply: (draft: Draft) => withParts(draft, { hasRegions: false }) },
    {
      what: 'two tags exchanged',
      apply: (draft: Draft) => withParts(draft, { tamper: ({ entries }) => void entries.push(...entries.splice(3, 1)) }),
    },
    { what: 'a gap', apply: (draft: Draft) => withTags(draft, { 4999: { type: 7, count: 3, data: Buffer.alloc(8) } }) },
  ),
  fc.tuple(fc.constantFrom(2, 3, 4, 5), fc.constantFrom(0, 1, 2), fc.constantFrom(0, 1, 5, 6)).map(([major, kind, signatureType]) => ({
    what: `lead: major ${major}, type ${kind}, signature type ${signatureType}`,
    apply: draft => withParts(draft, { lead: buildLead({ major, type: kind, signatureType }) }),
  })),
]

const ofDigests: readonly fc.Arbitrary<Change>[] = [
  fc
    .constantFrom(...digestTags)
    .map(tag => ({ what: `no ${tag.name}`, apply: draft => withSignature(draft, { [tag.number]: undefined }) })),
  fc.constantFrom(RPMSIGTAG.SHA1, RPMSIGTAG.SHA256, RPMSIGTAG.SHA3_256).chain(tag =>
    fc.constantFrom('', '0', '00'.repeat(20), '00'.repeat(32), 'x'.repeat(64)).map(value => ({
      what: `${tag.name} is ${value || 'empty'}`,
      apply: (draft: Draft) => withSignature(draft, { [tag.number]: string(value) }),
    })),
  ),
  fc.constantFrom(1, 15, 16, 17).map(length => ({
    what: `MD5 of ${length} zeros`,
    apply: draft => withSignature(draft, { [RPMSIGTAG.MD5.number]: bin(Buffer.alloc(length)) }),
  })),
  fc
    .tuple(fc.constantFrom('', '0', '00'.repeat(32)), fc.constantFrom(0, 1, 2, 7, 8, 10, 99), fc.constantFrom(1, 2))
    .map(([value, algorithm, count]) => ({
      what: `PAYLOADSHA256 is ${count} times "${value}" of algorithm ${algorithm}`,
      apply: draft =>
        withTags(draft, {
          [RPMTAG.PAYLOADSHA256.number]: strings(...Array.from({ length: count }, () => value)),
          [RPMTAG.PAYLOADSHA256ALGO.number]: int32(algorithm),
        }),
    })),
  fc.constantFrom(0, 1, 2, 9, 99).map(algorithm => ({
    what: `FILEDIGESTALGO ${algorithm}`,
    apply: draft => withTags(draft, { [RPMTAG.FILEDIGESTALGO.number]: int32(algorithm) }),
  })),
]

const ofFiles: readonly fc.Arbitrary<Change>[] = [
  fc.constantFrom(...perFileTags).map(tag => ({ what: `no tag ${tag}`, apply: draft => withTags(draft, { [tag]: undefined }) })),
  fc.tuple(fc.constantFrom(...perFileTags), fc.constantFrom(1, 2, 4)).map(([tag, count]) => ({
    what: `tag ${tag} has ${count} elements`,
    apply: draft => {
      const known = HEADER_TAGS.get(tag)
      const types: Readonly<Record<string, number>> = {
        CHAR: 1,
        INT16: 3,
        INT32: 4,
        INT64: 5,
        STRING: 6,
        BIN: 7,
        STRING_ARRAY: 8,
        I18NSTRING: 9,
      }
      return withTags(draft, { [tag]: valueOf(types[known?.type ?? 'BIN'] ?? 7, count) })
    },
  })),
  fc.constantFrom(0, 1, 2, 3, 0xffffffff).map(index => ({
    what: `DIRINDEXES has ${index}`,
    apply: draft => withTags(draft, { [RPMTAG.DIRINDEXES.number]: int32(0, index, 1) }),
  })),
  fc.constantFrom(0, 64, 0x80000000).map(flags => ({ what: `a file with flags ${flags}`, apply: draft => withFile(draft, { flags }) })),
  fc
    .constantFrom(0o40755, 0o120777, 0o20644, 0o140644, 0)
    .map(mode => ({ what: `a file of mode ${mode.toString(8)}`, apply: draft => withFile(draft, { mode }) })),
  fc
    .constantFrom('/usr/share/x/a', '/usr/share/x/../a', '/usr/share//b', '/usr/share/x/', '/')
    .map(path => ({ what: `a path ${path}`, apply: draft => withFile(draft, { path }) })),
]

/** Lists of other forms, with payloads that fit them. */
const ofForms: readonly fc.Arbitrary<Change>[] = [
  fc.constantFrom(
    {
      what: 'whole paths, as before rpm 4',
      apply: (draft: Draft) =>
        withTags(draft, {
          [RPMTAG.BASENAMES.number]: undefined,
          [RPMTAG.DIRNAMES.number]: undefined,
          [RPMTAG.DIRINDEXES.number]: undefined,
          [RPMTAG.OLDFILENAMES.number]: strings(...FILES.map(({ path }) => path)),
        }),
    },
    {
      what: 'whole paths too',
      apply: (draft: Draft) => withTags(draft, { [RPMTAG.OLDFILENAMES.number]: strings(...FILES.map(({ path }) => path)) }),
    },
    {
      what: 'sizes of 64 bits and a stripped payload',
      apply: (draft: Draft) => ({
        ...withTags(draft, {
          [RPMTAG.FILESIZES.number]: undefined,
          [RPMTAG.LONGFILESIZES.number]: int64(...FILES.map(({ content = '' }) => BigInt(content.length))),
        }),
        members: FILES.map(({ content = '' }, index) => strippedMember(index, content)),
      }),
    },
    {
      what: 'sizes of 64 bits and a payload with names',
      apply: (draft: Draft) =>
        withTags(draft, {
          [RPMTAG.FILESIZES.number]: undefined,
          [RPMTAG.LONGFILESIZES.number]: int64(...FILES.map(({ content = '' }) => BigInt(content.length))),
        }),
    },
    { what: 'no files', apply: (draft: Draft) => ({ ...draft, files: [], members: [] }) },
    {
      what: 'a directory and a link',
      apply: (draft: Draft) => {
        const special: TestFile[] = [
          { path: '/usr/share/x/d', mode: 0o40755, content: '' },
          { path: '/usr/share/x/l', mode: 0o120777, linkTarget: 'target' },
        ]
        const members = special.map(({ path, mode = 0, linkTarget = '' }, index) => ({
          name: `.${path}`,
          mode,
          data: linkTarget,
          inode: index + 1,
        }))
        return { ...draft, files: special, members }
      },
    },
  ),
  fc.tuple(fc.nat(20), fc.nat(20), fc.boolean()).map(([from, to, isSignature]) => ({
    what: `${isSignature ? 'signature' : 'main'} entry ${from} has the tag of entry ${to}`,
    apply: draft =>
      withParts(draft, {
        [isSignature ? 'tamperSignature' : 'tamper']: ({ entries }: { entries: { tag: number }[] }) => {
          const [entry, other] = [entries[from % entries.length], entries[to % entries.length]]
          if (entry !== undefined && other !== undefined) entry.tag = other.tag
        },
      }),
  })),
  fc.constantFrom('right', 'wrong').chain(first =>
    fc.constantFrom('right', 'wrong', 'none').map(second => ({
      what: `PAYLOADSHA256 is ${first}, its ALT ${second}`,
      apply: (draft: Draft) => {
        const payload = draft.compress(archive(...draft.members))
        const digest = { right: createHash('sha256').update(payload).digest('hex'), wrong: '1'.repeat(64) }
        return withTags(draft, {
          [RPMTAG.PAYLOADSHA256.number]: strings(digest[first]),
          [RPMTAG.PAYLOADSHA256ALGO.number]: int32(8),
          [RPMTAG.PAYLOADSHA256ALT.number]: second === 'none' ? undefined : strings(digest[second]),
        })
      },
    })),
  ),
]

/** In the list alone: the payload stays as it is. */
function withFile(draft: Draft, change: Partial<TestFile>): Draft {
  return { ...draft, files: draft.files.map((file, index) => (index === 1 ? { ...file, ...change } : file)) }
}

const ofPayload: readonly fc.Arbitrary<Change>[] = [
  fc
    .record({
      index: fc.nat(2),
      change: fc.constantFrom<Partial<TestMember>>(
        { data: 'xx' },
        { data: '' },
        { mode: 0o40755 },
        { mode: 0 },
        { fileSize: 1 },
        { fileSize: 1000 },
        { nameSize: 1 },
        { nameSize: 0 },
        { name: './usr/share/x/other' },
        { name: 'usr/share/x/a' },
        { name: '/usr/share/x/b' },
        { name: './usr/../x' },
        { linkCount: 2 },
        { magic: '070702' },
        { magic: '070707' },
      ),
    })
    .map(({ index, change }) => ({
      what: `member ${index}: ${JSON.stringify(change)}`,
      apply: draft => ({
        ...draft,
        members: draft.members.map((member, at) => (at === index ? { ...(member as TestMember), ...change } : member)),
      }),
    })),
  fc.nat(2).map(index => ({
    what: `without member ${index}`,
    apply: draft => ({ ...draft, members: draft.members.filter((_, at) => at !== index) }),
  })),
  fc.nat(2).map(index => ({
    what: `member ${index} twice`,
    apply: draft => ({ ...draft, members: [...draft.members, ...draft.members.slice(index, index + 1)] }),
  })),
  fc.constantFrom(
    { what: 'members in another order', apply: (draft: Draft) => ({ ...draft, members: [...draft.members].reverse() }) },
    { what: 'a payload without compression', apply: (draft: Draft) => ({ ...draft, compress: (cpio: Buffer) => cpio }) },
    { what: 'no trailer', apply: (draft: Draft) => ({ ...draft, compress: (cpio: Buffer) => gzipSync(cpio.subarray(0, -124)) }) },
    {
      what: 'bytes after the trailer',
      apply: (draft: Draft) => ({ ...draft, compress: (cpio: Buffer) => gzipSync(Buffer.concat([cpio, Buffer.from('more')])) }),
    },
    {
      what: 'bytes after the payload',
      apply: (draft: Draft) => ({ ...draft, compress: (cpio: Buffer) => Buffer.concat([gzipSync(cpio), Buffer.from('more')]) }),
    },
    {
      what: 'two gzip members',
      apply: (draft: Draft) => ({
        ...draft,
        compress: (cpio: Buffer) => Buffer.concat([gzipSync(cpio.subarray(0, 99)), gzipSync(cpio.subarray(99))]),
      }),
    },
    { what: 'a truncated payload', apply: (draft: Draft) => ({ ...draft, compress: (cpio: Buffer) => gzipSync(cpio).subarray(0, -9) }) },
    { what: 'an empty payload', apply: (draft: Draft) => ({ ...draft, compress: () => Buffer.alloc(0) }) },
  ),
  fc.constantFrom('gzip', 'xz', 'zstd', 'none', '', 'other').map(name => ({
    what: `PAYLOADCOMPRESSOR ${name}`,
    apply: draft => withTags(draft, { [RPMTAG.PAYLOADCOMPRESSOR.number]: string(name) }),
  })),
  fc
    .constantFrom('cpio', 'drpm', 'tar', '')
    .map(name => ({ what: `PAYLOADFORMAT ${name}`, apply: draft => withTags(draft, { [RPMTAG.PAYLOADFORMAT.number]: string(name) }) })),
  fc.tuple(fc.subarray([0, 1, 2], { minLength: 1 })).map(([carriers]) => ({
    what: `a hardlink set with data in ${carriers.join(', ')}`,
    apply: draft => {
      const files = draft.files.map(file => ({ ...file, content: 'same', inode: 9 }))
      const members = membersOf(files).map((member, index) => ({
        ...member,
        inode: 9,
        linkCount: 3,
        data: carriers.includes(index) ? 'same' : '',
      }))
      return { ...draft, files, members }
    },
  })),
]

/** One or two changes of any kind. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.oneof(...ofHeader, ...ofDigests, ...ofFiles, ...ofForms, ...ofPayload),
  {
    minLength: 1,
    maxLength: 2,
  },
)
