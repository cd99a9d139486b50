/**
 * Collects the header and name of one member, which may arrive in any number of pieces.
 *
 * Its length becomes known step by step: the magic gives the form, and the fixed part of the named form gives the length of the name.
 */
import { PATH_MAX } from '../bytes/posix.js'
import {
  HEADER_SIZE,
  MAGIC_SIZE,
  decodeMagic,
  decodeName,
  decodeNewcFields,
  decodeStrippedIndex,
  type MemberForm,
  type MemberHeader,
  type NewcFields,
} from './member-header.js'

export class MemberHeaderCollector {
  readonly #held = new Uint8Array(HEADER_SIZE.named + PATH_MAX)
  #length = 0
  #wanted = MAGIC_SIZE
  #offset = 0
  #form: MemberForm | null = null
  #fields: NewcFields | null = null

  /** Takes the header's bytes from the front of `bytes` and returns how many they are. `offset` is that of `bytes` in the stream. */
  collect(bytes: Uint8Array, offset: number): number {
    if (this.#length === 0) this.#offset = offset
    let at = 0
    while (at < bytes.length && this.#length < this.#wanted) {
      const taken = bytes.subarray(at, at + this.#wanted - this.#length)
      this.#held.set(taken, this.#length)
      this.#length += taken.length
      at += taken.length
      if (this.#length === this.#wanted) this.#wanted = this.#lengthKnownNow()
    }
    return at
  }

  /** The header once it is complete, else `null`. The next byte collected begins another header. */
  take(): MemberHeader | null {
    if (this.#length < this.#wanted) return null
    const header = this.#decode()
    this.#length = 0
    this.#wanted = MAGIC_SIZE
    this.#form = null
    this.#fields = null
    return header
  }

  #lengthKnownNow(): number {
    if (this.#form === null) {
      this.#form = decodeMagic(this.#held, this.#offset)
      return HEADER_SIZE[this.#form]
    }
    if (this.#form === 'stripped' || this.#fields !== null) return this.#length
    this.#fields = decodeNewcFields(this.#held, this.#offset)
    return HEADER_SIZE.named + this.#fields.nameSize
  }

  #decode(): MemberHeader {
    const offset = this.#offset
    if (this.#fields === null) return { form: 'stripped', index: decodeStrippedIndex(this.#held, offset), offset }
    const name = decodeName(this.#held.subarray(HEADER_SIZE.named, this.#length), offset)
    return { form: 'named', fields: this.#fields, name, offset }
  }
}
