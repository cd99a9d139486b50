/**
 * rpm's requirements on the tags of a header, beyond those on the index.
 *
 * Source: rpm's lib/header.cc (hdrchkTagType) and lib/package.cc (headerMergeLegacySigs, since CVE-2021-20271 and CVE-2021-3421).
 */
import type { LocatedEntry } from './header-index.js'
import type { HeaderStore } from './header-store.js'
import type { RpmNote } from './note.js'
import { RPMSIGTAG, SIGNATURE_TAGS } from './signature-tags.js'
import { TYPE_NUMBER, type Tag } from './tag.js'
import { HEADER_TAGS, READ_TAGS, RPMTAG } from './tags.js'

const MD5_LENGTH = 16
const MAX_SIGNATURE_COUNT = 16 * 1024 * 1024
/** All but padding, whose type nobody checks. */
const CHECKED_SIGNATURE_TAGS: ReadonlyMap<number, Tag> = new Map(
  [...SIGNATURE_TAGS].filter(([number]) => number !== RPMSIGTAG.RESERVED.number && number !== RPMSIGTAG.RESERVEDSPACE.number),
)
/** Signature tags from this number on belong to the numbering that v6 dropped, and that rpm renumbers to avoid collisions with the main header's. */
const FIRST_LEGACY_SIGNATURE_TAG = 1000
/**
 * Numbers under which rpm merges signature tags into the main header: SIGSIZE, SIGPGP, SIGMD5 and SIGGPG, and the newer ones under their own
 * numbers. A tag of such a number in the main header itself would pass for a signature tag. 266 (PUBKEYS) is not among them: RPM5 writes it. Nor are
 * 274 and 275: rpm 4.18 reads packages that have the signatures of files there, as its first releases with such signatures wrote them.
 */
const MERGED_TAGS: ReadonlySet<number> = new Set([
  257,
  259,
  261,
  262,
  ...[...SIGNATURE_TAGS.keys()].filter(
    tag => tag < RPMSIGTAG.RESERVED.number && tag !== RPMSIGTAG.FILESIGNATURES.number && tag !== RPMSIGTAG.FILESIGNATURELENGTH.number,
  ),
])

/** Tags on which readers must agree, or they see different files. */
const FILE_LIST_TAGS: ReadonlySet<number> = new Set(
  [
    RPMTAG.OLDFILENAMES,
    RPMTAG.BASENAMES,
    RPMTAG.DIRNAMES,
    RPMTAG.DIRINDEXES,
    RPMTAG.FILESIZES,
    RPMTAG.LONGFILESIZES,
    RPMTAG.FILEMODES,
    RPMTAG.FILEFLAGS,
    RPMTAG.FILEDIGESTS,
    RPMTAG.FILEDIGESTALGO,
    RPMTAG.FILELINKTOS,
    RPMTAG.FILEDEVICES,
    RPMTAG.FILEINODES,
  ].map(tag => tag.number),
)

/** Throws `MalformedError` where rpm would refuse to merge the signature into the package. */
export function checkSignatureTags(signature: HeaderStore): RpmNote[] {
  checkTypes(signature, CHECKED_SIGNATURE_TAGS)
  for (const entry of signature.entries()) {
    const tag = CHECKED_SIGNATURE_TAGS.get(entry.tag)
    if (tag !== undefined) checkSignatureEntry(signature, tag, entry)
  }
  const md5 = signature.count(RPMSIGTAG.MD5)
  if (md5 !== 0 && md5 !== MD5_LENGTH) signature.fail(RPMSIGTAG.MD5, `${md5} bytes, expected ${MD5_LENGTH}`)
  return duplicateNotes(signature, SIGNATURE_TAGS, 'signature header')
}

/** Stricter than for the main header: a number is one number, and an array of strings nothing else. */
function checkSignatureEntry(signature: HeaderStore, tag: Tag, { type, count }: LocatedEntry): void {
  if (tag.type === 'STRING_ARRAY' && type !== TYPE_NUMBER.STRING_ARRAY)
    signature.fail(tag, `type ${type}, expected ${TYPE_NUMBER[tag.type]}`)
  const isNumber = tag.type === 'INT32' || tag.type === 'INT64'
  const most = isNumber ? 1 : MAX_SIGNATURE_COUNT
  if (count > most) signature.fail(tag, `${count} elements, more than ${most}`)
}

/** Throws `MalformedError` for a known tag of a wrong type, a signature tag, or a duplicate tag of the file list. */
export function checkHeaderTags(header: HeaderStore): RpmNote[] {
  for (const { tag } of header.entries()) {
    if (MERGED_TAGS.has(tag)) header.fail(headerTag(tag), 'belongs in the signature header')
  }
  // rpm checks types only in headers with a region; in older ones we check what we read.
  checkTypes(header, header.hasRegion ? HEADER_TAGS : READ_TAGS)
  const repeated = header.duplicates().find(entry => FILE_LIST_TAGS.has(entry.tag))
  if (repeated !== undefined) header.fail(headerTag(repeated.tag), 'occurs twice')
  return duplicateNotes(header, HEADER_TAGS, 'header')
}

/** v6 additionally requires strictly ascending tags, and none of the old numbers in the signature header; rpm itself ignores the latter. */
export function checkV6Tags(signature: HeaderStore, header: HeaderStore): RpmNote[] {
  const [repeated] = header.duplicates()
  if (repeated !== undefined) header.fail(headerTag(repeated.tag), 'occurs twice in a v6 package')
  let last = 0
  for (const { tag } of header.entries()) {
    if (tag <= last) header.fail(headerTag(tag), 'out of order in a v6 package')
    last = tag
  }
  const legacy = signature.entries().filter(entry => entry.tag >= FIRST_LEGACY_SIGNATURE_TAG)
  return legacy.map(entry =>
    note('legacy-signature-tag', `signature tag ${entry.tag} is not allowed in a v6 package`, 'signature header', entry),
  )
}

function checkTypes(store: HeaderStore, tags: ReadonlyMap<number, Tag>): void {
  for (const entry of store.entries()) {
    const tag = tags.get(entry.tag)
    if (tag !== undefined) store.expectType(tag, entry)
  }
}

function duplicateNotes(store: HeaderStore, tags: ReadonlyMap<number, Tag>, structure: string): RpmNote[] {
  return store.duplicates().map(entry => {
    const name = tags.get(entry.tag)?.name ?? `tag ${entry.tag}`
    return note('duplicate-tag', `the ${structure} has ${name} twice: readers differ in which one they use`, structure, entry)
  })
}

function note(id: string, message: string, structure: string, entry: LocatedEntry): RpmNote {
  return { id, message, structure, offset: entry.at }
}

/** The tag, or a placeholder for messages about an unknown one. */
function headerTag(number: number): Tag {
  return HEADER_TAGS.get(number) ?? { number, type: 'BIN', name: `tag ${number}` }
}
