/** Changes of a package: lead, both headers, the list of files, the archive, the payload, and the bytes of the whole. */
import { HEADER_TAGS } from '../../lib/rpm/tags.js'
import { buildLead, strings, type HeaderDraft, type TagValue } from '../support/rpm-builder.js'
import { generatedArchive } from './archive-mutator.js'
import { mutateBytes, withNumber } from './byte-mutators.js'
import { generatedElf, mutateElf } from './elf-mutator.js'
import { mixed, Random } from './random.js'
import type { DraftFile, RpmDraft } from './rpm-draft.js'
import { COMPRESSORS } from './stored-streams.js'
import { edge, SONAMES, TEXTS } from './words.js'

type RpmMutator = (draft: RpmDraft, random: Random, seeds: readonly Uint8Array[]) => RpmDraft

/** One change. */
export function mutateRpm(draft: RpmDraft, random: Random, seeds: readonly Uint8Array[]): RpmDraft {
  return random.pick(random.oneIn(3) ? OF_HEADERS : OF_CONTENTS)(draft, random, seeds)
}

const TAG_NUMBERS = [...HEADER_TAGS.keys()]
const DIRECTORIES = ['/usr/lib64/', '/usr/lib/', '/lib64/', '/opt/x/lib/', '/usr/bin/', '/etc/ld.so.conf.d/', '/', '/a/b/../']
const NAMES = [...SONAMES.map(name => name.replaceAll('/', '_')), 'x', 'x.conf', 'a.tar', 'a.tar.gz', 'a.zip', 'x.a', ...TEXTS]

const ELEMENT_SIZES = [0, 1, 1, 2, 4, 8, 0, 1, 0, 0]

function anyValue(random: Random): TagValue {
  const type = random.pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  const count = random.oneIn(40) ? random.below(5000) : 1 + random.count(20)
  const size = ELEMENT_SIZES[type] ?? 0
  if (size > 0) return { type, count, data: random.bytes(Math.min(size * count, 8192)) }
  const text = Array.from({ length: count }, () => random.pick(TEXTS).replaceAll('\0', ''))
  return { ...strings(...text), type }
}

/** Changes one of the files; nothing without files. */
function withFile(draft: RpmDraft, random: Random, change: (file: DraftFile) => Partial<DraftFile>): RpmDraft {
  if (draft.files.length === 0) return draft
  const at = random.below(draft.files.length)
  draft.files.splice(at, 1, ...draft.files.slice(at, at + 1).map(file => ({ ...file, ...change(file) })))
  return draft
}

/** Changes a header when it is built; the random numbers are those of the moment when the change was chosen. */
function headerChange(random: Random, change: (header: HeaderDraft, random: Random) => void): (header: HeaderDraft) => void {
  const seed = random.u32()
  return header => change(header, new Random(seed))
}

const onHeader =
  (change: (header: HeaderDraft, random: Random) => void): RpmMutator =>
  (draft, random) => {
    const changes = random.oneIn(3) ? draft.signatureChanges : draft.headerChanges
    changes.push(headerChange(random, change))
    return draft
  }

function changeEntry({ entries, data }: HeaderDraft, random: Random): void {
  if (entries.length === 0) return
  const entry = random.pick(entries)
  const field = random.pick(['tag', 'type', 'offset', 'count'] as const)
  const near = entry[field] + random.below(9) - 4
  const values = { tag: random.pick(TAG_NUMBERS), type: random.below(12), offset: random.below(data.length + 8), count: random.below(100) }
  entry[field] = (random.oneIn(3) ? edge(random) : random.oneIn(2) ? near : values[field]) >>> 0
}

function changeIntro({ intro }: HeaderDraft, random: Random): void {
  const field = random.pick(['magic', 'reserved', 'indexCount', 'dataLength'] as const)
  intro[field] = (random.oneIn(2) ? edge(random) : intro[field] + random.below(33) - 16) >>> 0
}

function changeTrailer({ data }: HeaderDraft, random: Random): void {
  if (data.length >= 16) withNumber(data as Buffer<ArrayBuffer>, data.length - 16 + 4 * random.below(4), 4, false, random)
}

function changeStore(header: HeaderDraft, random: Random): void {
  const length = header.data.length
  const data = mutateBytes(header.data, random)
  if (random.oneIn(2)) header.intro.dataLength = data.length
  header.data = random.oneIn(2) ? data : Buffer.concat([data, Buffer.alloc(length)]).subarray(0, length)
}

function moveEntries({ entries, intro }: HeaderDraft, random: Random): void {
  const at = random.below(entries.length)
  const [entry] = entries.splice(at, 1)
  if (entry === undefined) return
  if (random.oneIn(3)) intro.indexCount = entries.length
  else entries.splice(random.below(entries.length + 1), 0, ...Array.from({ length: random.oneIn(3) ? 2 : 1 }, () => ({ ...entry })))
  if (random.oneIn(2)) intro.indexCount = entries.length
}

const later = (random: Random, change: (bytes: Buffer<ArrayBuffer>, random: Random) => Buffer<ArrayBuffer>) => {
  const seed = random.u32()
  return (bytes: Buffer<ArrayBuffer>) => change(bytes, new Random(seed))
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Most of their changes are refused, as by rpm. */
const OF_HEADERS: readonly RpmMutator[] = [
  onHeader(changeEntry),
  onHeader(changeEntry),
  onHeader(changeIntro),
  onHeader(changeTrailer),
  onHeader(changeStore),
  onHeader(moveEntries),
  (draft, random) => {
    draft.tags.set(random.oneIn(8) ? random.below(6000) : random.pick(TAG_NUMBERS), anyValue(random))
    return draft
  },
  (draft, random) => {
    draft.signature.set(
      random.pick([62, 256, 257, 259, 261, 262, 267, 268, 269, 270, 273, 278, 1000, 1002, 1004, 1007, 1008]),
      anyValue(random),
    )
    return draft
  },
  (draft, random) => {
    const tags = [...draft.tags.keys()]
    if (tags.length > 0) draft.tags.delete(random.pick(tags))
    return draft
  },
  (draft, random) => {
    const lead = buildLead({
      major: random.pick([0, 2, 3, 4, 255]),
      type: random.pick([0, 1, 2, 65535]),
      signatureType: random.pick([0, 1, 5, 6]),
    })
    return { ...draft, lead: random.oneIn(2) ? Buffer.from(lead) : mutateBytes(lead, random) }
  },
  draft => ({ ...draft, hasRegions: false }),
  draft => ({ ...draft, hasRightDigests: false }),
]

/** The list of files and the archive, together and apart; the payload. */
const OF_CONTENTS: readonly RpmMutator[] = [
  (draft, random) => ({ ...draft, compressor: random.pick(COMPRESSORS) }),
  (draft, random) => withFile(draft, random, ({ content }) => ({ content: latin1(mutateElf(Buffer.from(content, 'latin1'), random)) })),
  (draft, random) => withFile(draft, random, ({ content }) => ({ content: latin1(mutateElf(Buffer.from(content, 'latin1'), random)) })),
  (draft, random) => withFile(draft, random, () => ({ content: latin1(generatedElf(random)), mode: 0o100755 })),
  (draft, random, seeds) => withFile(draft, random, () => ({ content: latin1(generatedArchive(random, seeds)), mode: 0o100644 })),
  (draft, random) => withFile(draft, random, () => ({ path: random.pick(DIRECTORIES) + random.pick(NAMES).replaceAll('\0', '') })),
  (draft, random) =>
    withFile(draft, random, ({ listed }) => ({
      listed: {
        ...listed,
        ...random.pick([
          { mode: random.pick([0, 0o40755, 0o120777, 0o20644, 0o60644, 0o10644, 0o140644, edge(random) & 0xffff]) },
          { flags: random.pick([1, 2, 64, 128, 1 << 12, edge(random)]) },
          { path: random.pick(DIRECTORIES) + random.pick(NAMES).replaceAll('\0', '') },
          { linkTarget: random.pick(TEXTS).replaceAll('\0', '') },
          { inode: random.below(4) },
          { content: random.pick(TEXTS) },
        ]),
      },
    })),
  (draft, random) =>
    withFile(draft, random, ({ member }) => ({
      member: {
        ...member,
        ...random.pick([
          { mode: random.pick([0, 0o40755, 0o120777, 0o20644, edge(random)]) },
          { fileSize: edge(random) },
          { nameSize: random.pick([0, 1, 2, 4096, 4097, edge(random)]) },
          { name: random.pick(TEXTS) },
          { inode: random.below(4) },
          { linkCount: random.pick([0, 1, 2, 3, edge(random)]) },
          { magic: random.pick(['070702', '070707', '07070X', '070701', '      ']) },
          { data: random.pick(TEXTS) },
        ]),
      },
    })),
  (draft, random) => withFile(draft, random, () => ({ inode: 1 + random.below(3) })),
  (draft, random) => {
    const times = random.oneIn(40) ? random.below(300) : 1
    if (draft.files.length > 0)
      for (let time = 0; time < times; time++) draft.files.splice(random.below(draft.files.length), 0, random.pick(draft.files))
    return draft
  },
  (draft, random) => {
    const path = random.pick(DIRECTORIES) + random.pick(NAMES).replaceAll('\0', '')
    draft.files.push({
      path,
      content: latin1(random.oneIn(3) ? random.bytes(20) : generatedElf(random)),
      mode: random.pick([0o100644, 0o100755, 0o104755]),
    })
    return draft
  },
  (draft, random) => {
    const path = random.pick(DIRECTORIES) + random.pick(NAMES).replaceAll('\0', '')
    const linkTarget = random.oneIn(3) ? random.pick(TEXTS).replaceAll('\0', '') : random.pick(SONAMES)
    draft.files.push({ path, content: '', mode: 0o120777, linkTarget })
    return draft
  },
  (draft, random) => {
    draft.files.splice(random.below(draft.files.length), 1)
    return draft
  },
  (draft, random) => {
    draft.cpioChanges.push(later(random, mutateBytes))
    return draft
  },
  (draft, random) => {
    draft.payloadChanges.push(later(random, mutateBytes))
    return draft
  },
  (draft, random) => {
    draft.payloadChanges.push(later(random, mutateBytes))
    return draft
  },
  (draft, random) => {
    draft.fileChanges.push(later(random, mutateBytes))
    return draft
  },
]

/** The random numbers of one gene of a case. */
export const geneRandom = (gene: number): Random => new Random(mixed(gene))
