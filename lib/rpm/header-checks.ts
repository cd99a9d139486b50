/**
 * What rpm demands of the tags of a header, beyond what it demands of the index.
 *
 * Source: rpm's lib/header.cc (hdrchkTagType) and lib/package.cc (headerMergeLegacySigs, since CVE-2021-20271 and CVE-2021-3421).
 */
import type { LocatedEntry } from './header-index.js'
import type { HeaderStore } from './header-store.js'
import type { RpmNote } from './note.js'
import { RPMSIGTAG, SIGNATURE_TAGS } from './signature-tags.js'
import type { Tag } from './tag.js'
import { HEADER_TAGS, RPMTAG } from './tags.js'

const MD5_LENGTH = 16
const MAX_SIGNATURE_COUNT = 16 * 1024 * 1024
/** From here on signature tags are of the numbering that v6 gave up, and that rpm moves out of the way of the main header's. */
const FIRST_LEGACY_SIGNATURE_TAG = 1000
/**
 * Where rpm shows the tags of the signature among those of the main header: SIGSIZE, SIGPGP, SIGMD5 and SIGGPG, and the newer ones under their own
 * numbers. One that is really there would pass for signed. 266 (PUBKEYS) is not among them: RPM5 writes it.
 */
const MERGED_TAGS: ReadonlySet<number> = new Set([
  257,
  259,
  261,
  262,
  ...[...SIGNATURE_TAGS.keys()].filter(tag => tag < RPMSIGTAG.RESERVED.number),
])

/** Tags on which readers must agree, or they see other files. */
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

/** Throws MalformedError where rpm would not merge the signature into the package. */
export function checkSignatureTags(signature: HeaderStore): RpmNote[] {
  checkTypes(signature, SIGNATURE_TAGS)
  for (const entry of signature.entries()) {
    const tag = SIGNATURE_TAGS.get(entry.tag)
    if (tag !== undefined && entry.count > MAX_SIGNATURE_COUNT)
      signature.fail(tag, `${entry.count} elements, more than ${MAX_SIGNATURE_COUNT}`)
  }
  const md5 = signature.count(RPMSIGTAG.MD5)
  if (md5 !== 0 && md5 !== MD5_LENGTH) signature.fail(RPMSIGTAG.MD5, `${md5} bytes, expected ${MD5_LENGTH}`)
  return duplicateNotes(signature, SIGNATURE_TAGS, 'signature header')
}

/** Throws MalformedError for a known tag of a wrong type, a signature's tag, or a file list that is there twice. */
export function checkHeaderTags(header: HeaderStore): RpmNote[] {
  checkTypes(header, HEADER_TAGS)
  for (const { tag } of header.entries()) {
    if (MERGED_TAGS.has(tag)) header.fail(headerTag(tag), 'belongs in the signature header')
  }
  const repeated = header.duplicates().find(entry => FILE_LIST_TAGS.has(entry.tag))
  if (repeated !== undefined) header.fail(headerTag(repeated.tag), 'occurs twice')
  return duplicateNotes(header, HEADER_TAGS, 'header')
}

/** What v6 demands on top: tags strictly ascending, and none of the old numbers in the signature. The latter rpm itself reads over. */
export function checkV6Tags(signature: HeaderStore, header: HeaderStore): RpmNote[] {
  let last = 0
  for (const { tag } of header.entries()) {
    if (tag <= last) header.fail(headerTag(tag), 'out of order in a v6 package')
    last = tag
  }
  const [repeated] = header.duplicates()
  if (repeated !== undefined) header.fail(headerTag(repeated.tag), 'occurs twice in a v6 package')
  const legacy = [...signature.entries()].filter(entry => entry.tag >= FIRST_LEGACY_SIGNATURE_TAG)
  return legacy.map(entry =>
    note('legacy-signature-tag', `signature tag ${entry.tag} is not allowed in a v6 package`, 'signature header', entry),
  )
}

function checkTypes(store: HeaderStore, tags: ReadonlyMap<number, Tag>): void {
  for (const entry of store.entries()) {
    const tag = tags.get(entry.tag)
    if (tag !== undefined) store.count(tag)
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

/** The tag, or a stand-in for messages about one that we do not know. */
function headerTag(number: number): Tag {
  return HEADER_TAGS.get(number) ?? { number, type: 'BIN', name: `tag ${number}` }
}
