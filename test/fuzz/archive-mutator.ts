/** Archives in archives, with wrong sizes, types, names and checksums, and ELF files at the leaves. */
import { ar, tar, tarMember, zip } from '../support/archive-builder.js'
import { mutateBytes, type Bytes } from './byte-mutators.js'
import { generatedElf, mutateElf } from './elf-mutator.js'
import type { Random } from './random.js'
import { compressed, COMPRESSORS } from './stored-streams.js'
import { edge, TEXTS } from './words.js'

const NAMES = ['lib/x.so', 'x.o', '/', '//', '/0', 'a/b/c.so.1', 'x.tar.gz', '#1/8', './', ...TEXTS]
const TAR_TYPES = ['0', '0', '0', '0', '1', '2', '5', 'x', 'g', 'L', 'K', 'S', 'D', '7', '\0', 'V', 'M']

/** `seeds` are ELF files and archives; `depth` is how many archives may follow. */
export function generatedArchive(random: Random, seeds: readonly Uint8Array[], depth = 4): Bytes {
  const leaf = depth === 0 || random.oneIn(3)
  const bytes = leaf ? leafOf(random, seeds) : random.pick([tarOf, tarOf, arOf, zipOf, streamOf])(random, seeds, depth - 1)
  return random.oneIn(6) ? mutateBytes(bytes, random) : bytes
}

function leafOf(random: Random, seeds: readonly Uint8Array[]): Bytes {
  const elf = seeds.length === 0 || random.oneIn(2) ? generatedElf(random) : Buffer.from(random.pick(seeds))
  return random.oneIn(3) ? mutateElf(elf, random) : elf
}

type Container = (random: Random, seeds: readonly Uint8Array[], depth: number) => Bytes

const howMany = (random: Random): number => (random.oneIn(80) ? random.below(400) : 1 + random.count(4))

const tarOf: Container = (random, seeds, depth) => {
  const members = Array.from({ length: howMany(random) }, () => {
    const data = random.oneIn(6) ? paxOf(random) : generatedArchive(random, seeds, Math.min(depth, 2))
    const header = tarMember({
      name: random.pick(NAMES).slice(0, 100),
      data,
      type: random.pick(TAR_TYPES),
      magic: random.oneIn(8) ? 'none' : 'ustar',
      ...(random.oneIn(8) ? { size: edge(random) } : {}),
    })
    return random.oneIn(5) ? rechecked(header, random) : header
  })
  const archive = tar(...members)
  return Buffer.from(random.oneIn(10) ? archive.subarray(0, archive.length - random.below(1100)) : archive)
}

/** A pax header's records, true or not. */
function paxOf(random: Random): Buffer {
  const record = `${random.pick(['path', 'size', 'linkpath', 'mtime', 'GNU.sparse.major', '__proto__'])}=${random.pick([...TEXTS, '0', '-1', '99999999999'])}\n`
  return Buffer.from(`${random.oneIn(4) ? edge(random) : record.length + 3} ${record}`, 'latin1')
}

/** A byte of the header changed, and the checksum made right: size fields, in octal and in base 256, are likeliest. */
function rechecked(member: Buffer, random: Random): Buffer {
  const at = random.oneIn(2) ? 124 + random.below(12) : random.below(512)
  member[at] = random.pick([0, 0x20, 0x2d, 0x37, 0x80, 0xf0, 0xff, random.below(256)])
  member.write('        ', 148, 'latin1')
  const sum = member.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  member.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return member
}

const arOf: Container = (random, seeds, depth) =>
  Buffer.from(
    ar(
      ...Array.from({ length: howMany(random) }, () => ({
        name: random.pick(NAMES).slice(0, 16),
        data: generatedArchive(random, seeds, Math.min(depth, 1)),
        ...(random.oneIn(8) ? { size: random.pick(['', '-1', '0x10', '9999999999', '1e9', ' 8', `${random.below(5000)}`]) } : {}),
        ...(random.oneIn(20) ? { endMark: 'x\n' } : {}),
      })),
    ),
  )

const zipOf: Container = (random, seeds, depth) =>
  Buffer.from(
    zip(
      ...Array.from({ length: howMany(random) }, () => ({
        name: random.pick(NAMES),
        data: generatedArchive(random, seeds, Math.min(depth, 1)),
        method: random.pick([8, 8, 0, 0, 12, 14, 93, 99]),
        flags: random.oneIn(6) ? random.pick([1, 8, 0x40, 0x800, 0x2000]) : 0,
        ...(random.oneIn(8) ? { size: edge(random) } : {}),
        ...(random.oneIn(10) ? { packed: random.bytes(random.below(40)) } : {}),
      })),
    ),
  )

const streamOf: Container = (random, seeds, depth) => {
  const parts = Array.from({ length: random.oneIn(10) ? 1 + random.below(20) : 1 }, () =>
    compressed(generatedArchive(random, seeds, depth), random.pick(COMPRESSORS), random),
  )
  const bytes = Buffer.concat(parts)
  return random.oneIn(6) ? mutateBytes(bytes, random) : bytes
}
