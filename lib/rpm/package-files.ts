/**
 * The file list of the header: what the payload must contain and how rpm installs it.
 *
 * A path is stored as base name, directory name and an index from one to the other; packages from before rpm 4.0 (or with `--nodirtokens`) store whole paths.
 * Source: rpm manual, "RPM tags", File tags; checks as rpm's lib/rpmfi.cc (rpmfilesPopulate).
 */
import { hashName } from './expected-digests.js'
import type { RpmHead } from './head.js'
import type { HeaderStore } from './header-store.js'
import { PATH_MAX, S_IFMT, S_IFREG, S_IFLNK, S_IFDIR } from '../bytes/posix.js'
import { LimitError } from '../errors/check-error.js'
import { RPMTAG } from './tags.js'

export interface PackageFile {
  /** Byte string: absolute in a binary package, a bare name in a source package. */
  readonly path: string
  readonly size: number
  /** Type and permissions, as in st_mode. */
  readonly mode: number
  /** RPMFILE_* bits. */
  readonly flags: number
  /** Byte string, empty for all but symbolic links. */
  readonly linkTarget: string
  /** Lower-case hex by the package's `digestAlgorithm`; `null` where there is none. */
  readonly digest: string | null
  readonly device: number
  /** 0 if the package does not state it: such a file is in no hardlink set. */
  readonly inode: number
}

export interface PackageFiles {
  /** In the order of the header; the members of a stripped payload are indexes into it. */
  readonly files: readonly PackageFile[]
  /** As node:crypto names it; `null` for one that we cannot compute. */
  readonly digestAlgorithm: string | null
}

const RPMFILE_GHOST = 0x40 // belongs to the package without being shipped
const MD5 = 1 // the algorithm of FILEDIGESTS without FILEDIGESTALGO

/**
 * Arrays with one element for each file. rpm drops the whole list if one of them has another count. FILEDEPENDSX is not among them: in v6 packages with
 * hardlinks rpm itself writes more.
 */
const PER_FILE_TAGS = [
  RPMTAG.FILESIZES,
  RPMTAG.LONGFILESIZES,
  RPMTAG.FILESTATES,
  RPMTAG.FILEMODES,
  RPMTAG.FILERDEVS,
  RPMTAG.FILEMTIMES,
  RPMTAG.FILEDIGESTS,
  RPMTAG.FILELINKTOS,
  RPMTAG.FILEFLAGS,
  RPMTAG.FILEUSERNAME,
  RPMTAG.FILEGROUPNAME,
  RPMTAG.FILEVERIFYFLAGS,
  RPMTAG.FILEDEVICES,
  RPMTAG.FILEINODES,
  RPMTAG.FILELANGS,
  RPMTAG.FILECOLORS,
  RPMTAG.FILECLASS,
  RPMTAG.FILECAPS,
  RPMTAG.FILEMIMEINDEX,
]

/** Bytes of all paths: 268 for each of a million files, rpm's own bound on their number. */
const MAX_PATH_BYTES = 256 * 1024 * 1024

/** Throws `MalformedError` for a list that rpm would read as empty: a package with hidden files must not look like one without files. */
export function filesOf({ header }: RpmHead): PackageFiles {
  const paths = pathsOf(header)
  checkLengths(paths, header)
  for (const tag of PER_FILE_TAGS) {
    if (header.has(tag) && header.count(tag) !== paths.length) header.fail(tag, `${header.count(tag)} elements for ${paths.length} files`)
  }
  return {
    files: paths.length === 0 ? [] : decodeFiles(header, paths),
    digestAlgorithm: hashName(header.integer(RPMTAG.FILEDIGESTALGO) || MD5),
  }
}

/** Files share the names of their directories, so paths may be many times as long as the header. Linux installs none longer than PATH_MAX. */
function checkLengths(paths: readonly string[], header: HeaderStore): void {
  let total = 0
  for (const { length } of paths) {
    if (length >= PATH_MAX) header.fail(RPMTAG.BASENAMES, `a path of ${length} bytes, expected fewer than ${PATH_MAX}`)
    total += length
    if (total > MAX_PATH_BYTES) throw new LimitError(`file list: more than ${MAX_PATH_BYTES} bytes of paths`, 'file list')
  }
}

export function isGhost(file: PackageFile): boolean {
  return (file.flags & RPMFILE_GHOST) !== 0
}

export function isRegular(file: PackageFile): boolean {
  return (file.mode & S_IFMT) === S_IFREG
}

export function isSymlink(file: PackageFile): boolean {
  return (file.mode & S_IFMT) === S_IFLNK
}

export function isDirectory(file: PackageFile): boolean {
  return (file.mode & S_IFMT) === S_IFDIR
}

function decodeFiles(header: HeaderStore, paths: readonly string[]): PackageFile[] {
  const sizes =
    header.integers(RPMTAG.LONGFILESIZES) ??
    header.integers(RPMTAG.FILESIZES) ??
    header.fail(RPMTAG.FILESIZES, 'missing although the header lists files')
  const modes = header.integers(RPMTAG.FILEMODES) ?? header.fail(RPMTAG.FILEMODES, 'missing although the header lists files')
  const flags = header.integers(RPMTAG.FILEFLAGS)
  const linkTargets = header.strings(RPMTAG.FILELINKTOS)
  const digests = header.strings(RPMTAG.FILEDIGESTS)
  const devices = header.integers(RPMTAG.FILEDEVICES)
  const inodes = header.integers(RPMTAG.FILEINODES)
  return paths.map((path, index) => ({
    path,
    size: sizes[index] ?? 0,
    mode: modes[index] ?? 0,
    flags: flags?.[index] ?? 0,
    linkTarget: linkTargets?.[index] ?? '',
    digest: digests?.[index]?.toLowerCase() || null,
    device: devices?.[index] ?? 0,
    inode: inodes?.[index] ?? 0,
  }))
}

function pathsOf(header: HeaderStore): readonly string[] {
  const baseNames = header.strings(RPMTAG.BASENAMES)
  if (baseNames === null) return header.strings(RPMTAG.OLDFILENAMES) ?? []
  const directories = header.strings(RPMTAG.DIRNAMES) ?? []
  const directoryIndexes = header.integers(RPMTAG.DIRINDEXES) ?? []
  if (directoryIndexes.length !== baseNames.length) {
    header.fail(RPMTAG.DIRINDEXES, `${directoryIndexes.length} elements for ${baseNames.length} files`)
  }
  return baseNames.map((baseName, index) => {
    const directory = directories[directoryIndexes[index] ?? -1]
    if (directory === undefined) header.fail(RPMTAG.DIRINDEXES, `index ${directoryIndexes[index]} with ${directories.length} directories`)
    return directory + baseName
  })
}
