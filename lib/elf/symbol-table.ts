/**
 * A symbol table, read in place: only requested fields are decoded, and no object is made for a symbol.
 *
 * Source: System V gABI 4.1, Symbol Table; STB_GNU_UNIQUE and STT_GNU_IFUNC of glibc's elf/elf.h.
 */
import type { Reader } from '../bytes/reader.js'
import type { ElfClass } from './header.js'

export const SHN_UNDEF = 0
export const SHN_ABS = 0xfff1

export const STB = { LOCAL: 0, GLOBAL: 1, WEAK: 2, GNU_UNIQUE: 10 } as const
export const STT = { NOTYPE: 0, OBJECT: 1, FUNC: 2, SECTION: 3, FILE: 4, COMMON: 5, TLS: 6, GNU_IFUNC: 10 } as const
export const STV = { DEFAULT: 0, INTERNAL: 1, HIDDEN: 2, PROTECTED: 3 } as const

const BINDING_NAMES: Readonly<Record<number, string>> = { 0: 'LOCAL', 1: 'GLOBAL', 2: 'WEAK', 10: 'UNIQUE' }
const TYPE_NAMES: Readonly<Record<number, string>> = {
  0: 'NOTYPE',
  1: 'OBJECT',
  2: 'FUNC',
  3: 'SECTION',
  4: 'FILE',
  5: 'COMMON',
  6: 'TLS',
  10: 'IFUNC',
}
const VISIBILITY_NAMES = ['DEFAULT', 'INTERNAL', 'HIDDEN', 'PROTECTED'] as const

const LAYOUT = {
  32: { entrySize: 16, name: 0, value: 4, size: 8, info: 12, other: 13, section: 14 },
  64: { entrySize: 24, name: 0, info: 4, other: 5, section: 6, value: 8, size: 16 },
} as const

/** Entry size in bytes of Elf32_Sym and Elf64_Sym; ld.so supports no other. */
export function symbolSize(elfClass: ElfClass): number {
  return LAYOUT[elfClass].entrySize
}

/** Indexes include the null symbol 0, as in versym and hash chains. Every index below `count` is valid. */
export class SymbolTable {
  readonly count: number
  readonly #view: DataView
  readonly #isLittle: boolean
  readonly #layout: (typeof LAYOUT)[ElfClass]

  /** `table` is borrowed. Throws `MalformedError` if it holds fewer than `count` entries. */
  constructor(table: Reader, count: number, elfClass: ElfClass) {
    this.count = count
    this.#layout = LAYOUT[elfClass]
    this.#view = table.window('dynsym', 0, count * this.#layout.entrySize).view
    this.#isLittle = table.endianness === 'little'
  }

  /** Offset of the name in the string table, in bytes. */
  nameOffset(index: number): number {
    return this.#view.getUint32(index * this.#layout.entrySize + this.#layout.name, this.#isLittle)
  }

  /** An address: above 53 bits its low bits are lost, as in `lossyWord`. */
  value(index: number): number {
    return this.#word(index * this.#layout.entrySize + this.#layout.value)
  }

  /** st_size in bytes; 0 = unknown. */
  size(index: number): number {
    return this.#word(index * this.#layout.entrySize + this.#layout.size)
  }

  /** st_shndx. */
  section(index: number): number {
    return this.#view.getUint16(index * this.#layout.entrySize + this.#layout.section, this.#isLittle)
  }

  binding(index: number): number {
    return this.#view.getUint8(index * this.#layout.entrySize + this.#layout.info) >> 4
  }

  type(index: number): number {
    return this.#view.getUint8(index * this.#layout.entrySize + this.#layout.info) & 0xf
  }

  visibility(index: number): number {
    return this.#view.getUint8(index * this.#layout.entrySize + this.#layout.other) & 0x3
  }

  isDefined(index: number): boolean {
    return this.section(index) !== SHN_UNDEF
  }

  /** Visible outside its object as far as the binding goes: GLOBAL, WEAK or UNIQUE. */
  isGlobal(index: number): boolean {
    const binding = this.binding(index)
    return binding === STB.GLOBAL || binding === STB.WEAK || binding === STB.GNU_UNIQUE
  }

  #word(at: number): number {
    if (this.#layout.entrySize === LAYOUT[32].entrySize) return this.#view.getUint32(at, this.#isLittle)
    const low = this.#view.getUint32(this.#isLittle ? at : at + 4, this.#isLittle)
    return this.#view.getUint32(this.#isLittle ? at + 4 : at, this.#isLittle) * 0x1_0000_0000 + low
  }
}

export function bindingName(binding: number): string {
  return BINDING_NAMES[binding] ?? `BINDING-${binding}`
}

export function typeName(type: number): string {
  return TYPE_NAMES[type] ?? `TYPE-${type}`
}

export function visibilityName(visibility: number): string {
  return VISIBILITY_NAMES[visibility & 0x3] ?? 'DEFAULT'
}
