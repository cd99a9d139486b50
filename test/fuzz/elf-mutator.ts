/**
 * ELF files: generated ones of every class, byte order, hash table and form of versions, and changes of single fields of every table that is read.
 *
 * Tables are found here by a reader of its own, which gives up where the file is broken already.
 */
import { buildElf, type BuiltObject, type BuiltSymbol } from '../support/elf-builder.js'
import { mutateBytes, withNumber, type Bytes } from './byte-mutators.js'
import { ElfLayout } from './elf-layout.js'
import type { Random } from './random.js'
import { edge, SONAMES, SYMBOLS, TEXTS, VERSIONS } from './words.js'

const MACHINES = [62, 62, 62, 3, 183, 21, 22, 40, 243, 0x9026, 20, 8, 0]
const RELOCATIONS = [1, 2, 5, 6, 7, 8, 16, 37, 1025, 1026, 0]
const DYNAMIC_TAGS = [
  1, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 20, 23, 24, 29, 30, 35, 36, 37, 0x6ffffef5, 0x6ffffff0, 0x6ffffffb,
]

/** How many of something: few as a rule, sometimes so many that a cost which grows with the square shows. */
const many = (random: Random, few: number): number => (random.oneIn(60) ? random.below(1500) : random.count(few))

function symbolsOf(random: Random, nodes: number): BuiltSymbol[] {
  return Array.from({ length: many(random, 12) }, (_, index) => ({
    name: random.oneIn(8) ? `f${index}` : random.pick(random.oneIn(12) ? TEXTS : SYMBOLS),
    versym: random.oneIn(2)
      ? null
      : random.pick([0, 1, 2, 3, 1 + random.below(nodes + 2), 0x8000 | (1 + random.below(nodes + 2)), edge(random) & 0xffff]),
    isDefined: !random.oneIn(4),
    binding: random.oneIn(6) ? random.below(16) : random.pick([0, 1, 1, 1, 2, 10]),
    type: random.oneIn(6) ? random.below(16) : random.pick([0, 1, 2, 2, 6, 10]),
    visibility: random.oneIn(6) ? random.below(8) : 0,
    ...(random.oneIn(8) ? { section: random.pick([0, 1, 0xfff1, 0xfff2, 0xffff]) } : {}),
    ...(random.oneIn(8) ? { value: edge(random) } : {}),
  }))
}

const numbered = <Value>(count: number, first: number, make: () => Value): Record<number, Value> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [first + index, make()]))

export function generatedElf(random: Random): Bytes {
  const nodes = random.oneIn(2) ? 0 : many(random, 5)
  const symbols = symbolsOf(random, nodes)
  const symbolName = (): { symbol?: string } => (symbols.length === 0 || random.oneIn(4) ? {} : { symbol: random.pick(symbols).name })
  const object: BuiltObject = {
    elfClass: random.pick([64, 64, 64, 32]),
    endianness: random.pick(['little', 'little', 'big']),
    machine: random.pick(MACHINES),
    type: random.pick([3, 3, 3, 3, 2, 1, 4, 0]),
    ...(random.oneIn(4) ? {} : { soname: random.pick(SONAMES) }),
    needed: Array.from({ length: many(random, 5) }, () => random.pick(SONAMES)),
    symbols,
    nodes: numbered(nodes, 1, () => random.pick(VERSIONS)),
    requirements: numbered(random.oneIn(2) ? 0 : many(random, 4), 20, () => ({
      file: random.pick(SONAMES),
      name: random.pick(VERSIONS),
      isWeak: random.oneIn(3),
      isStrict: random.oneIn(5),
    })),
    hash: random.pick(['gnu', 'gnu', 'sysv', 'both', 'none']),
    named: random.oneIn(3) ? { [random.pick([15, 29, 0x7fffffff, 0x7ffffffd])]: random.pick(TEXTS) } : {},
    dynamic: random.oneIn(4) ? { [random.pick(DYNAMIC_TAGS)]: edge(random) } : {},
    interpreter: random.pick([false, false, true, '/lib64/ld-linux-x86-64.so.2', '/lib/ld-musl-x86_64.so.1', 'x']),
    relocations: Array.from({ length: many(random, 6) }, () => ({ ...symbolName(), type: random.pick(RELOCATIONS) })),
    calls: symbols.length === 0 ? [] : Array.from({ length: many(random, 6) }, () => random.pick(symbols).name),
    usesRel: random.oneIn(4),
    properties: random.oneIn(5) ? { [random.pick([0xc0000002, 0xc0008002, 1, 2, edge(random)])]: random.u32() } : {},
    load: random.oneIn(6) ? { shift: random.pick([0, 1, 0x1000, 0x100000]), growth: random.pick([0, 1, 0x1000, edge(random)]) } : {},
  }
  return Buffer.from(buildElf(object))
}

interface Field {
  readonly at: number
  readonly size: number
}

/** One change: of a field of a table, of a whole table, or of bytes anywhere. */
export function mutateElf(bytes: Uint8Array, random: Random): Bytes {
  const file = Buffer.from(bytes)
  const tables = tablesOf(file)
  if (tables.length === 0 || random.oneIn(5)) return mutateBytes(file, random)
  const table = random.pick(tables)
  const fields = table.fields.filter(({ at, size }) => at >= 0 && at + size <= file.length)
  if (fields.length === 0) return mutateBytes(file, random)
  const { at, size } = random.pick(fields)
  if (random.oneIn(8)) return copied(file, table.fields, random)
  return withNumber(file, at, size, table.isLittle, random)
}

/** One field takes another's value of the same size, of any table. */
function copied(file: Bytes, fields: readonly Field[], random: Random): Bytes {
  const [from, to] = [random.pick(fields), random.pick(fields)]
  if (from.size === to.size && Math.max(from.at, to.at) + to.size <= file.length) file.copy(file, to.at, from.at, from.at + from.size)
  return file
}

interface Table {
  readonly name: string
  readonly isLittle: boolean
  readonly fields: readonly Field[]
}

/** Rows of fields of these sizes. */
function rows(at: number, count: number, sizes: readonly number[]): Field[] {
  const length = sizes.reduce((sum, size) => sum + size, 0)
  return Array.from({ length: Math.min(count, 64) }, (_, row) => {
    let offset = at + row * length
    return sizes.map(size => {
      const field = { at: offset, size }
      offset += size
      return field
    })
  }).flat()
}

const SYMBOL = { 64: [4, 1, 1, 2, 8, 8], 32: [4, 4, 4, 1, 1, 2] }
const PROGRAM_HEADER = { 64: [4, 4, 8, 8, 8, 8, 8, 8], 32: [4, 4, 4, 4, 4, 4, 4, 4] }
const SECTION_HEADER = { 64: [4, 4, 8, 8, 8, 8, 4, 4, 8, 8], 32: [4, 4, 4, 4, 4, 4, 4, 4, 4, 4] }

function tablesOf(file: Bytes): Table[] {
  if (!ElfLayout.isElf(file)) return []
  const layout = new ElfLayout(file)
  const { isLittle, width, word, dynamic, tags } = layout
  const table = (name: string, fields: readonly Field[]): Table => ({ name, isLittle, fields })
  const found = [
    table('header', rows(0, 1, [4, 1, 1, 1, 1, 8, 2, 2, 4, word, word, word, 4, 2, 2, 2, 2, 2, 2])),
    table('segments', rows(layout.segmentsAt, layout.segmentCount, PROGRAM_HEADER[width])),
  ]
  if (layout.sectionCount > 0) found.push(table('sections', rows(layout.sectionsAt, layout.sectionCount, SECTION_HEADER[width])))
  for (const { type, offset, size } of layout.segments) if (type === 4) found.push(table('notes', rows(offset, size / 4, [4])))
  if (dynamic === undefined) return found
  found.push(table('dynamic', rows(dynamic.offset, dynamic.size / (2 * word), [word, word])))
  const add = (name: string, tag: number, fieldsAt: (offset: number) => Field[]): void => {
    const offset = layout.at(tag)
    if (offset >= 0) found.push(table(name, fieldsAt(offset)))
  }
  add('dynsym', 6, offset => rows(offset, 24, SYMBOL[width]))
  add('dynstr', 5, offset => rows(offset, tags.get(10) ?? 0, [1]))
  add('hash', 4, offset => rows(offset, 24, [4]))
  add('gnu hash', 0x6ffffef5, offset => [...rows(offset, 4, [4]), ...rows(offset + 16, 1, [word]), ...rows(offset + 16 + word, 24, [4])])
  add('versym', 0x6ffffff0, offset => rows(offset, 24, [2]))
  add('verdef', 0x6ffffffc, offset => rows(offset, tags.get(0x6ffffffd) ?? 1, [2, 2, 2, 2, 4, 4, 4, 4, 4]))
  add('verneed', 0x6ffffffe, offset => rows(offset, tags.get(0x6fffffff) ?? 1, [2, 2, 4, 4, 4, 4, 2, 2, 4, 4]))
  add('rela', 7, offset => rows(offset, 16, [word, word, word]))
  add('rel', 17, offset => rows(offset, 16, [word, word]))
  add('jmprel', 23, offset => rows(offset, 16, [word, word, word]))
  return found
}
