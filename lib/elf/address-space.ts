/**
 * From the addresses that PT_DYNAMIC gives to offsets in the file, by way of the PT_LOAD segments, as ld.so maps them.
 *
 * Source: System V gABI 4.1, Program Loading.
 */
import type { Reader } from '../bytes/reader.js'
import { PT_LOAD, type ProgramHeader } from './program-headers.js'

export class AddressSpace {
  readonly segments: readonly ProgramHeader[]
  readonly #file: Reader

  constructor(file: Reader, programHeaders: readonly ProgramHeader[]) {
    this.#file = file
    this.segments = programHeaders.filter(header => header.type === PT_LOAD && header.fileSize > 0)
  }

  /** The file's bytes from `address` to the end of the segment that holds it, or `null` where no segment has file content. */
  from(structure: string, address: number): Reader | null {
    const segment = this.segmentOf(address)
    if (segment === null) return null
    const into = address - segment.address
    const left = Math.min(segment.fileSize - into, this.#file.length - segment.offset - into)
    return left > 0 ? this.#file.window(structure, segment.offset + into, left) : null
  }

  /** Like `from`, for something that has to be there: throws `MalformedError` otherwise. */
  at(structure: string, address: number): Reader {
    return this.from(structure, address) ?? this.#file.fail(0, `${structure}: address 0x${address.toString(16)} is in no loaded segment`)
  }

  /** Exactly `length` bytes at `address`; throws `MalformedError` where the segment or the file ends before. */
  window(structure: string, address: number, length: number): Reader {
    return this.at(structure, address).window(structure, 0, length)
  }

  segmentOf(address: number): ProgramHeader | null {
    return this.segments.findLast(segment => address >= segment.address && address < segment.address + segment.fileSize) ?? null
  }
}
