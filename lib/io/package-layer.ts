/**
 * What packages install, as the loader would see it: their file lists, symbolic links, ELF files, and the configuration of the loader.
 *
 * Bytes are gone when the packages have been read; what is kept of an ELF file is its `LinkObject`.
 */
import { decodeElfImage } from '../elf/image.js'
import { CheckError, MalformedError } from '../errors/check-error.js'
import type { Layer } from '../link/layered-files.js'
import { LinkedObject, type LoaderFile } from '../link/linked-file.js'
import { linkObjectOf } from '../link/link-object.js'
import type { TreeEntry } from '../link/resolve-path.js'
import { isDirectory, isGhost, isSymlink, type PackageFile } from '../rpm/package-files.js'
import type { PackageObserver } from './walk.js'

/** Bytes that the loader looks at first. */
const HEAD = 64
/** Links that every system of the last ten years has, made by a package that is seldom among those at hand. Not those of libraries: names would be found by them. */
const MERGED = ['bin', 'sbin']
/** Programs name the loader by its path of before; glibc's package has it below /usr. */
const LOADER = /^\/usr(\/lib[^/]*\/ld[^/]*\.so\.\d)$/
/** What glibc's package has in /etc/ld.so.conf, for packages that bring a part of it alone. */
const USUAL_CONFIGURATION = { path: '/etc/ld.so.conf', text: 'include ld.so.conf.d/*.conf\n' }

/** Observes packages while they are read, and is a layer of their files from `finish` on. Of two packages with one path the first counts. */
export class PackageLayer implements Layer, PackageObserver {
  readonly #entries = new Map<string, TreeEntry>([['/', { kind: 'directory' }]])
  readonly #names = new Map<string, Set<string>>()
  readonly #files = new Map<string, PackagedFile>()
  readonly #texts = new Map<string, Uint8Array>()
  #count = 0

  files(files: readonly PackageFile[]): void {
    for (const file of files) {
      if (isGhost(file) || !file.path.startsWith('/')) continue
      const kind = isDirectory(file) ? 'directory' : 'file'
      const isNew = this.#add(file.path, isSymlink(file) ? { kind: 'link', target: file.linkTarget } : { kind })
      if (isNew && kind === 'file' && !isSymlink(file))
        this.#files.set(file.path, new PackagedFile(file.path, `${this.#count++}`, file.size))
    }
  }

  elf(paths: readonly string[], bytes: Uint8Array): void {
    const [path = ''] = paths
    const file = new PackagedFile(path, `${this.#count++}`, bytes.length, bytes)
    for (const each of paths) if (this.#files.get(each)?.isKnown === false) this.#files.set(each, file)
  }

  wants(path: string): boolean {
    return (
      path === '/etc/ld.so.conf' ||
      path.startsWith('/etc/ld.so.conf.d/') ||
      path === '/etc/ld.so.preload' ||
      /^\/etc\/ld-musl-[^/]+\.path$/.test(path)
    )
  }

  text(path: string, bytes: Uint8Array): void {
    if (!this.#texts.has(path)) this.#texts.set(path, Uint8Array.from(bytes))
  }

  /** To be called when all packages have been read. `isAlone` where no root lies below. */
  finish(isAlone: boolean): void {
    if (!isAlone) return
    for (const name of MERGED) if (this.#entries.has(`/usr/${name}`)) this.#add(`/${name}`, { kind: 'link', target: `usr/${name}` })
    for (const path of this.#files.keys()) {
      const [, loader] = LOADER.exec(path) ?? []
      if (loader !== undefined) this.#add(loader, { kind: 'link', target: path })
    }
    const { path, text } = USUAL_CONFIGURATION
    if (this.#add(path, { kind: 'file' })) this.#texts.set(path, Buffer.from(text))
  }

  /** Paths of the ELF files that are programs, sorted. */
  programs(): string[] {
    return [...this.#files]
      .filter(([, file]) => file.isProgram)
      .map(([path]) => path)
      .sort()
  }

  entryAt(path: string): TreeEntry | null {
    return this.#entries.get(path) ?? null
  }

  open(path: string): LoaderFile | null {
    return this.#files.get(path) ?? null
  }

  read(path: string): Uint8Array | null {
    return this.#texts.get(path) ?? null
  }

  list(path: string): readonly string[] {
    return [...(this.#names.get(path) ?? [])].sort()
  }

  /** With the directories above it. `false` for a path that is there. */
  #add(path: string, entry: TreeEntry): boolean {
    if (this.#entries.has(path)) return false
    this.#entries.set(path, entry)
    const slash = path.lastIndexOf('/')
    const directory = slash === 0 ? '/' : path.slice(0, slash)
    const names = this.#names.get(directory)
    if (names === undefined) this.#names.set(directory, new Set([path.slice(slash + 1)]))
    else names.add(path.slice(slash + 1))
    this.#add(directory, { kind: 'directory' })
    return true
  }
}

class PackagedFile implements LoaderFile {
  readonly realPath: string
  readonly identity: string
  readonly head: Uint8Array
  readonly fault = null
  readonly #linked: LinkedObject | CheckError | null

  /** Without `bytes` it is no ELF file, or has not come yet. */
  constructor(path: string, identity: string, size: number, bytes: Uint8Array | null = null) {
    this.realPath = path
    this.identity = identity
    this.head = bytes === null ? new Uint8Array(Math.min(size, HEAD)) : Uint8Array.from(bytes.subarray(0, HEAD))
    this.#linked = bytes === null ? null : linkedOrFault(bytes)
  }

  get isKnown(): boolean {
    return this.#linked !== null
  }

  get isProgram(): boolean {
    return this.#linked instanceof LinkedObject && this.#linked.object.isProgram
  }

  linked(): LinkedObject {
    if (this.#linked instanceof LinkedObject) return this.#linked
    throw this.#linked ?? new MalformedError('not an ELF file', 'ELF identification', 0)
  }
}

function linkedOrFault(bytes: Uint8Array): LinkedObject | CheckError {
  try {
    return new LinkedObject(linkObjectOf(decodeElfImage(bytes)))
  } catch (error) {
    if (error instanceof CheckError) return error
    throw error
  }
}
