/**
 * Writes a file atomically: a killed job or a full disk leaves no partial report for a later step to read.
 *
 * It writes a temporary file in the same directory and renames it. Anything but a regular file (a pipe, /dev/stdout, a link) is written in place, and so is a file
 * in a directory that accepts no new files.
 */
import { closeSync, lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isNamedPipe, openNamedPipeForWriting, writeFully } from './named-pipe-output.js'
import { codeOf } from './os-error.js'

const FILE_MODE = 0o666 // less the umask
const PERMISSIONS = 0o777

/** Throws the file system's error. */
export function replaceFile(file: string, text: string): void {
  const old = lstatSync(file, { throwIfNoEntry: false })
  if (old !== undefined && !old.isFile()) return writeInPlace(file, text)
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}`)
  try {
    writeFileSync(draft, text, { flag: 'wx', mode: old === undefined ? FILE_MODE : old.mode & PERMISSIONS })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    if (old === undefined || !isRefusal(error)) throw error
    writeFileSync(file, text)
  }
}

function writeInPlace(file: string, text: string): void {
  if (!isNamedPipe(file)) return writeFileSync(file, text)
  const handle = openNamedPipeForWriting(file)
  try {
    writeFully(handle, Buffer.from(text))
  } finally {
    closeSync(handle)
  }
}

function isRefusal(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'EBUSY'].includes(codeOf(error) ?? '')
}
