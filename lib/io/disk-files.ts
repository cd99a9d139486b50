/**
 * A disk as the loader sees it: the machine's own, or a folder that is taken for the root.
 *
 * Synchronous: the loader asks for one file after the other, and each answer decides on the next question. What was asked once is kept.
 */
import {
  closeSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs'
import { decodeElfImage } from '../elf/image.js'
import { LimitError, UnreadableError } from '../errors/check-error.js'
import type { Limits } from '../limits/limits.js'
import { LinkedObject, type Files, type LoaderFile } from '../link/linked-file.js'
import { linkObjectOf } from '../link/link-object.js'
import { resolvePath, type TreeEntry } from '../link/resolve-path.js'
import { reasonOf } from './byte-sources.js'

/** Bytes that the loader looks at first. */
const HEAD = 64

export class DiskFiles implements Files {
  readonly #limits: Limits
  /** Byte string without a slash at its end; empty for the machine's own root. */
  readonly #root: string
  readonly #byPath = new Map<string, LoaderFile | null>()
  readonly #byIdentity = new Map<string, LoaderFile>()
  readonly #entries = new Map<string, TreeEntry | null>()

  /** `root` is a folder that is taken for the root, or `null`. */
  constructor(limits: Limits, root: string | null) {
    this.#limits = limits
    this.#root = root === null ? '' : byteString(realpathSync(root)).replace(/\/+$/, '')
  }

  open(path: string): LoaderFile | null {
    const known = this.#byPath.get(path)
    if (known !== undefined) return known
    const file = this.#open(path)
    this.#byPath.set(path, file)
    return file
  }

  read(path: string): Uint8Array | null {
    const real = this.#resolve(path)
    return real === null ? null : quietly(() => readFileSync(native(this.#root + real)))
  }

  list(path: string): readonly string[] {
    const real = this.#resolve(path)
    return real === null ? [] : (quietly(() => readdirSync(native(this.#root + real), 'latin1').sort()) ?? [])
  }

  /** The path without links, inside the root; `null` where it leads nowhere. On the machine's own root the system does it. */
  #resolve(path: string): string | null {
    return this.#root === '' ? path : resolvePath(path, inner => this.#entryAt(inner))
  }

  #entryAt(path: string): TreeEntry | null {
    const known = this.#entries.get(path)
    if (known !== undefined) return known
    const entry = quietly(() => entryOf(native(this.#root + path)))
    this.#entries.set(path, entry)
    return entry
  }

  #open(path: string): LoaderFile | null {
    const inside = this.#resolve(path)
    if (inside === null) return null
    const place = native(this.#root + inside)
    const stats = quietly(() => statSync(place, { throwIfNoEntry: false }) ?? null)
    if (stats === null) return null
    const identity = `${stats.dev}:${stats.ino}`
    const known = this.#byIdentity.get(identity)
    if (known !== undefined) return known
    const realPath = this.#root === '' ? realpathSync.native(place, 'latin1') : inside
    const file = quietly(() => new DiskFile(realPath, place, identity, stats, this.#limits))
    if (file !== null) this.#byIdentity.set(identity, file)
    return file
  }
}

class DiskFile implements LoaderFile {
  readonly realPath: string
  readonly identity: string
  readonly head: Uint8Array
  readonly fault: string | null
  readonly #place: Buffer
  readonly #size: number
  readonly #limits: Limits
  #linked: LinkedObject | null = null

  /** Throws where the file may not be opened. */
  constructor(realPath: string, place: Buffer, identity: string, stats: Stats, limits: Limits) {
    this.realPath = realPath
    this.identity = identity
    this.#place = place
    this.#size = stats.size
    this.#limits = limits
    this.fault = stats.isFile() ? null : `cannot read file data: ${stats.isDirectory() ? 'Is a directory' : 'not a regular file'}`
    this.head = stats.isFile() ? headOf(place) : new Uint8Array(0)
  }

  linked(): LinkedObject {
    this.#linked ??= new LinkedObject(linkObjectOf(decodeElfImage(this.#bytes())))
    return this.#linked
  }

  #bytes(): Uint8Array {
    const { elfBytes } = this.#limits
    if (this.#size > elfBytes) throw new LimitError(`${this.realPath}: ELF file of more than ${elfBytes} bytes`, 'ELF file', elfBytes)
    try {
      return readFileSync(this.#place)
    } catch (error) {
      throw new UnreadableError(`cannot read ${this.realPath}: ${reasonOf(error)}`, null, null, { cause: error })
    }
  }
}

function headOf(place: Buffer): Uint8Array {
  const file = openSync(place, 'r')
  try {
    const head = new Uint8Array(HEAD)
    return head.subarray(0, readSync(file, head, 0, HEAD, 0))
  } finally {
    closeSync(file)
  }
}

function entryOf(place: Buffer): TreeEntry | null {
  const stats = lstatSync(place, { throwIfNoEntry: false })
  if (stats === undefined) return null
  if (stats.isSymbolicLink()) return { kind: 'link', target: readlinkSync(place, 'latin1') }
  return { kind: stats.isDirectory() ? 'directory' : 'file' }
}

/** `null` where the system refuses: for the loader that is the same as not being there. */
function quietly<Value>(step: () => Value): Value | null {
  try {
    return step()
  } catch {
    return null
  }
}

function native(byteStringPath: string): Buffer {
  return Buffer.from(byteStringPath, 'latin1')
}

function byteString(path: string): string {
  return Buffer.from(path).toString('latin1')
}
