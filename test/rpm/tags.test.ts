/** The tables of tags, against the numbers and types of rpm's include/rpm/rpmtag.h, sorted by type. */
import { describe, expect, test } from '@jest/globals'
import { Reader } from '../../lib/bytes/reader.js'
import { checkHeaderTags, checkSignatureTags } from '../../lib/rpm/header-checks.js'
import { decodeHeaderIndex } from '../../lib/rpm/header-index.js'
import { decodeHeaderIntro, MAIN_HEADER, SIGNATURE_HEADER } from '../../lib/rpm/header-intro.js'
import { HeaderStore } from '../../lib/rpm/header-store.js'
import { RPMSIGTAG } from '../../lib/rpm/signature-tags.js'
import { TYPE_NUMBER, type TagTable, type TagType } from '../../lib/rpm/tag.js'
import { HEADER_TAGS, READ_TAGS, RPMTAG } from '../../lib/rpm/tags.js'
import { decodeRpmHead } from '../../lib/rpm/head.js'
import known from '../../lib/rpm/tag-types.json' with { type: 'json' }
import {
  bin,
  buildHeader,
  buildPackage,
  int16,
  int32,
  int64,
  string,
  strings,
  translated,
  type HeaderDraft,
  type TagValue,
} from '../support/rpm-builder.js'

type Stated = Readonly<Partial<Record<TagType, string>>>

const MAIN: Stated = {
  CHAR: '1029 FILESTATES',
  STRING: `
    1000 NAME, 1001 VERSION, 1002 RELEASE, 1007 BUILDHOST, 1010 DISTRIBUTION, 1011 VENDOR, 1014 LICENSE, 1015 PACKAGER, 1020 URL, 1021 OS,
    1022 ARCH, 1044 SOURCERPM, 1064 RPMVERSION, 1094 COOKIE, 1122 OPTFLAGS, 1123 DISTURL, 1124 PAYLOADFORMAT, 1125 PAYLOADCOMPRESSOR,
    1126 PAYLOADFLAGS, 1132 PLATFORM, 1155 DISTTAG, 5034 VCS, 5062 ENCODING, 5096 MODULARITYLABEL, 5099 SPEC, 5120 SOURCENEVR,
    5121 PAYLOADSHA512, 5122 PAYLOADSHA512ALT, 5123 PAYLOADSHA3_256, 5124 PAYLOADSHA3_256ALT`,
  STRING_ARRAY: `
    100 HEADERI18NTABLE, 1018 SOURCE, 1019 PATCH, 1027 OLDFILENAMES, 1035 FILEDIGESTS, 1036 FILELINKTOS, 1039 FILEUSERNAME,
    1040 FILEGROUPNAME, 1047 PROVIDENAME, 1049 REQUIRENAME, 1050 REQUIREVERSION, 1054 CONFLICTNAME, 1055 CONFLICTVERSION, 1059 EXCLUDEARCH,
    1061 EXCLUSIVEARCH, 1089 BUILDARCHS, 1090 OBSOLETENAME, 1097 FILELANGS, 1113 PROVIDEVERSION, 1115 OBSOLETEVERSION, 1117 BASENAMES,
    1118 DIRNAMES, 1142 CLASSDICT, 5010 FILECAPS, 5046 RECOMMENDNAME, 5047 RECOMMENDVERSION, 5049 SUGGESTNAME, 5050 SUGGESTVERSION,
    5052 SUPPLEMENTNAME, 5053 SUPPLEMENTVERSION, 5055 ENHANCENAME, 5056 ENHANCEVERSION, 5092 PAYLOADSHA256, 5097 PAYLOADSHA256ALT,
    5116 MIMEDICT`,
  I18NSTRING: `
    1004 SUMMARY, 1005 DESCRIPTION, 1016 GROUP`,
  INT16: `
    1030 FILEMODES, 1033 FILERDEVS`,
  INT32: `
    1003 EPOCH, 1006 BUILDTIME, 1009 SIZE, 1028 FILESIZES, 1034 FILEMTIMES, 1037 FILEFLAGS, 1045 FILEVERIFYFLAGS, 1046 ARCHIVESIZE,
    1048 REQUIREFLAGS, 1051 NOSOURCE, 1052 NOPATCH, 1053 CONFLICTFLAGS, 1095 FILEDEVICES, 1096 FILEINODES, 1106 SOURCEPACKAGE,
    1112 PROVIDEFLAGS, 1114 OBSOLETEFLAGS, 1116 DIRINDEXES, 1140 FILECOLORS, 1141 FILECLASS, 1143 FILEDEPENDSX, 1144 FILEDEPENDSN,
    1145 DEPENDSDICT, 5011 FILEDIGESTALGO, 5048 RECOMMENDFLAGS, 5051 SUGGESTFLAGS, 5054 SUPPLEMENTFLAGS, 5057 ENHANCEFLAGS,
    5093 PAYLOADSHA256ALGO, 5114 RPMFORMAT, 5115 FILEMIMEINDEX`,
  INT64: `
    5008 LONGFILESIZES, 5009 LONGSIZE, 5112 PAYLOADSIZE, 5113 PAYLOADSIZEALT`,
}

const SIGNATURE: Stated = {
  STRING: '269 SHA1, 273 SHA256, 279 SHA3_256',
  STRING_ARRAY: '274 FILESIGNATURES, 276 VERITYSIGNATURES, 278 OPENPGP',
  INT32: '275 FILESIGNATURELENGTH, 277 VERITYSIGNATUREALGO, 1000 SIZE, 1007 PAYLOADSIZE',
  INT64: '270 LONGSIZE, 271 LONGARCHIVESIZE',
  BIN: '267 DSA, 268 RSA, 999 RESERVED, 1002 PGP, 1004 MD5, 1005 GPG, 1008 RESERVEDSPACE',
}

const VALUES: Readonly<Record<TagType, TagValue>> = {
  CHAR: { type: TYPE_NUMBER.CHAR, count: 1, data: Buffer.alloc(1) },
  INT16: int16(1),
  INT32: int32(1),
  INT64: int64(1n),
  STRING: string('x'),
  STRING_ARRAY: strings('x'),
  I18NSTRING: translated('x'),
  BIN: bin(Buffer.alloc(16)),
}
const TYPES = Object.keys(TYPE_NUMBER) as TagType[]

const stated = (tags: Stated): string[] =>
  TYPES.flatMap(type => (tags[type] ?? '').split(',').flatMap(tag => (tag === '' ? [] : [`${tag.trim()} ${type}`]))).sort()

const inTable = (table: TagTable): string[] => Object.values(table).map(({ number, name, type }) => `${number} ${name} ${type}`)

/** The types of which a header may have the tag. */
function accepted(
  number: number,
  kind: typeof MAIN_HEADER,
  check: (store: HeaderStore) => unknown,
  region: number | null = kind.regionTag,
): TagType[] {
  return TYPES.filter(type => {
    const file = new Reader(buildHeader({ [number]: VALUES[type] }, region), 'file', 'big')
    try {
      check(new HeaderStore(decodeHeaderIndex(file, decodeHeaderIntro(file, 0, kind), kind)))
      return true
    } catch {
      return false
    }
  })
}

describe.each([
  ['the main header', RPMTAG, MAIN, MAIN_HEADER, checkHeaderTags],
  ['the signature header', RPMSIGTAG, SIGNATURE, SIGNATURE_HEADER, checkSignatureTags],
] as const)('the tags of %s', (_name, table: TagTable, expected, kind, check) => {
  test('have the numbers and types that rpm gives them', () => expect(inTable(table).sort()).toEqual(stated(expected)))

  test('share no number', () => {
    const numbers = Object.values(table).map(({ number }) => number)
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([])
  })

  test.each(stated(expected))('are refused when they are of another type: %s', tag => {
    const [number, , type] = tag.split(' ')
    const isPadding = kind === SIGNATURE_HEADER && ['999', '1008'].includes(number!)
    const textTypes = kind === SIGNATURE_HEADER && type === 'STRING_ARRAY' ? [] : ['STRING', 'STRING_ARRAY', 'I18NSTRING']
    expect(accepted(Number(number), kind, check)).toEqual(isPadding ? TYPES : textTypes.includes(type!) ? textTypes : [type])
  })

  test('are unknown by any other number, and then of any type', () => expect(accepted(4999, kind, check)).toEqual(TYPES))
})

describe('a tag that rpm knows and nobody reads', () => {
  const TEXTS = ['STRING', 'STRING_ARRAY', 'I18NSTRING']

  test.each([
    [266, 'PUBKEYS', TEXTS],
    [1012, 'GIF', ['BIN']],
    [1023, 'PREIN', TEXTS],
    [1043, 'ICON', ['BIN']],
    [1068, 'TRIGGERFLAGS', ['INT32']],
    [5090, 'FILESIGNATURES', TEXTS],
    [5084, 'FILETRIGGERPRIORITIES', ['INT32']],
  ])('has the type that rpm gives it: %d %s', (number, name, types) => {
    expect(HEADER_TAGS.get(number)?.name).toBe(name)
    expect(READ_TAGS.has(number)).toBe(false)
    expect(accepted(number, MAIN_HEADER, checkHeaderTags)).toEqual(types)
  })

  test('has any type where the header has no region, as in packages from before rpm 4', () => {
    expect(accepted(1023, MAIN_HEADER, checkHeaderTags, null)).toEqual(TYPES)
    expect(accepted(RPMTAG.NAME.number, MAIN_HEADER, checkHeaderTags, null)).toEqual(TEXTS)
  })

  test('is refused although another entry of the same tag is right', () => {
    const parts = {
      tags: { 1023: VALUES.INT32, 1024: VALUES.STRING },
      tamper: ({ entries }: HeaderDraft) => entries.forEach(entry => (entry.tag = entry.tag === 1024 ? 1023 : entry.tag)),
    }
    expect(() => decodeRpmHead(buildPackage(parts))).toThrow('PREIN: type 4, expected 6')
  })

  test('is known once: what is read has the same type as in the table of rpm', () => {
    const rows = new Map(Object.entries(known.tags))
    const read = [...READ_TAGS.values()].filter(({ number }) => rows.has(`${number}`))
    expect(read.map(({ number, type }) => `${number} ${type}`)).toEqual(
      read.map(({ number }) => `${number} ${rows.get(`${number}`)?.split(' ')[1]}`),
    )
  })
})

describe('a tag of the signature header', () => {
  const signature = RPMSIGTAG.SIZE.number
  const decoding = (tags: Readonly<Record<number, TagValue>>) => () => decodeRpmHead(buildPackage({ signature: tags }))

  test.each([
    ['SIZE', signature, int32(1, 2)],
    ['PAYLOADSIZE', RPMSIGTAG.PAYLOADSIZE.number, int32(1, 2)],
    ['LONGSIZE', RPMSIGTAG.LONGSIZE.number, int64(1n, 2n)],
    ['FILESIGNATURELENGTH', RPMSIGTAG.FILESIGNATURELENGTH.number, int32(1, 2)],
  ])('has one number: %s', (name, tag, value) => expect(decoding({ [tag]: value })).toThrow(`${name}: 2 elements, more than 1`))

  test('may be padding of any type', () => {
    for (const tag of [RPMSIGTAG.RESERVED, RPMSIGTAG.RESERVEDSPACE]) expect(decoding({ [tag.number]: int32(1, 2) })).not.toThrow()
  })
})
