/**
 * Checks the members of a payload against the header's file list, as rpm does when it installs.
 *
 * The header's list and the archive's members must agree, or different readers see different packages. A mismatch does not end the reading:
 * a hidden library is analysed as well, and `finish` throws at the end.
 * Source: rpm manual, "RPM v4 format", Payload; rpm's lib/rpmfi.cc and lib/fsm.cc.
 */
import { textOf } from '../../bytes/names.js'
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } from '../../bytes/posix.js'
import type { CpioEntry, NamedCpioEntry } from '../../cpio/entry.js'
import { MalformedError } from '../../errors/check-error.js'
import { isGhost, isRegular, isSymlink, type PackageFile, type PackageFiles } from '../../rpm/package-files.js'
import type { Note } from '../model.js'
import { HardlinkSets, type HardlinkSet } from './hardlink-sets.js'
import { pathFaultOf } from './path-check.js'
import { ProblemCounts } from './problem-counts.js'

/** The digest of a file's content that the package's header states. */
export interface FileDigest {
  /** As node:crypto names it. */
  readonly algorithm: string
  /** Lower-case hex. */
  readonly hex: string
}

/** Regular files, directories, symbolic links, pipes, devices and sockets. Source: fsmUnpack of rpm's lib/fsm.cc. */
const KNOWN_TYPES = new Set([S_IFREG, S_IFDIR, S_IFLNK, S_IFIFO, S_IFCHR, S_IFBLK, S_IFSOCK])

/** A member of the payload, matched with the header. */
export interface PayloadMember {
  /**
   * `analyse`: it has the data of a file. rpm would not install some of them as such (ghosts, files of another type in the header), but
   * cpio unpacks them, and a package with such members is not what it seems. `verify`: it has data that was analysed before, if the digest is right.
   * `skip`: it has no data to analyse.
   */
  readonly action: 'analyse' | 'verify' | 'skip'
  /** Byte strings, as in the header. The member with the data of a hardlink set has all paths of the set. */
  readonly paths: readonly string[]
  readonly isRegular: boolean
  /** Bytes according to the header; the member's own size if the header does not list it. */
  readonly expectedSize: number
  /** The expected digest of the data; `null` where the package has none, or one that we cannot compute. */
  readonly digest: FileDigest | null
}

export class PayloadCheck {
  readonly #files: readonly PackageFile[]
  readonly #digestAlgorithm: string | null
  readonly #indexByName = new Map<string, number>()
  readonly #hardlinks: HardlinkSets
  readonly #isSeen: Uint8Array
  readonly #problems = new ProblemCounts()

  constructor({ files, digestAlgorithm }: PackageFiles) {
    this.#files = files
    this.#digestAlgorithm = digestAlgorithm
    this.#hardlinks = new HardlinkSets(files)
    this.#isSeen = new Uint8Array(files.length)
    const pathFault = pathFaultOf(files)
    if (pathFault !== null) this.#problems.fault(pathFault, 'file list', 0)
    files.forEach((file, index) => this.#addListed(file, index))
  }

  /** Bytes of data of a stripped member, for the cpio parser. Throws `MalformedError` for an index without a shipped file. */
  sizeOfStripped(index: number): number {
    const file = this.#files[index]
    if (file === undefined)
      throw new MalformedError(`cpio: a member refers to file ${index}, but the package has ${this.#files.length} files`, 'cpio')
    if (isGhost(file)) throw new MalformedError(`cpio: ${textOf(file.path)} is a %ghost file and must not have data`, 'cpio')
    if (isSymlink(file)) return file.linkTarget.length
    return isRegular(file) && this.#hardlinks.carriesData(index) ? file.size : 0
  }

  /** Never throws: mismatches are kept for `finish`. */
  checkMember(entry: CpioEntry): PayloadMember {
    const index = entry.form === 'stripped' ? entry.index : this.#indexByName.get(bareName(entry.name))
    const file = index === undefined ? undefined : this.#files[index]
    if (index === undefined || file === undefined) return this.#checkUnlisted(entry)
    const path = textOf(file.path)
    if (isGhost(file)) {
      this.#problems.note('ghost-in-payload', 'in the payload although it is a %ghost file, which rpm does not install', path, entry.offset)
      return this.#unverified(file, entry)
    }
    const isAgain = this.#isSeen[index] === 1
    if (isAgain) this.#problems.fault('occurs twice', path, entry.offset)
    this.#isSeen[index] = 1

    if (entry.form === 'named' && (entry.mode & S_IFMT) !== (file.mode & S_IFMT)) {
      this.#problems.note('mode-differs', 'file type differs between payload and header; the header applies', path, entry.offset)
    }
    if (!KNOWN_TYPES.has(file.mode & S_IFMT)) this.#problems.fault('unknown type of file, which rpm cannot create', path, entry.offset)
    if (!isRegular(file)) return this.#unverified(file, entry)
    const set = this.#hardlinks.of(index)
    if (set === null) return this.#checkData(file, entry, [file.path])
    if (!isAgain) set.seen++
    return this.#checkLink(index, file, entry, set)
  }

  /** Call after the trailer. Throws `MalformedError` for the first mismatch. */
  finish(): void {
    this.#files.forEach((file, index) => {
      if (this.#isSeen[index] === 0 && !isGhost(file)) this.#problems.fault('missing from the payload', textOf(file.path), 0)
    })
    for (const { members } of this.#hardlinks.withoutData()) {
      const file = this.#files[members[0] ?? -1]
      if (file !== undefined && file.size > 0) this.#problems.fault('hardlink without data in the payload', textOf(file.path), 0)
    }
    this.#problems.throwFault()
  }

  notes(): readonly Note[] {
    return this.#problems.notes()
  }

  #addListed(file: PackageFile, index: number): void {
    const name = bareName(file.path)
    if (this.#indexByName.has(name)) this.#problems.fault('listed twice', textOf(file.path), 0)
    this.#indexByName.set(name, index)
  }

  #checkUnlisted(entry: CpioEntry): PayloadMember {
    const path = entry.form === 'named' ? listedPath(entry) : `member ${entry.index}`
    this.#problems.fault('not listed in the header', textOf(path), entry.offset)
    const isFile = entry.form === 'named' && (entry.mode & S_IFMT) === S_IFREG
    return { action: isFile ? 'analyse' : 'skip', paths: [path], isRegular: isFile, expectedSize: entry.size, digest: null }
  }

  /**
   * All members of a set but one are empty. rpm writes the data with the last one, and fails to unpack a package that has data elsewhere;
   * some builders write it with the first, or with each. Then the set is still one file.
   */
  #checkLink(index: number, file: PackageFile, entry: CpioEntry, set: HardlinkSet): PayloadMember {
    if (entry.size === 0 && file.size > 0) return this.#member('skip', file)
    if (set.seen < set.members.length && file.size > 0) {
      const message = 'hardlink data precedes the last link, so rpm cannot unpack the package'
      this.#problems.note('hardlink-data-early', message, textOf(file.path), entry.offset)
    }
    if (set.dataFrom !== null) return this.#checkRepeated(file, entry, this.#files[set.dataFrom])
    set.dataFrom = index
    const paths = set.members.map(member => this.#files[member]?.path ?? '')
    return this.#checkData(file, entry, paths)
  }

  /** The data of a set once more: without equal digests in the header it may differ. */
  #checkRepeated(file: PackageFile, entry: CpioEntry, first: PackageFile | undefined): PayloadMember {
    const member = this.#checkData(file, entry, [file.path])
    return member.digest !== null && file.digest === first?.digest ? { ...member, action: 'verify' } : member
  }

  #checkData(file: PackageFile, entry: CpioEntry, paths: readonly string[]): PayloadMember {
    if (entry.size !== file.size)
      this.#problems.fault(`${entry.size} bytes, but ${file.size} according to the header`, textOf(file.path), entry.offset)
    return { ...this.#member('analyse', file), paths }
  }

  /** A member that is no regular file for the header: its data are not those that size and digest are stated for, and may still be a library. */
  #unverified(file: PackageFile, entry: CpioEntry): PayloadMember {
    const isFile = entry.form === 'named' && (entry.mode & S_IFMT) !== S_IFLNK && entry.size > 0
    return { ...this.#member(isFile ? 'analyse' : 'skip', file), expectedSize: entry.size, digest: null }
  }

  #member(action: PayloadMember['action'], file: PackageFile): PayloadMember {
    const { digest: hex, size: expectedSize } = file
    const digest = hex === null || this.#digestAlgorithm === null ? null : { algorithm: this.#digestAlgorithm, hex }
    return { action, paths: [file.path], isRegular: isRegular(file), expectedSize, digest }
  }
}

/** Builders begin names with `./`, with `/` or with neither; rpm treats them alike. */
function bareName(name: string): string {
  const relative = name.startsWith('./') ? name.slice(2) : name
  return relative.startsWith('/') ? relative.slice(1) : relative
}

/** The path that an unlisted member would have in the header: absolute, except for the bare names of a source package. */
function listedPath(entry: NamedCpioEntry): string {
  return entry.name.startsWith('./') || entry.name.startsWith('/') ? `/${bareName(entry.name)}` : entry.name
}
