/**
 * A disk as the loader sees it: the machine's own, or a directory used as the root.
 *
 * Synchronous: the loader requests one file after the other, and each result determines the next request.
 */
import { lstatSync, readFileSync, readdirSync, readlinkSync, realpathSync, statSync, type Stats } from 'node:fs'
import { CheckError, UnreadableError } from '../../errors/check-error.js'
import { trimmedEnd } from '../../bytes/trim-end.js'
import type { Limits } from '../../limits/limits.js'
import type { DirectoryEntry, Layer } from '../../link/layered-files.js'
import { LinkedObject, type LoaderFile } from '../../link/linked-file.js'
import type { TreeEntry } from '../../link/resolve-path.js'
import { attempt, isSystemError, reasonOf, unreadable } from '../os-error.js'
import { ReusableBuffer, readLinkFile, readProgram, type LinkFile } from './link-file.js'

/** Execute permission of owner, group and others. */
const EXECUTE_BITS = 0o111

/** `root` is a directory used as the root; `null` for the machine's own disk. Throws `UnreadableError`. */
export function diskLayer(root: string | null, limits: Limits): DiskLayer {
  if (root === null) return new DiskLayer('', limits)
  const real = attempt(() => realpathSync.native(root, 'latin1'), unreadable(root))
  return new DiskLayer(trimmedEnd(real, '/'), limits)
}

export class DiskLayer implements Layer {
  readonly #limits: Limits
  readonly #root: string
  readonly #buffer = new ReusableBuffer()
  readonly #entries = new Map<string, TreeEntry | null>()
  readonly #byIdentity = new Map<string, FileContent>()
  /** Of files that a directory search has seen, until they are opened. */
  readonly #statCache = new Map<string, Stats>()

  /** `root` is the directory used as the root, as a byte string without a trailing slash; empty for the machine's own. */
  constructor(root: string, limits: Limits) {
    this.#root = root
    this.#limits = limits
  }

  entryAt(path: string): TreeEntry | null {
    const known = this.#entries.get(path)
    if (known !== undefined) return known
    const entry = nullIfRefused(() => entryOf(this.#place(path)))
    this.#entries.set(path, entry)
    return entry
  }

  open(path: string): LoaderFile | null {
    return this.#fileAt(path, readLinkFile, () => true)
  }

  openProgram(path: string): LoaderFile | null {
    return this.#fileAt(path, readProgram, ({ isProgram }) => isProgram)
  }

  /** `null` for a file that does not exist, must not be opened, or is not wanted. */
  #fileAt(path: string, read: Read, isWanted: (content: FileContent) => boolean): LoaderFile | null {
    const stats = this.#statCache.get(path) ?? nullIfRefused(() => statSync(this.#place(path), { throwIfNoEntry: false }) ?? null)
    this.#statCache.delete(path)
    if (stats === null) return null
    const identity = `${stats.dev}:${stats.ino}`
    const known = this.#byIdentity.get(identity)
    const content = known ?? nullIfRefused(() => contentOf(this.#place(path), stats, this.#limits, this.#buffer, read))
    if (content === null) return null
    this.#byIdentity.set(identity, content)
    return isWanted(content) ? new DiskFile(path, identity, content) : null
  }

  read(path: string): Uint8Array | null {
    return nullIfRefused(() => readFileSync(this.#place(path)))
  }

  list(path: string): readonly string[] {
    return nullIfRefused(() => readdirSync(this.#place(path), 'latin1').sort()) ?? []
  }

  entries(path: string): readonly DirectoryEntry[] {
    const all = nullIfRefused(() => readdirSync(this.#place(path), { withFileTypes: true, encoding: 'latin1' })) ?? []
    const prefix = path === '/' ? path : `${path}/`
    return all.map(entry => {
      const isExecutable = entry.isFile() && this.#isExecutable(prefix + entry.name)
      const kind = entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'file'
      if (kind === 'directory' || isExecutable) this.#entries.set(prefix + entry.name, kind === 'directory' ? { kind } : { kind: 'file' })
      return { name: entry.name, kind, isExecutable }
    })
  }

  #isExecutable(path: string): boolean {
    const stats = nullIfRefused(() => statSync(this.#place(path), { throwIfNoEntry: false })) ?? null
    if (stats === null || (stats.mode & EXECUTE_BITS) === 0) return false
    this.#statCache.set(path, stats)
    return true
  }

  #place(path: string): Buffer {
    return Buffer.from(this.#root + path, 'latin1')
  }
}

/** One of the paths of a file. */
class DiskFile implements LoaderFile {
  readonly realPath: string
  readonly identity: string
  readonly #content: FileContent

  constructor(realPath: string, identity: string, content: FileContent) {
    this.realPath = realPath
    this.identity = identity
    this.#content = content
  }

  get head(): Uint8Array {
    return this.#content.head
  }

  get fault(): string | null {
    return this.#content.fault
  }

  linked(): LinkedObject {
    return this.#content.linked()
  }
}

/** The part that all paths of a file share. */
interface FileContent {
  readonly head: Uint8Array
  readonly fault: string | null
  readonly isProgram: boolean
  linked(): LinkedObject
}

type Read = (place: Buffer, size: number, limits: Limits, buffer: ReusableBuffer) => LinkFile | null

/** Throws if the file must not be opened. */
function contentOf(place: Buffer, stats: Stats, limits: Limits, buffer: ReusableBuffer, read: Read): FileContent | null {
  if (!stats.isFile()) return new Unreadable(stats.isDirectory() ? 'Is a directory' : 'not a regular file')
  const file = read(place, stats.size, limits, buffer)
  return file === null ? null : new ReadContent(file, () => readAgain(place, stats, limits, buffer))
}

function readAgain(place: Buffer, { size }: Stats, limits: Limits, buffer: ReusableBuffer): LinkedObject | CheckError {
  try {
    return linkedOf(readLinkFile(place, size, limits, buffer).object)
  } catch (error) {
    if (!isSystemError(error)) throw error
    return unreadable('it')(reasonOf(error), error)
  }
}

class Unreadable implements FileContent {
  readonly head = new Uint8Array(0)
  readonly fault: string
  readonly isProgram = false

  constructor(why: string) {
    this.fault = `cannot read file data: ${why}`
  }

  linked(): LinkedObject {
    throw new UnreadableError(this.fault)
  }
}

/** Libraries are kept for the next program. A program is usually needed once, and is read again if needed later. */
class ReadContent implements FileContent {
  readonly head: Uint8Array
  readonly fault = null
  readonly isProgram: boolean
  readonly #readAgain: () => LinkedObject | CheckError
  #kept: LinkedObject | CheckError | null
  #program: WeakRef<LinkedObject> | null = null

  constructor({ head, object }: LinkFile, again: () => LinkedObject | CheckError) {
    this.head = head
    this.isProgram = object instanceof CheckError || object.isProgram
    this.#kept = linkedOf(object)
    this.#readAgain = again
  }

  linked(): LinkedObject {
    const linked = this.#kept ?? this.#program?.deref() ?? this.#readAgain()
    if (linked instanceof CheckError) throw linked
    if (linked.object.isProgram) {
      this.#kept = null
      this.#program = new WeakRef(linked)
    }
    return linked
  }
}

function linkedOf(object: LinkFile['object']): LinkedObject | CheckError {
  return object instanceof CheckError ? object : new LinkedObject(object)
}

function entryOf(place: Buffer): TreeEntry | null {
  const stats = lstatSync(place, { throwIfNoEntry: false })
  if (stats === undefined) return null
  if (stats.isSymbolicLink()) return { kind: 'link', target: readlinkSync(place, 'latin1') }
  return { kind: stats.isDirectory() ? 'directory' : 'file' }
}

/** `null` on a system error: for the loader that is the same as a missing file. Other errors are bugs and are rethrown. */
function nullIfRefused<Value>(step: () => Value): Value | null {
  try {
    return step()
  } catch (error) {
    if (!isSystemError(error)) throw error
    return null
  }
}
