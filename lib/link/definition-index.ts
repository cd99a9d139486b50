/**
 * From a name's hash to the definitions of one object, by way of a bloom filter: in a scope of a hundred libraries nearly every lookup is answered by
 * two words of memory.
 *
 * Built once for an object and shared by all programs. The object's own hash table would need the file's bytes, and DT_HASH has no bloom filter.
 */
import { gnuHash } from '../elf/gnu-hash.js'
import { TRAIT, type Definitions } from './definitions.js'

/** Bits of the filter for each definition; with two bits set for each, the false positive rate is one in sixty. */
const BLOOM_BITS = 16
const BLOOM_SHIFT = 15
const UNFINDABLE = TRAIT.PLT_ENTRY | TRAIT.INVISIBLE | TRAIT.LOCAL

export class DefinitionIndex {
  readonly definitions: Definitions
  readonly #strings: string
  readonly #bloom: Uint32Array
  readonly #bloomMask: number
  /** By bucket: 1 + the first definition. */
  readonly #heads: Uint32Array
  /** By definition: 1 + the next of its bucket. */
  readonly #nexts: Uint32Array

  /** `strings` is the object's dynstr. */
  constructor(definitions: Definitions, strings: string) {
    this.definitions = definitions
    this.#strings = strings
    const size = powerOfTwoFrom(definitions.count)
    this.#heads = new Uint32Array(size)
    this.#nexts = new Uint32Array(definitions.count)
    this.#bloom = new Uint32Array((size * BLOOM_BITS) / 32)
    this.#bloomMask = size * BLOOM_BITS - 1
    for (let definition = definitions.count - 1; definition >= 0; definition--) this.#enter(definition)
  }

  /** 1 + the first definition whose hash may be `hash`, or 0. */
  first(hash: number): number {
    const mask = this.#bloomMask
    const one = hash & mask
    const two = (hash >>> BLOOM_SHIFT) & mask
    if (((this.#bloom[one >>> 5]! >>> (one & 31)) & (this.#bloom[two >>> 5]! >>> (two & 31)) & 1) === 0) return 0
    return this.#heads[hash & (this.#heads.length - 1)]!
  }

  /** 1 + the next one, or 0. */
  next(definition: number): number {
    return this.#nexts[definition]!
  }

  /** Would lookup find a definition of this name here for an ordinary unversioned reference? */
  has(name: string, hash = gnuHash(name)): boolean {
    const { traits } = this.definitions
    for (let at = this.first(hash); at !== 0; at = this.next(at - 1)) {
      if (this.isNamed(at - 1, name, hash) && (traits[at - 1]! & UNFINDABLE) === 0) return true
    }
    return false
  }

  /** Is this definition's name `name`? */
  isNamed(definition: number, name: string, hash: number): boolean {
    if (this.definitions.hashes[definition] !== hash) return false
    const offset = this.definitions.nameOffsets[definition]!
    return this.#strings.startsWith(name, offset) && this.#strings.charCodeAt(offset + name.length) === 0
  }

  #enter(definition: number): void {
    const hash = this.definitions.hashes[definition]!
    const bucket = hash & (this.#heads.length - 1)
    this.#nexts[definition] = this.#heads[bucket]!
    this.#heads[bucket] = definition + 1
    for (const bit of [hash & this.#bloomMask, (hash >>> BLOOM_SHIFT) & this.#bloomMask]) this.#bloom[bit >>> 5]! |= 1 << (bit & 31)
  }
}

function powerOfTwoFrom(count: number): number {
  let size = 2
  while (size < count) size *= 2
  return size
}
