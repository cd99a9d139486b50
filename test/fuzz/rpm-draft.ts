/**
 * A package as parts that can be changed one by one. It is built with right digests, so that a change reaches the code behind them.
 *
 * Seeds are taken apart by a reader of its own, which knows sound packages alone.
 */
import { createHash } from 'node:crypto'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { member, trailer, type TestMember } from '../support/cpio-builder.js'
import {
  bin,
  buildPackage,
  fileTags,
  int32,
  string,
  strings,
  type HeaderDraft,
  type Tags,
  type TagValue,
  type TestFile,
} from '../support/rpm-builder.js'
import type { Bytes } from './byte-mutators.js'
import { Random } from './random.js'
import { compressed, type Compressor } from './stored-streams.js'

/** A file of the list and the payload; `listed` and `member` are where one of them says something else. */
export interface DraftFile extends TestFile {
  readonly content: string
  readonly listed?: Partial<TestFile>
  readonly member?: Partial<TestMember>
}

export interface RpmDraft {
  readonly tags: Map<number, TagValue>
  readonly signature: Map<number, TagValue>
  readonly files: DraftFile[]
  /** A payload taken as it is; then `files` are left out of it. */
  readonly rawPayload: Bytes | null
  readonly compressor: Compressor
  readonly lead: Bytes | null
  readonly hasRegions: boolean
  readonly hasRightDigests: boolean
  readonly headerChanges: ((header: HeaderDraft) => void)[]
  readonly signatureChanges: ((header: HeaderDraft) => void)[]
  readonly cpioChanges: ((cpio: Bytes) => Bytes)[]
  readonly payloadChanges: ((payload: Bytes) => Bytes)[]
  readonly fileChanges: ((file: Bytes) => Bytes)[]
}

const PER_FILE = new Set<number>([
  1027, 1028, 1030, 1033, 1034, 1035, 1036, 1037, 1039, 1040, 1045, 1095, 1096, 1097, 1116, 1117, 1118, 1140, 1141, 1142, 1143, 1144, 1145,
  5008, 5009, 5010, 5011, 5045, 5090, 5091, 5092, 5093, 5097,
])

export function emptyDraft(): RpmDraft {
  return {
    tags: new Map(),
    signature: new Map(),
    files: [],
    rawPayload: null,
    compressor: 'gzip',
    lead: null,
    hasRegions: true,
    hasRightDigests: true,
    headerChanges: [],
    signatureChanges: [],
    cpioChanges: [],
    payloadChanges: [],
    fileChanges: [],
  }
}

/** The parts of a draft may be changed without changing the original. */
export function copyOf(draft: RpmDraft): RpmDraft {
  return {
    ...draft,
    tags: new Map(draft.tags),
    signature: new Map(draft.signature),
    files: [...draft.files],
    headerChanges: [...draft.headerChanges],
    signatureChanges: [...draft.signatureChanges],
    cpioChanges: [...draft.cpioChanges],
    payloadChanges: [...draft.payloadChanges],
    fileChanges: [...draft.fileChanges],
  }
}

export function packageFrom(draft: RpmDraft): Bytes {
  const { files, tags, hasRegions, lead } = draft
  const payload = applied(draft.payloadChanges, draft.rawPayload ?? payloadOf(draft))
  const listed = files.map(({ content, listed: other, ...file }) => ({ ...file, content, ...other }))
  const digests: Tags = {
    [RPMTAG.PAYLOADSHA256.number]: strings(createHash('sha256').update(payload).digest('hex')),
    [RPMTAG.PAYLOADSHA256ALGO.number]: int32(8),
  }
  const compressor: Tags = draft.rawPayload === null ? { [RPMTAG.PAYLOADCOMPRESSOR.number]: string(draft.compressor) } : {}
  const built = buildPackage({
    ...(lead === null ? {} : { lead }),
    hasRegions,
    payload,
    tags: {
      ...(draft.rawPayload === null ? fileTags(listed) : {}),
      ...compressor,
      ...(draft.hasRightDigests ? digests : {}),
      ...Object.fromEntries(tags),
    },
    signature: { ...(draft.hasRightDigests ? {} : wrongDigests()), ...Object.fromEntries(draft.signature) },
    tamper: header => draft.headerChanges.forEach(change => change(header)),
    tamperSignature: header => draft.signatureChanges.forEach(change => change(header)),
  })
  return applied(draft.fileChanges, Buffer.from(built))
}

const wrongDigests = (): Tags => ({ 1004: bin(Buffer.alloc(16)) })

function applied(changes: readonly ((bytes: Bytes) => Bytes)[], bytes: Bytes): Bytes {
  return changes.reduce((changed, change) => change(changed), bytes)
}

function payloadOf(draft: RpmDraft): Bytes {
  const members = draft.files.filter(({ flags = 0 }) => (flags & 0x40) === 0).map(memberOf)
  const cpio = applied(draft.cpioChanges, Buffer.concat([...members, trailer()]))
  return Buffer.from(compressed(cpio, draft.compressor, new Random(cpio.length)))
}

/** Of files with one inode, the last has the data. */
function memberOf(file: DraftFile, index: number, files: readonly DraftFile[]): Buffer {
  const { path, content, mode = 0o100644, linkTarget, inode = index + 1 } = file
  const same = files.filter(other => other.inode !== undefined && other.inode === file.inode)
  const isEmpty = same.length > 1 && same.at(-1) !== file
  const data = linkTarget ?? (mode >> 12 === 4 || isEmpty ? '' : content)
  return member({ name: `.${path}`, data, mode, inode, linkCount: Math.max(1, same.length), ...file.member })
}

interface Entry {
  readonly tag: number
  readonly value: TagValue
}

/** A package that was read before; `cpio` unpacks its payload. */
export function draftOf(bytes: Uint8Array, cpio: Uint8Array | null): RpmDraft {
  const file = Buffer.from(bytes)
  const signature = headerAt(file, 96)
  const main = headerAt(file, (signature.end + 7) & ~7)
  const tags = new Map(main.entries.map(({ tag, value }) => [tag, value] as const))
  const files = cpio === null ? null : filesIn(Buffer.from(cpio), tags)
  const kept = [...tags].filter(([tag]) => tag > 99 && !(files !== null && PER_FILE.has(tag)) && (tag < 5092 || tag > 5097) && tag !== 1125)
  return {
    ...emptyDraft(),
    tags: new Map(kept),
    files: files ?? [],
    rawPayload: files === null ? Buffer.from(file.subarray(main.end)) : null,
  }
}

function headerAt(file: Buffer, at: number): { readonly entries: readonly Entry[]; readonly end: number } {
  if (file.readUInt32BE(at) !== 0x8eade801) throw new Error('no header')
  const [count, length] = [file.readUInt32BE(at + 8), file.readUInt32BE(at + 12)]
  if (count > 1000) throw new Error('too many entries for a seed')
  const store = at + 16 + 16 * count
  const rows = Array.from({ length: count }, (_, index) => {
    const [tag, type, offset, elements] = [0, 4, 8, 12].map(field => file.readUInt32BE(at + 16 + 16 * index + field)) as [
      number,
      number,
      number,
      number,
    ]
    return { tag, type, offset, elements }
  })
  const ends = [...rows.map(({ offset }) => offset), length].sort((a, b) => a - b)
  const entries = rows.map(({ tag, type, offset, elements }) => {
    const end = ends.find(other => other > offset) ?? length
    const data = withoutPadding(file.subarray(store + offset, store + end), type, elements)
    return { tag, value: { type, count: elements, data: Buffer.from(data) } }
  })
  return { entries, end: store + length }
}

/** What follows a value up to the next one is there to align it. */
function withoutPadding(data: Buffer, type: number, count: number): Buffer {
  const size = [0, 1, 1, 2, 4, 8, 0, 1, 0, 0][type] ?? 0
  if (size > 0) return data.subarray(0, size * count)
  let end = 0
  for (let left = type === 6 ? 1 : Math.min(count, data.length); left > 0; left--) end = data.indexOf(0, end) + 1
  return data.subarray(0, end)
}

/** `null` if the archive has another form than newc. */
export function filesIn(cpio: Buffer, tags: ReadonlyMap<number, TagValue>): DraftFile[] | null {
  const files: DraftFile[] = []
  for (let at = 0; at + 110 <= cpio.length;) {
    if (!/^070701[0-9a-f]{104}/i.test(cpio.toString('latin1', at, at + 110))) return null
    const field = (index: number): number => parseInt(cpio.toString('latin1', at + 6 + 8 * index, at + 14 + 8 * index), 16)
    const name = cpio.toString('latin1', at + 110, at + 110 + field(11) - 1)
    const start = (at + 110 + field(11) + 3) & ~3
    if (name === 'TRAILER!!!') break
    const data = cpio.toString('latin1', start, start + field(6))
    const mode = field(1)
    const path = name.startsWith('./') ? name.slice(1) : `/${name}`
    files.push({
      path,
      mode,
      content: data,
      ...(mode >> 12 === 10 ? { linkTarget: data } : {}),
      ...(field(4) > 1 ? { inode: field(0) } : {}),
    })
    at = (start + field(6) + 3) & ~3
  }
  const flags = tags.get(1037)?.data
  const contents = new Map(files.filter(({ content }) => content !== '').map(({ inode, content }) => [inode, content]))
  return files.map((file, index) => ({
    ...file,
    content: file.inode === undefined ? file.content : (contents.get(file.inode) ?? ''),
    flags: flags !== undefined && flags.length >= 4 * files.length ? flags.readUInt32BE(4 * index) & ~0x40 : 0,
  }))
}
