/**
 * The dynamic section: a table of tagged words that locates everything else for the loader. Reached by PT_DYNAMIC.
 *
 * Source: System V gABI 4.1, Dynamic Section; GNU and processor tags of glibc's elf/elf.h.
 */
import type { Reader } from '../bytes/reader.js'
import { lossyWord, type ElfClass } from './header.js'

export const DT = {
  NULL: 0,
  NEEDED: 1,
  PLTRELSZ: 2,
  HASH: 4,
  STRTAB: 5,
  SYMTAB: 6,
  RELA: 7,
  RELASZ: 8,
  RELAENT: 9,
  STRSZ: 10,
  SYMENT: 11,
  SONAME: 14,
  RPATH: 15,
  SYMBOLIC: 16,
  REL: 17,
  RELSZ: 18,
  RELENT: 19,
  PLTREL: 20,
  TEXTREL: 22,
  JMPREL: 23,
  BIND_NOW: 24,
  RUNPATH: 29,
  FLAGS: 30,
  RELR: 36,
  RELRENT: 37,
  RELACOUNT: 0x6ffffff9,
  RELCOUNT: 0x6ffffffa,
  GNU_HASH: 0x6ffffef5,
  VERSYM: 0x6ffffff0,
  FLAGS_1: 0x6ffffffb,
  VERDEF: 0x6ffffffc,
  VERDEFNUM: 0x6ffffffd,
  VERNEED: 0x6ffffffe,
  VERNEEDNUM: 0x6fffffff,
  AUXILIARY: 0x7ffffffd,
  FILTER: 0x7fffffff,
  MIPS_SYMTABNO: 0x70000011,
  MIPS_XHASH: 0x70000036,
} as const

const DF_SYMBOLIC = 0x2
const DF_TEXTREL = 0x4
const DF_BIND_NOW = 0x8
const DF_1_NOW = 0x1
const DF_1_NODEFLIB = 0x800
export const DF_1_PIE = 0x08000000

/** An entry that makes the loader load another object: DT_NEEDED, DT_FILTER or DT_AUXILIARY, with the dynstr offset of its name. */
export interface DependencyEntry {
  readonly tag: typeof DT.NEEDED | typeof DT.FILTER | typeof DT.AUXILIARY
  readonly nameOffset: number
}

/** The entries, in file order. Of a tag that occurs several times `value` returns the last, as in ld.so. */
export class DynamicSection {
  readonly #last = new Map<number, number>()
  readonly #dependencies: DependencyEntry[] = []
  /** Whether DT_NULL ended it, rather than the end of its segment. */
  readonly isTerminated: boolean

  constructor(entries: Iterable<readonly [tag: number, value: number]>, isTerminated = true) {
    this.isTerminated = isTerminated
    for (const [tag, value] of entries) {
      this.#last.set(tag, value)
      if (tag === DT.NEEDED || tag === DT.FILTER || tag === DT.AUXILIARY) this.#dependencies.push({ tag, nameOffset: value })
    }
  }

  /** The value of a tag, or `null` if it is absent. */
  value(tag: number): number | null {
    return this.#last.get(tag) ?? null
  }

  /** dynstr offsets of the DT_NEEDED names, in load order. */
  get needed(): readonly number[] {
    return this.#dependencies.filter(({ tag }) => tag === DT.NEEDED).map(({ nameOffset }) => nameOffset)
  }

  /** Needed objects and filtees together, in the order in which ld.so processes them. */
  get dependencies(): readonly DependencyEntry[] {
    return this.#dependencies
  }

  get isSymbolic(): boolean {
    return this.#last.has(DT.SYMBOLIC) || this.#hasFlag(DT.FLAGS, DF_SYMBOLIC)
  }

  /** All calls are bound at start-up, instead of on first use. */
  get bindsNow(): boolean {
    return this.#last.has(DT.BIND_NOW) || this.#hasFlag(DT.FLAGS, DF_BIND_NOW) || this.#hasFlag(DT.FLAGS_1, DF_1_NOW)
  }

  /** Its dependencies are not searched for in the default directories. */
  get isWithoutDefaultLibraries(): boolean {
    return this.#hasFlag(DT.FLAGS_1, DF_1_NODEFLIB)
  }

  /** Relocations may modify the code. */
  get hasTextRelocations(): boolean {
    return this.#last.has(DT.TEXTREL) || this.#hasFlag(DT.FLAGS, DF_TEXTREL)
  }

  #hasFlag(tag: number, flag: number): boolean {
    return ((this.value(tag) ?? 0) & flag) !== 0
  }
}

/** Reads up to DT_NULL or the end of the segment, whichever is first: ld.so stops at DT_NULL. */
export function decodeDynamic(section: Reader, elfClass: ElfClass): DynamicSection {
  const wordSize = elfClass / 8
  const entries: (readonly [number, number])[] = []
  for (let at = 0; section.holds(at, 2 * wordSize); at += 2 * wordSize) {
    const tag = lossyWord(section, at, elfClass)
    if (tag === DT.NULL) return new DynamicSection(entries)
    entries.push([tag, lossyWord(section, at + wordSize, elfClass)])
  }
  return new DynamicSection(entries, false)
}
