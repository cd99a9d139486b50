/** Inputs for every decoder, by what it reads many of. */
import { ArParser } from '../../lib/archive/ar.js'
import { contentOf } from '../../lib/archive/magic.js'
import { Reader } from '../../lib/bytes/reader.js'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { CpioParser } from '../../lib/cpio/cpio-parser.js'
import { AddressSpace } from '../../lib/elf/address-space.js'
import { decodeMipsXhash } from '../../lib/elf/gnu-hash.js'
import { decodeElfImage } from '../../lib/elf/image.js'
import { decodeLtoSymbols } from '../../lib/elf/lto-symbols.js'
import { neededPart } from '../../lib/elf/needed-part.js'
import { visibleRanges } from '../../lib/elf/overlay.js'
import { relocatableSymbolsOf } from '../../lib/elf/relocatable.js'
import { objectFactsOf } from '../../lib/facts/object-facts.js'
import { pathFaultOf } from '../../lib/facts/payload/path-check.js'
import { dependenciesOf } from '../../lib/rpm/dependencies.js'
import { dependenciesOverlap } from '../../lib/rpm/dependency-overlap.js'
import { compareVersions } from '../../lib/rpm/evr.js'
import { hardlinkSetsOf } from '../../lib/rpm/hardlinks.js'
import { decodeRpmHead } from '../../lib/rpm/head.js'
import { identityOf } from '../../lib/rpm/identity.js'
import { filesOf } from '../../lib/rpm/package-files.js'
import { parseNevra } from '../../lib/rpm/parse-nevra.js'
import { payloadOf } from '../../lib/rpm/payload-tags.js'
import { provenanceOf } from '../../lib/rpm/provenance.js'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { ar, arMember } from '../support/archive-builder.js'
import { archive, member } from '../support/cpio-builder.js'
import { buildElf, type BuiltObject } from '../support/elf-builder.js'
import { relocatable } from '../support/relocatable-builder.js'
import { buildPackage, int16, int32, string, strings, type Tags } from '../support/rpm-builder.js'
import type { Make } from './growth.js'

export interface Row {
  /** The files whose code the dimension runs through. */
  readonly files: readonly string[]
  readonly dimension: string
  readonly from: number
  readonly make: Make
}

const catalogue = new Catalogue()
const ORIGIN = { path: '/usr/lib64/libx.so', alsoAt: [], isNested: false, sha256: null }

function many<Value>(count: number, value: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => value(index))
}

/** Facts with what the loader needs: everything that is read of an ELF file. Throws for a file that is not accepted, which would be read in no time. */
function facts(bytes: Uint8Array): () => unknown {
  const read = () => objectFactsOf(bytes, ORIGIN, catalogue, true)
  const { fault, link } = read()
  if (fault !== null || link?.fault != null) throw new Error(fault?.message ?? link?.fault ?? '')
  return read
}

const elf =
  (object: (size: number) => BuiltObject): Make =>
  size =>
    facts(buildElf(object(size)))

const elfFiles = (...names: readonly string[]): string[] => ['image', 'elf-head', 'header', 'dynamic-view', ...names].map(inElf)
const inElf = (name: string): string => `lib/elf/${name}.ts`
const inRpm = (name: string): string => `lib/rpm/${name}.ts`

/** PT_LOAD segments behind one another. */
const segments = (size: number) =>
  many(size, index => ({
    type: 1,
    flags: 4,
    offset: index * 4096,
    address: index * 8192,
    fileSize: 100,
    memorySize: 5000,
    alignment: 4096,
  }))

/** A file with this many program headers at its end, all but the first ones empty. */
function withProgramHeaders(size: number): Buffer {
  const file = buildElf({ symbols: [{ name: 'x' }] })
  const [at, entrySize, count] = [Number(file.readBigUInt64LE(32)), file.readUInt16LE(54), file.readUInt16LE(56)]
  const headers = Buffer.alloc(size * entrySize)
  file.copy(headers, 0, at, at + count * entrySize)
  const whole = Buffer.concat([file, headers])
  whole.writeBigUInt64LE(BigInt(file.length), 32)
  whole.writeUInt16LE(size, 56)
  return whole
}

/** DT_MIPS_XHASH with one bucket. */
function xhash(size: number): () => unknown {
  const words = [
    1,
    1,
    1,
    6,
    0xffffffff,
    0xffffffff,
    1,
    ...many(size, index => (index === size - 1 ? 1 : 0)),
    ...many(size, index => index + 1),
  ]
  const bytes = Uint32Array.from(words)
  const table = new Reader(new Uint8Array(bytes.buffer), 'DT_MIPS_XHASH', 'little')
  return () => {
    const hash = decodeMipsXhash(table, 64, size + 1)
    for (let symbol = 1; symbol <= size; symbol++) hash.leadsTo('x', symbol)
  }
}

const ltoEntry = Buffer.concat([Buffer.from('name\0group\0'), Buffer.alloc(14)])

function head(tags: Tags): ReturnType<typeof decodeRpmHead> {
  return decodeRpmHead(buildPackage({ tags }))
}

/** All that is read of a package's head. */
function readHead(bytes: Buffer): unknown {
  const decoded = decodeRpmHead(bytes)
  return [dependenciesOf(decoded), identityOf(decoded), payloadOf(decoded), provenanceOf(decoded), filesOf(decoded)]
}

function fileTags(size: number, directories: (index: number) => string): Tags {
  const zeros = many(size, () => 0)
  return {
    [RPMTAG.BASENAMES.number]: strings(...zeros.map((_, index) => `f${index}`)),
    [RPMTAG.DIRNAMES.number]: strings(...zeros.map((_, index) => directories(index))),
    [RPMTAG.DIRINDEXES.number]: int32(...zeros.map((_, index) => index)),
    [RPMTAG.FILESIZES.number]: int32(...zeros),
    [RPMTAG.FILEMODES.number]: int16(...zeros.map(() => 0o100644)),
  }
}

const HEAD_FILES = [
  'head',
  'lead',
  'header-intro',
  'header-index',
  'header-store',
  'index-entry',
  'region',
  'header-checks',
  'expected-digests',
  'identity',
  'payload-tags',
  'provenance',
  'signature-tags',
  'tags',
  'tag',
].map(inRpm)

const LISTED = { size: 1, mode: 0o100644, flags: 0, linkTarget: '', digest: null, device: 1, inode: 1 }

/** All events, in pieces of 64 KiB. */
function pushed(parser: { push(chunk: Uint8Array): Iterable<unknown> }, bytes: Uint8Array): number {
  let events = 0
  for (let at = 0; at < bytes.length; at += 0x10000)
    for (const event of parser.push(bytes.subarray(at, at + 0x10000))) if (event !== null) events++
  return events
}

export const DECODERS: readonly Row[] = [
  {
    files: elfFiles('gnu-hash', 'symbol-table', 'string-table', 'version-table', 'machines'),
    dimension: 'symbols',
    from: 500,
    make: elf(size => ({ symbols: many(size, index => ({ name: `symbol_${index}` })) })),
  },
  {
    files: elfFiles('gnu-hash'),
    dimension: 'guarded symbols of one name, in one chain',
    from: 500,
    make: elf(size => ({ symbols: many(size, () => ({ name: 'CRYPTO_lock' })) })),
  },
  {
    files: elfFiles('sysv-hash'),
    dimension: 'guarded symbols of one name, in one chain of DT_HASH',
    from: 500,
    make: elf(size => ({ hash: 'sysv', symbols: many(size, () => ({ name: 'CRYPTO_lock' })) })),
  },
  { files: elfFiles('gnu-hash'), dimension: 'symbols of DT_MIPS_XHASH, in one chain', from: 1000, make: xhash },
  {
    files: elfFiles('dynamic'),
    dimension: 'DT_NEEDED entries',
    from: 500,
    make: elf(size => ({ needed: many(size, index => `lib${index}.so`) })),
  },
  {
    files: elfFiles('version-definitions', 'version-table'),
    dimension: 'version definitions',
    from: 500,
    make: elf(size => ({
      symbols: many(size, index => ({ name: `CRYPTO_lock`, versym: index + 2 })),
      nodes: Object.fromEntries(many(size, index => [index + 2, `NODE_${index}`])),
    })),
  },
  {
    files: elfFiles('version-requirements', 'version-table'),
    dimension: 'version requirements',
    from: 500,
    make: elf(size => ({
      symbols: many(size, index => ({ name: `import_${index}`, isDefined: false, versym: index + 2 })),
      requirements: Object.fromEntries(many(size, index => [index + 2, { file: `lib${index % 50}.so`, name: `V_${index}` }])),
    })),
  },
  {
    files: elfFiles('relocations', 'relocation-types', 'table-ranges'),
    dimension: 'relocations',
    from: 500,
    make: elf(size => ({
      symbols: many(size, index => ({ name: `import_${index}`, isDefined: false })),
      relocations: many(size, index => ({ type: 6, symbol: `import_${index}` })),
    })),
  },
  { files: [inElf('address-space'), inElf('overlay')], dimension: 'PT_LOAD segments', from: 1000, make: addressSpace },
  {
    files: [inElf('overlay')],
    dimension: 'ranges that all overlap',
    from: 1000,
    make: size => {
      const ranges = many(size, index => ({ start: index, end: 2 * size - index }))
      return () => visibleRanges(ranges)
    },
  },
  {
    files: elfFiles('program-headers', 'gnu-properties', 'needed-part'),
    dimension: 'program headers',
    from: 1000,
    make: size => {
      const bytes = withProgramHeaders(size)
      return () => [decodeElfImage(bytes), neededPart(bytes)]
    },
  },
  {
    files: elfFiles('gnu-properties'),
    dimension: 'GNU properties',
    from: 1000,
    make: elf(size => ({ properties: Object.fromEntries(many(size, index => [0x10000 + index, 0])) })),
  },
  {
    files: [inElf('relocatable'), inElf('section-headers'), inElf('symbol-table')],
    dimension: 'symbols of a relocatable object',
    from: 1000,
    make: size => {
      const bytes = relocatable(many(size, index => `symbol_${index}`))
      return () => relocatableSymbolsOf(bytes)
    },
  },
  {
    files: [inElf('lto-symbols')],
    dimension: 'LTO symbols',
    from: 1000,
    make: size => {
      const section = new Reader(Buffer.concat(many(size, () => ltoEntry)), 'lto', 'little')
      return () => decodeLtoSymbols(section)
    },
  },
  {
    files: [...HEAD_FILES, inRpm('package-files')],
    dimension: 'files',
    from: 500,
    make: size => {
      const bytes = buildPackage({ tags: fileTags(size, index => `/usr/lib/${index}/`) })
      return () => readHead(bytes)
    },
  },
  {
    files: [...HEAD_FILES, inRpm('dependencies')],
    dimension: 'provides',
    from: 500,
    make: size => {
      const names = strings(...many(size, index => `lib${index}.so()(64bit)`))
      const versions = strings(...many(size, () => '1-1'))
      const bytes = buildPackage({
        tags: {
          [RPMTAG.PROVIDENAME.number]: names,
          [RPMTAG.PROVIDEVERSION.number]: versions,
          [RPMTAG.PROVIDEFLAGS.number]: int32(...many(size, () => 8)),
        },
      })
      return () => readHead(bytes)
    },
  },
  {
    files: HEAD_FILES,
    dimension: 'tags',
    from: 500,
    make: size => {
      const bytes = buildPackage({ tags: Object.fromEntries(many(size, index => [0x10000 + index, string('x')])) })
      return () => readHead(bytes)
    },
  },
  {
    files: [inRpm('hardlinks')],
    dimension: 'hard links',
    from: 1000,
    make: size => {
      const files = many(size, index => ({ ...LISTED, path: `/f${index}` }))
      return () => hardlinkSetsOf(files)
    },
  },
  {
    files: [inRpm('package-files')],
    dimension: 'characters of a path',
    from: 400,
    make: size => {
      const { files } = filesOf(head(fileTags(1, () => `/${'d/'.repeat(size / 2)}`)))
      return () => pathFaultOf(files)
    },
  },
  {
    files: [inRpm('evr')],
    dimension: 'parts of a version',
    from: 1000,
    make: size => () => compareVersions('1.'.repeat(size), `${'1.'.repeat(size)}2`),
  },
  {
    files: [inRpm('dependency-overlap'), inRpm('evr')],
    dimension: 'digits of a version',
    from: 5000,
    make: size => {
      const one = { name: 'x', flags: 8, version: `${'0'.repeat(size)}1` }
      return () => dependenciesOverlap(one, { ...one, version: `${one.version}-1` })
    },
  },
  { files: [inRpm('parse-nevra')], dimension: 'dashes', from: 1000, make: size => () => parseNevra(`${'-a'.repeat(size)}/`) },
  {
    files: ['cpio-parser', 'member-header', 'member-header-collector', 'entry'].map(name => `lib/cpio/${name}.ts`),
    dimension: 'members',
    from: 500,
    make: size => {
      const bytes = archive(...many(size, index => member({ name: `./f${index}`, data: 'x' })))
      return () => pushed(new CpioParser({ members: 1e6, sizeOfStripped: () => 0 }), bytes)
    },
  },
  {
    files: ['lib/archive/ar.ts', 'lib/archive/magic.ts'],
    dimension: 'members',
    from: 500,
    make: size => {
      const bytes = ar(...many(size, index => ({ name: `f${index}/`, data: Buffer.from('x\n') })))
      return () => [contentOf(bytes.subarray(0, 4096)), pushed(new ArParser(), bytes)]
    },
  },
  {
    files: ['lib/archive/ar.ts'],
    dimension: 'bytes of long names',
    from: 20_000,
    make: size => {
      const names = arMember({ name: '//', data: Buffer.from('long-name.o/\n'.repeat(Math.ceil(size / 13))) })
      const bytes = Buffer.concat([Buffer.from('!<arch>\n'), names, ...many(100, index => arMember({ name: `/${index * 13}` }))])
      return () => pushed(new ArParser(), bytes)
    },
  },
]

function addressSpace(size: number): () => unknown {
  const file = new Reader(new Uint8Array(64), 'file', 'little')
  const loaded = segments(size)
  return () => {
    const addresses = new AddressSpace(file, loaded)
    return loaded.map(({ address }) => addresses.holds(address))
  }
}

/** Files without code that reads something of any length. */
export const CONSTANT: Readonly<Record<string, string>> = {
  [inElf('machines')]: 'a table',
  [inRpm('architectures')]: 'a table',
  [inRpm('note')]: 'a type',
}
