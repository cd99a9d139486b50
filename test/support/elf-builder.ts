/**
 * Builds small shared objects without a compiler: every class, byte order, hash table and form of versions that a test needs.
 *
 * One PT_LOAD maps the whole file, at an address that differs from its offset; there are no section headers unless requested.
 */
import { gnuHash } from '../../lib/elf/gnu-hash.js'
import { sysvHash } from '../../lib/elf/sysv-hash.js'

export interface BuiltSymbol {
  readonly name: string
  /** versym word, hidden bit included; `null` for an object without DT_VERSYM. */
  readonly versym?: number | null
  readonly isDefined?: boolean
  readonly binding?: number
  readonly type?: number
  readonly visibility?: number
  readonly section?: number
  readonly value?: number
}

export interface BuiltObject {
  readonly elfClass?: 32 | 64
  readonly endianness?: 'little' | 'big'
  readonly machine?: number
  readonly type?: number
  readonly soname?: string
  readonly needed?: readonly string[]
  readonly symbols?: readonly BuiltSymbol[]
  /** Version definitions by index; 1 is the base. */
  readonly nodes?: Readonly<Record<number, string>>
  /** Version requirements by index. */
  readonly requirements?: Readonly<Record<number, BuiltRequirement>>
  readonly hash?: 'gnu' | 'sysv' | 'both' | 'none'
  /** Dynamic entries to add or override, by tag. */
  readonly dynamic?: Readonly<Record<number, number>>
  /** Dynamic entries whose value is a name: RPATH, RUNPATH, FILTER, AUXILIARY. They follow the needed ones. */
  readonly named?: Readonly<Record<number, string>>
  readonly interpreter?: boolean | string
  /** Entries of DT_RELA, or of DT_REL with `usesRel`. The symbol is given by name; omitted for types without one. */
  readonly relocations?: readonly BuiltRelocation[]
  /** Entries of DT_JMPREL, of type `callType` (default: x86-64's). */
  readonly calls?: readonly string[]
  readonly callType?: number
  /** Changes the program header of PT_LOAD. */
  readonly load?: BuiltSegment
  readonly usesRel?: boolean
  /** GNU properties by type, in a PT_NOTE. */
  readonly properties?: Readonly<Record<number, number>>
}

export interface BuiltRequirement {
  readonly file: string
  readonly name: string
  readonly isStrict?: boolean
  readonly isWeak?: boolean
}

export interface BuiltSegment {
  /** Added to p_vaddr. */
  readonly shift?: number
  readonly alignment?: number
  /** Added to p_memsz. */
  readonly growth?: number
}

export interface BuiltRelocation {
  readonly symbol?: string
  readonly type: number
}

const BASE = 0x10000

class Writer {
  readonly bytes: number[] = []
  constructor(
    readonly elfClass: 32 | 64,
    readonly isLittle: boolean,
  ) {}
  get at(): number {
    return this.bytes.length
  }
  int(value: number, size: number): void {
    const digits = Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** index) % 256)
    this.bytes.push(...(this.isLittle ? digits : digits.reverse()))
  }
  u16(...values: readonly number[]): void {
    for (const value of values) this.int(value, 2)
  }
  u32(...values: readonly number[]): void {
    for (const value of values) this.int(value, 4)
  }
  word(...values: readonly number[]): void {
    for (const value of values) this.int(value, this.elfClass / 8)
  }
  text(text: string): void {
    this.bytes.push(...Buffer.from(text, 'latin1'))
  }
  align(to: number): void {
    while (this.bytes.length % to !== 0) this.bytes.push(0)
  }
}

export function buildElf(object: BuiltObject = {}): Buffer {
  const { elfClass = 64, endianness = 'little', machine = 62, type = 3, hash = 'gnu', interpreter = false, usesRel = false } = object
  const symbols = ordered(object.symbols ?? [])
  const strings = new Strings()
  const out = new Writer(elfClass, endianness === 'little')
  const headerSize = elfClass === 64 ? 64 : 52
  const programHeaderSize = elfClass === 64 ? 56 : 32
  const properties = Object.entries(object.properties ?? {})
  const programHeaders = 2 + (interpreter === false ? 0 : 1) + (properties.length === 0 ? 0 : 1)
  out.bytes.push(...new Array<number>(headerSize + programHeaders * programHeaderSize).fill(0))
  const interpreterAt = out.at
  if (typeof interpreter === 'string') out.text(`${interpreter}\0`)
  out.align(8)
  const notesAt = out.at
  if (properties.length > 0) writeProperties(out, properties)
  const notesSize = out.at - notesAt
  const dynamic = new Map<number, number>()
  const needed = (object.needed ?? []).map(name => strings.add(name))
  const named = Object.entries(object.named ?? {}).map(([tag, name]) => [Number(tag), strings.add(name)] as const)
  if (object.soname !== undefined) dynamic.set(14, strings.add(object.soname))

  const place = (tag: number, write: () => void): void => {
    out.align(8)
    dynamic.set(tag, BASE + out.at)
    write()
  }
  place(6, () => writeSymbols(out, symbols, strings))
  dynamic.set(11, elfClass === 64 ? 24 : 16)
  if (symbols.some(({ versym }) => versym !== null && versym !== undefined)) {
    place(0x6ffffff0, () => out.u16(0, ...symbols.map(({ versym }) => versym ?? 1)))
  }
  const nodes = Object.entries(object.nodes ?? {})
  if (nodes.length > 0) {
    place(0x6ffffffc, () => writeDefinitions(out, nodes, strings))
    dynamic.set(0x6ffffffd, nodes.length)
  }
  const requirements = Object.entries(object.requirements ?? {})
  if (requirements.length > 0) {
    place(0x6ffffffe, () => writeRequirements(out, requirements, strings))
    dynamic.set(0x6fffffff, requirements.length)
  }
  if (hash === 'sysv' || hash === 'both') place(4, () => writeSysvHash(out, symbols, machine))
  if (hash === 'gnu' || hash === 'both') place(0x6ffffef5, () => writeGnuHash(out, symbols))
  const relocations = object.relocations ?? []
  if (relocations.length > 0) {
    place(usesRel ? 17 : 7, () => writeRelocations(out, relocations, symbols, usesRel))
    dynamic.set(usesRel ? 18 : 8, relocations.length * relocationSize(elfClass, usesRel))
    dynamic.set(usesRel ? 19 : 9, relocationSize(elfClass, usesRel))
  }
  const calls = (object.calls ?? []).map(symbol => ({ symbol, type: object.callType ?? 7 }))
  if (calls.length > 0) {
    place(23, () => writeRelocations(out, calls, symbols, usesRel))
    dynamic.set(2, calls.length * relocationSize(elfClass, usesRel))
    dynamic.set(20, usesRel ? 17 : 7)
  }
  place(5, () => out.text(strings.text))
  dynamic.set(10, strings.text.length)
  for (const [tag, value] of Object.entries(object.dynamic ?? {})) dynamic.set(Number(tag), value)
  out.align(8)
  const dynamicAt = out.at
  for (const offset of needed) out.word(1, offset)
  for (const [tag, value] of named) out.word(tag, value)
  for (const [tag, value] of dynamic) out.word(tag, value)
  out.word(0, 0)
  const size = out.at
  const file = Buffer.from(out.bytes)
  writeHeaders(file, {
    elfClass,
    endianness,
    machine,
    type,
    dynamicAt,
    size,
    interpreterAt: interpreter === false ? null : interpreterAt,
    interpreterSize: typeof interpreter === 'string' ? interpreter.length + 1 : 1,
    headerSize,
    notesAt,
    notesSize,
    load: object.load ?? {},
  })
  return file
}

/** A GNU hash table requires undefined symbols first, then the hashed ones by bucket; there is one bucket here. */
function ordered(symbols: readonly BuiltSymbol[]): BuiltSymbol[] {
  const isDefined = ({ isDefined: stated = true }: BuiltSymbol): boolean => stated
  return [...symbols.filter(symbol => !isDefined(symbol)), ...symbols.filter(isDefined)]
}

class Strings {
  text = '\0'
  add(name: string): number {
    const at = this.text.length
    this.text += `${name}\0`
    return at
  }
}

function writeSymbols(out: Writer, symbols: readonly BuiltSymbol[], strings: Strings): void {
  out.bytes.push(...new Array<number>(out.elfClass === 64 ? 24 : 16).fill(0))
  for (const { name, isDefined = true, binding = 1, type = 2, visibility = 0, section, value } of symbols) {
    const at = strings.add(name)
    const where = section ?? (isDefined ? 7 : 0)
    const address = value ?? (isDefined ? BASE : 0)
    if (out.elfClass === 64) {
      out.u32(at)
      out.bytes.push((binding << 4) | type, visibility)
      out.u16(where)
      out.word(address, 8)
    } else {
      out.u32(at, address, 8)
      out.bytes.push((binding << 4) | type, visibility)
      out.u16(where)
    }
  }
}

function writeDefinitions(out: Writer, nodes: readonly (readonly [string, string])[], strings: Strings): void {
  nodes.forEach(([index, name], position) => {
    out.u16(1, index === '1' ? 1 : 0, Number(index), 1)
    out.u32(sysvHash(name), 20, position === nodes.length - 1 ? 0 : 28)
    out.u32(strings.add(name), 0)
  })
}

function writeRequirements(out: Writer, requirements: readonly (readonly [string, BuiltRequirement])[], strings: Strings): void {
  requirements.forEach(([index, { file, name, isStrict = false, isWeak = false }], position) => {
    out.u16(1, 1)
    out.u32(strings.add(file), 16, position === requirements.length - 1 ? 0 : 32)
    out.u32(sysvHash(name))
    out.u16(isWeak ? 2 : 0, Number(index) | (isStrict ? 0x8000 : 0))
    out.u32(strings.add(name), 0)
  })
}

function writeProperties(out: Writer, properties: readonly (readonly [string, number])[]): void {
  const word = out.elfClass / 8
  const size = properties.length * (8 + word)
  out.u32(4, size, 5)
  out.text('GNU\0')
  for (const [type, value] of properties) {
    out.u32(Number(type), 4, value)
    out.align(word)
  }
}

function relocationSize(elfClass: 32 | 64, usesRel: boolean): number {
  return (elfClass / 8) * (usesRel ? 2 : 3)
}

function writeRelocations(out: Writer, relocations: readonly BuiltRelocation[], symbols: readonly BuiltSymbol[], usesRel: boolean): void {
  for (const { symbol, type } of relocations) {
    const index = symbol === undefined ? 0 : symbols.findIndex(({ name }) => name === symbol) + 1
    out.word(BASE)
    if (out.elfClass === 32) out.u32(index * 256 + type)
    else out.word(index * 2 ** 32 + type)
    if (!usesRel) out.word(0)
  }
}

function writeSysvHash(out: Writer, symbols: readonly BuiltSymbol[], machine: number): void {
  const isWide = out.elfClass === 64 && (machine === 22 || machine === 0x9026)
  const entries = (...values: readonly number[]): void => values.forEach(value => out.int(value, isWide ? 8 : 4))
  const count = symbols.length + 1
  entries(1, count, symbols.length === 0 ? 0 : 1, 0)
  for (let index = 1; index < count; index++) entries(index + 1 < count ? index + 1 : 0)
}

function writeGnuHash(out: Writer, symbols: readonly BuiltSymbol[]): void {
  const first = symbols.findIndex(({ isDefined = true }) => isDefined) + 1
  const hashed = first === 0 ? [] : symbols.slice(first - 1)
  out.u32(1, hashed.length === 0 ? 1 : first, 1, 6)
  out.int(hashed.length === 0 ? 0 : 2 ** 32 - 1, 4)
  if (out.elfClass === 64) out.int(hashed.length === 0 ? 0 : 2 ** 32 - 1, 4)
  out.u32(hashed.length === 0 ? 0 : first)
  hashed.forEach(({ name }, index) => out.u32(((gnuHash(name) & ~1) | (index === hashed.length - 1 ? 1 : 0)) >>> 0))
}

interface Headers {
  readonly elfClass: 32 | 64
  readonly endianness: 'little' | 'big'
  readonly machine: number
  readonly type: number
  readonly dynamicAt: number
  readonly size: number
  readonly interpreterAt: number | null
  readonly interpreterSize: number
  readonly headerSize: number
  readonly notesAt: number
  readonly notesSize: number
  readonly load: BuiltSegment
}

function writeHeaders(file: Buffer, headers: Headers): void {
  const { elfClass, endianness, machine, type, dynamicAt, size, interpreterAt, interpreterSize, headerSize, notesAt, notesSize, load } =
    headers
  const out = new Writer(elfClass, endianness === 'little')
  out.bytes.push(0x7f, 0x45, 0x4c, 0x46, elfClass === 64 ? 2 : 1, endianness === 'little' ? 1 : 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  out.u16(type, machine)
  out.u32(1)
  out.word(0, headerSize, 0)
  out.u32(0)
  out.u16(
    headerSize,
    elfClass === 64 ? 56 : 32,
    2 + (interpreterAt === null ? 0 : 1) + (notesSize === 0 ? 0 : 1),
    elfClass === 64 ? 64 : 40,
    0,
    0,
  )
  const segment = (
    kind: number,
    offset: number,
    length: number,
    { shift = 0, growth = 0, alignment = 0x1000 }: BuiltSegment = {},
  ): void => {
    const address = BASE + offset + shift
    if (elfClass === 64) {
      out.u32(kind, 5)
      out.word(offset, address, BASE + offset, length, length + growth, alignment)
    } else out.u32(kind, offset, address, BASE + offset, length, length + growth, 5, alignment)
  }
  segment(1, 0, size, load)
  segment(2, dynamicAt, size - dynamicAt)
  if (interpreterAt !== null) segment(3, interpreterAt, interpreterSize)
  if (notesSize > 0) segment(4, notesAt, notesSize, { alignment: elfClass / 8 })
  file.set(out.bytes, 0)
}
