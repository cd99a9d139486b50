/** Builds packages in memory, valid unless a test changes something. */
import { createHash } from 'node:crypto'
import { RPMSIGTAG } from '../../lib/rpm/signature-tags.js'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { TYPE_NUMBER } from '../../lib/rpm/tag.js'

/** The value of a tag as encoded in a header. */
export interface TagValue {
  readonly type: number
  readonly count: number
  readonly data: Buffer
}

export interface TestFile {
  readonly path: string
  readonly content?: string
  readonly mode?: number
  readonly flags?: number
  readonly linkTarget?: string
  readonly inode?: number
}

/** One index entry before it is encoded; a test may change it. */
export interface DraftEntry {
  tag: number
  type: number
  offset: number
  count: number
}

/** A header before it is encoded; the region's own entry, if any, comes first, and its trailer fills the last 16 bytes of `data`. */
export interface HeaderDraft {
  readonly intro: { magic: number; reserved: number; indexCount: number; dataLength: number }
  readonly entries: DraftEntry[]
  data: Buffer
}

export type Tags = Readonly<Record<number, TagValue | undefined>>
export type Tamper = (draft: HeaderDraft) => void

export interface PackageParts {
  readonly files?: readonly TestFile[]
  /** Tags in addition to or instead of the usual ones; `undefined` leaves one out. */
  readonly tags?: Tags
  readonly signature?: Tags
  readonly payload?: Uint8Array
  readonly lead?: Buffer
  /** v3 packages have no regions. */
  readonly hasRegions?: boolean
  readonly tamper?: Tamper
  readonly tamperSignature?: Tamper
}

const ALIGNMENT: Readonly<Record<number, number>> = { [TYPE_NUMBER.INT16]: 2, [TYPE_NUMBER.INT32]: 4, [TYPE_NUMBER.INT64]: 8 }

export const int16 = (...values: number[]): TagValue => integers(TYPE_NUMBER.INT16, 2, values)
export const int32 = (...values: number[]): TagValue => integers(TYPE_NUMBER.INT32, 4, values)
export const string = (value: string): TagValue => ({ type: TYPE_NUMBER.STRING, count: 1, data: Buffer.from(`${value}\0`, 'latin1') })
export const bin = (data: Uint8Array): TagValue => ({ type: TYPE_NUMBER.BIN, count: data.length, data: Buffer.from(data) })

export function strings(...values: string[]): TagValue {
  return { type: TYPE_NUMBER.STRING_ARRAY, count: values.length, data: Buffer.from(values.map(value => `${value}\0`).join(''), 'latin1') }
}

export function translated(...values: string[]): TagValue {
  return { ...strings(...values), type: TYPE_NUMBER.I18NSTRING }
}

export function int64(...values: bigint[]): TagValue {
  const data = Buffer.alloc(8 * values.length)
  values.forEach((value, index) => data.writeBigUInt64BE(value, 8 * index))
  return { type: TYPE_NUMBER.INT64, count: values.length, data }
}

function integers(type: number, size: number, values: readonly number[]): TagValue {
  const data = Buffer.alloc(size * values.length)
  values.forEach((value, index) => data.writeUIntBE(value, size * index, size))
  return { type, count: values.length, data }
}

export function buildLead({ major = 3, type = 0, signatureType = 5 } = {}): Buffer {
  const lead = Buffer.alloc(96)
  lead.writeUInt32BE(0xedabeedb, 0)
  lead.writeUInt8(major, 4)
  lead.writeUInt16BE(type, 6)
  lead.write('test-1-1', 10)
  lead.writeUInt16BE(signatureType, 78)
  return lead
}

/** `region`: tag of the region, `null` for none. */
export function buildHeader(tags: Tags, region: number | null, tamper: Tamper = () => {}): Buffer {
  const draft = draftOf(tags, region)
  tamper(draft)
  const { magic, reserved, indexCount, dataLength } = draft.intro
  const head = int32(magic, reserved, indexCount, dataLength).data
  return Buffer.concat([head, ...draft.entries.map(entryBytes), draft.data])
}

export function entryBytes({ tag, type, offset, count }: DraftEntry): Buffer {
  return int32(tag, type, offset >>> 0, count).data
}

function draftOf(tags: Tags, region: number | null): HeaderDraft {
  const entries: DraftEntry[] = []
  const pieces: Buffer[] = []
  let length = 0
  const append = (piece: Buffer): void => {
    pieces.push(piece)
    length += piece.length
  }
  for (const [number, value] of Object.entries(tags)) {
    if (value === undefined) continue
    append(Buffer.alloc(-length & ((ALIGNMENT[value.type] ?? 1) - 1)))
    entries.push({ tag: Number(number), type: value.type, offset: length, count: value.count })
    append(value.data)
  }
  if (region !== null) {
    entries.unshift({ tag: region, type: TYPE_NUMBER.BIN, offset: length, count: 16 })
    append(entryBytes({ tag: region, type: TYPE_NUMBER.BIN, offset: -16 * entries.length, count: 16 }))
  }
  return { intro: { magic: 0x8eade801, reserved: 0, indexCount: entries.length, dataLength: length }, entries, data: Buffer.concat(pieces) }
}

export function buildPackage(parts: PackageParts = {}): Buffer {
  const { files = [], payload = new Uint8Array(), lead = buildLead(), hasRegions = true } = parts
  const header = buildHeader({ ...identityTags(), ...fileTags(files), ...parts.tags }, hasRegions ? 63 : null, parts.tamper)
  const signed = Buffer.concat([header, payload])
  const digests: Tags = {
    [RPMSIGTAG.SHA1.number]: string(createHash('sha1').update(header).digest('hex')),
    [RPMSIGTAG.SHA256.number]: string(createHash('sha256').update(header).digest('hex')),
    [RPMSIGTAG.SIZE.number]: int32(signed.length),
    [RPMSIGTAG.MD5.number]: bin(createHash('md5').update(signed).digest()),
  }
  const signature = buildHeader({ ...digests, ...parts.signature }, hasRegions ? 62 : null, parts.tamperSignature)
  return Buffer.concat([lead, signature, Buffer.alloc(-signature.length & 7), signed])
}

function identityTags(): Tags {
  return {
    [RPMTAG.HEADERI18NTABLE.number]: strings('C'),
    [RPMTAG.NAME.number]: string('test'),
    [RPMTAG.VERSION.number]: string('1'),
    [RPMTAG.RELEASE.number]: string('2'),
    [RPMTAG.SUMMARY.number]: translated('A package'),
    [RPMTAG.ARCH.number]: string('x86_64'),
    [RPMTAG.SOURCERPM.number]: string('test-1-2.src.rpm'),
    [RPMTAG.PAYLOADFORMAT.number]: string('cpio'),
    [RPMTAG.PAYLOADCOMPRESSOR.number]: string('gzip'),
  }
}

/** The tags of a file list: directories as rpm splits them off. */
export function fileTags(files: readonly TestFile[]): Tags {
  if (files.length === 0) return {}
  const directoryOf = ({ path }: TestFile): string => path.slice(0, path.lastIndexOf('/') + 1)
  const directories = [...new Set(files.map(directoryOf))]
  const modes = files.map(file => file.mode ?? 0o100644)
  return {
    [RPMTAG.FILESIZES.number]: int32(...files.map(sizeOf)),
    [RPMTAG.FILEMODES.number]: int16(...modes),
    [RPMTAG.FILEDIGESTS.number]: strings(
      ...files.map((file, index) => ((modes[index] ?? 0) >> 12 === 8 ? sha256(file.content ?? '') : '')),
    ),
    [RPMTAG.FILELINKTOS.number]: strings(...files.map(file => file.linkTarget ?? '')),
    [RPMTAG.FILEFLAGS.number]: int32(...files.map(file => file.flags ?? 0)),
    [RPMTAG.FILEDEVICES.number]: int32(...files.map(() => 1)),
    [RPMTAG.FILEINODES.number]: int32(...files.map((file, index) => file.inode ?? index + 1)),
    [RPMTAG.DIRINDEXES.number]: int32(...files.map(file => directories.indexOf(directoryOf(file)))),
    [RPMTAG.BASENAMES.number]: strings(...files.map(file => file.path.slice(directoryOf(file).length))),
    [RPMTAG.DIRNAMES.number]: strings(...directories),
    [RPMTAG.FILEDIGESTALGO.number]: int32(8),
  }
}

function sizeOf(file: TestFile): number {
  return (file.linkTarget ?? file.content ?? '').length
}

function sha256(content: string): string {
  return createHash('sha256').update(content, 'latin1').digest('hex')
}
