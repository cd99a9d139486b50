/**
 * Writes a whole file or leaves it as it was: a job that is killed, or a full disk, leaves no half of a report for a later step to read.
 *
 * That takes a file beside it and a rename. What is no regular file (a pipe, /dev/stdout, a link) is written to as it stands, and so is a file
 * in a folder that takes no new ones.
 */
import { lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { codeOf } from './os-error.js'

const FILE_MODE = 0o666 // less the umask
const PERMISSIONS = 0o777

/** Throws what the file system throws. */
export function replaceFile(file: string, text: string): void {
  const old = lstatSync(file, { throwIfNoEntry: false })
  if (old !== undefined && !old.isFile()) return writeFileSync(file, text)
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

function isRefusal(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'EBUSY'].includes(codeOf(error) ?? '')
}
