/**
 * A disk as the loader sees it: the machine's own, or a folder that is taken for the root.
 *
 * Synchronous: the loader asks for one file after the other, and each answer decides on the next question.
 */
import { closeSync, lstatSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, statSync, type Stats } from 'node:fs'
import type { ElfImage } from '../elf/image.js'
import { CheckError, LimitError, UnreadableError } from '../errors/check-error.js'
import type { Limits } from '../limits/limits.js'
import type { Layer } from '../link/layered-files.js'
import { LinkedObject, type LoaderFile } from '../link/linked-file.js'
import { linkObjectOf } from '../link/link-object.js'
import type { TreeEntry } from '../link/resolve-path.js'
import { reasonOf } from './byte-sources.js'
import { ReadingRoom, readLinkImage } from './link-image.js'

/** Bytes that the loader looks at first. */
const HEAD = 64

export class DiskLayer implements Layer {
  readonly #limits: Limits
  readonly #root: string
  readonly #room = new ReadingRoom()
  readonly #entries = new Map<string, TreeEntry | null>()
  readonly #byIdentity = new Map<string, LoaderFile | null>()

  /** `root` is the folder that is taken for the root, as a byte string without a slash at its end; empty for the machine's own. */
  constructor(root: string, limits: Limits) {
    this.#root = root
    this.#limits = limits
  }

  entryAt(path: string): TreeEntry | null {
    const known = this.#entries.get(path)
    if (known !== undefined) return known
    const entry = quietly(() => entryOf(this.#place(path)))
    this.#entries.set(path, entry)
    return entry
  }

  open(path: string): LoaderFile | null {
    const stats = quietly(() => statSync(this.#place(path), { throwIfNoEntry: false }) ?? null)
    if (stats === null) return null
    const identity = `${stats.dev}:${stats.ino}`
    const known = this.#byIdentity.get(identity)
    if (known !== undefined) return known
    const file = quietly(() => new DiskFile(path, this.#place(path), identity, stats, this.#limits, this.#room))
    this.#byIdentity.set(identity, file)
    return file
  }

  read(path: string): Uint8Array | null {
    return quietly(() => readFileSync(this.#place(path)))
  }

  list(path: string): readonly string[] {
    return quietly(() => readdirSync(this.#place(path), 'latin1').sort()) ?? []
  }

  #place(path: string): Buffer {
    return Buffer.from(this.#root + path, 'latin1')
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
  readonly #room: ReadingRoom
  /** Libraries are kept for the next program; a program itself is wanted once. */
  #library: LinkedObject | null = null
  #program: WeakRef<LinkedObject> | null = null

  /** Throws where the file may not be opened. */
  constructor(realPath: string, place: Buffer, identity: string, stats: Stats, limits: Limits, room: ReadingRoom) {
    this.realPath = realPath
    this.identity = identity
    this.#place = place
    this.#size = stats.size
    this.#limits = limits
    this.#room = room
    this.fault = stats.isFile() ? null : `cannot read file data: ${stats.isDirectory() ? 'Is a directory' : 'not a regular file'}`
    this.head = stats.isFile() ? headOf(place) : new Uint8Array(0)
  }

  linked(): LinkedObject {
    const known = this.#library ?? this.#program?.deref()
    if (known !== undefined) return known
    const linked = new LinkedObject(linkObjectOf(this.#image()))
    if (linked.object.isProgram) this.#program = new WeakRef(linked)
    else this.#library = linked
    return linked
  }

  #image(): ElfImage {
    const { elfBytes } = this.#limits
    if (this.#size > elfBytes) throw new LimitError(`ELF file of more than ${elfBytes} bytes`, 'ELF file', elfBytes)
    try {
      return readLinkImage(this.#place, this.#size, this.#room)
    } catch (error) {
      if (error instanceof CheckError) throw error
      throw new UnreadableError(`cannot read it: ${reasonOf(error)}`, null, null, { cause: error })
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
