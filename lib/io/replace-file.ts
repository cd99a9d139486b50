/**
 * Writes a file atomically: a killed job or a full disk leaves the old file or the new one, never a part of it for a later step to read.
 *
 * It writes a temporary file with a name of its own beside the target, to which links are followed, and renames it. Anything but a
 * regular file (a pipe, /dev/stdout) is written in place, and so is a file in a directory that accepts no new files.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, lstatSync, openSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, type Stats } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { isNamedPipe, openNamedPipeForWriting, writeFully } from './named-pipe-output.js'
import { codeOf } from './os-error.js'

const FILE_MODE = 0o666 // less the umask
const PERMISSIONS = 0o777
/** Characters of a name that are kept in that of the draft, which must not be longer than a name may be. */
const NAME_KEPT = 50
/** As many as Linux follows. */
const MAX_LINKS = 40

/** Throws the file system's error. */
export function replaceFile(file: string, text: string): void {
  const replacement = new Replacement(file)
  try {
    replacement.write(Buffer.from(text))
  } catch (error) {
    replacement.discard()
    throw error
  }
  replacement.commit()
}

/** A file that is being written, under another name until it is complete. */
export class Replacement {
  readonly #target: string
  /** `null` for what is written in place. */
  readonly #draft: string | null
  readonly #handle: number

  /** Throws the file system's error. */
  constructor(file: string) {
    this.#target = targetOf(file)
    const old = statSync(this.#target, { throwIfNoEntry: false })
    const { draft, handle } = opened(this.#target, old)
    this.#draft = draft
    this.#handle = handle
  }

  write(bytes: Uint8Array): void {
    writeFully(this.#handle, bytes)
  }

  /** The bytes are on the disk before the name is: after a crash of the machine too the file is whole. */
  commit(): void {
    try {
      if (this.#draft !== null) fsyncSync(this.#handle)
    } finally {
      closeSync(this.#handle)
    }
    if (this.#draft === null) return
    try {
      renameSync(this.#draft, this.#target)
    } catch (error) {
      rmSync(this.#draft, { force: true })
      throw error
    }
  }

  /** Leaves the old file. */
  discard(): void {
    closeSync(this.#handle)
    if (this.#draft !== null) rmSync(this.#draft, { force: true })
  }
}

interface Opened {
  readonly draft: string | null
  readonly handle: number
}

function opened(target: string, old: Stats | undefined): Opened {
  if (old !== undefined && !old.isFile()) return { draft: null, handle: openInPlace(target) }
  const draft = join(dirname(target), `.${basename(target).slice(0, NAME_KEPT)}.${randomBytes(8).toString('hex')}.tmp`)
  try {
    return { draft, handle: openSync(draft, 'wx', old === undefined ? FILE_MODE : old.mode & PERMISSIONS) }
  } catch (error) {
    if (old === undefined || !isRefusal(error)) throw error
    return { draft: null, handle: openSync(target, 'w') }
  }
}

function openInPlace(file: string): number {
  return isNamedPipe(file) ? openNamedPipeForWriting(file) : openSync(file, 'w')
}

/** Where links lead, also if nothing is there yet. */
function targetOf(file: string): string {
  let target = file
  for (let left = MAX_LINKS; left > 0 && isLink(target); left--) {
    const link = readlinkSync(target)
    target = isAbsolute(link) ? link : join(realpathSync(dirname(target)), link)
  }
  return target
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

function isRefusal(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'EBUSY'].includes(codeOf(error) ?? '')
}
