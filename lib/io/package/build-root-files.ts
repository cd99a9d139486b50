/**
 * The files of a build root: the directory into which %install puts what the packages will hold.
 *
 * Read as rpmbuild packs it: symbolic links are not followed, all names of one inode are one file, devices and sockets have no content.
 * Names are bytes on disk and byte strings here.
 */
import { constants, lstatSync, openSync, readdirSync, readlinkSync, statSync, type BigIntStats } from 'node:fs'
import { LimitError, UnreadableError } from '../../errors/check-error.js'
import { textOf } from '../../bytes/names.js'
import { attempt, unreadable } from '../os-error.js'

/** A regular file under all its names below the root, as they will be installed: `/usr/lib64/libx.so.1`. */
export interface BuildRootFile {
  readonly paths: readonly string[]
  readonly size: number
}

export interface BuildRootSymlink {
  readonly path: string
  readonly target: string
}

export interface BuildRootListing {
  /** In order of their first names. */
  readonly files: readonly BuildRootFile[]
  readonly symlinks: readonly BuildRootSymlink[]
}

interface Listing {
  /** The root's path in messages. */
  readonly path: string
  /** Maximum number of files in a package. */
  readonly members: number
  readonly files: Map<string, { paths: string[]; size: number }>
  readonly symlinks: BuildRootSymlink[]
  count: number
}

/** `path` names `root` in messages. Throws `UnreadableError` for an unreadable directory, and `LimitError` for more files than a package can have. */
export function listBuildRoot(root: string, path: string, members: number): BuildRootListing {
  if (!attempt(() => statSync(root), unreadable(path)).isDirectory()) throw new UnreadableError(`${path}: not a directory`)
  const listing: Listing = { path, members, files: new Map(), symlinks: [], count: 0 }
  listDirectory(root, '', listing)
  return { files: [...listing.files.values()], symlinks: listing.symlinks }
}

/** Opens a listed file safely even if it was replaced meanwhile: links are not followed, and opening a pipe does not block. */
export function openListed(root: string, path: string): number {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  return attempt(() => openSync(onDisk(root, path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK), unreadable(textOf(path)))
}

function listDirectory(root: string, directory: string, listing: Listing): void {
  const names = attempt(
    () => readdirSync(onDisk(root, directory), { encoding: 'latin1' }),
    unreadable(directory === '' ? listing.path : textOf(directory)),
  )
  for (const name of names.sort()) {
    const path = `${directory}/${name}`
    if (++listing.count > listing.members) throw new LimitError(`${listing.path}: more than ${listing.members} files`, 'build root')
    const stats = attempt(() => lstatSync(onDisk(root, path), { bigint: true }), unreadable(textOf(path)))
    if (stats.isDirectory()) listDirectory(root, path, listing)
    else if (stats.isSymbolicLink()) listing.symlinks.push({ path, target: targetOf(root, path) })
    else if (stats.isFile()) addFile(path, stats, listing)
  }
}

function addFile(path: string, { dev, ino, nlink, size }: BigIntStats, { files }: Listing): void {
  const inode = nlink > 1n ? `${dev}:${ino}` : path
  const known = files.get(inode)
  if (known === undefined) files.set(inode, { paths: [path], size: Number(size) })
  else known.paths.push(path)
}

function targetOf(root: string, path: string): string {
  return attempt(() => readlinkSync(onDisk(root, path), { encoding: 'latin1' }), unreadable(textOf(path)))
}

function onDisk(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(root), Buffer.from(path, 'latin1')])
}
