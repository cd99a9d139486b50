/**
 * The file system that packages would form if installed together, as far as a loader sees it: ELF files, symbolic links, and the configuration files that
 * it reads. Only directories with contents exist.
 *
 * If packages conflict over a path, the first one wins. Nested objects, and packages inside packages, are not installed.
 */
import { byteStringFrom } from '../bytes/names.js'
import type { DirectoryEntry, Layer } from '../link/layered-files.js'
import type { LoaderFile } from '../link/linked-file.js'
import { resolvePath, type TreeEntry } from '../link/resolve-path.js'
import { InstalledFile } from './installed-file.js'
import { standalonePlaces, publicDirectories } from './standalone-places.js'
import type { LinkFacts, ObjectFacts, PackageFacts } from '../facts/model.js'
import { objectKey, type InstalledPackage } from './installed-package.js'

/** Links that every system of the last ten years has, made by a package that is seldom given. Not /lib and /lib64, by which libraries would be found. */
const MERGED_DIRECTORIES = ['bin', 'sbin']
/** Programs refer to the loader by its path before the merge of /usr; glibc's package has it below /usr. */
const LOADER = /^\/usr(\/lib[^/]*\/ld[^/]*\.so\.\d)$/
/** What the glibc packages of Fedora and openSUSE have in /etc/ld.so.conf. */
const DEFAULT_CONFIGURATION = 'include ld.so.conf.d/*.conf\n'

export class InstalledLayer implements Layer {
  /** By path as a byte string. */
  readonly #entries = new Map<string, TreeEntry>([['/', { kind: 'directory' }]])
  readonly #files = new Map<string, InstalledFile>()
  readonly #texts = new Map<string, string>()
  readonly #names = new Map<string, string[]>()
  /** By `objectKey`. */
  readonly #byObject = new Map<string, InstalledFile>()

  readonly #root: Layer | null

  /** `root` is what the packages are installed into; with `null` they stand alone, without the base packages of every system. */
  constructor(packages: readonly InstalledPackage[], root: Layer | null) {
    this.#root = root
    this.#installDirectoryLinks(packages)
    const directories = publicDirectories(packages)
    for (const { id, facts } of packages) {
      if (facts.isStandalone) this.#installStandalone(id, facts, directories)
      else this.#install(id, facts)
    }
    if (root === null) this.#installDefaults()
  }

  entryAt(path: string): TreeEntry | null {
    return this.#entries.get(path) ?? null
  }

  open(path: string): LoaderFile | null {
    return this.#files.get(path) ?? null
  }

  openProgram(path: string): LoaderFile | null {
    const file = this.#files.get(path)
    return file?.isProgram === true ? file : null
  }

  read(path: string): Uint8Array | null {
    const text = this.#texts.get(path)
    return text === undefined ? null : Buffer.from(text, 'latin1')
  }

  list(path: string): readonly string[] {
    return [...(this.#names.get(path) ?? [])].sort()
  }

  entries(path: string): readonly DirectoryEntry[] {
    const prefix = path === '/' ? path : `${path}/`
    return this.list(path).flatMap(name => {
      const kind = this.#entries.get(prefix + name)?.kind
      return kind === undefined ? [] : [{ name, kind, isExecutable: this.#files.has(prefix + name) }]
    })
  }

  /** The file of an object of one of the packages; `null` where another package's file displaces it. */
  fileOf(packageId: string, { path }: ObjectFacts): LoaderFile | null {
    return this.#byObject.get(objectKey(packageId, path)) ?? null
  }

  /** Paths of the ELF files that are programs, sorted. */
  programs(): string[] {
    return [...this.#files]
      .filter(([, file]) => file.isProgram)
      .map(([path]) => path)
      .sort()
  }

  /** `/lib64 -> usr/lib64` of one package applies to files that another one installs in /lib64, so such links come first. */
  #installDirectoryLinks(packages: readonly InstalledPackage[]): void {
    const paths = packages.flatMap(({ facts: { objects, symlinks } }) => [...objects, ...symlinks].map(({ path }) => path))
    const directories = directoriesAbove(paths)
    for (const { facts } of packages) {
      for (const { path, target } of facts.symlinks) if (directories.has(path)) this.#enterLink(path, target)
    }
  }

  #install(id: string, { objects, symlinks, loaderFiles }: PackageFacts): void {
    for (const object of objects) if (!object.isNested) this.#installObject(id, object)
    for (const { path, target } of symlinks) this.#enterLink(path, target)
    for (const path of loaderFiles.nonElfLibraries) this.#installFile([path], null)
    for (const { path, content } of loaderFiles.configuration) this.#enterText(byteStringFrom(path), content)
  }

  #installStandalone(id: string, { objects }: PackageFacts, directories: readonly string[]): void {
    for (const object of objects) {
      const file = this.#installAt(standalonePlaces(object, directories), object.link)
      if (file !== null) this.#byObject.set(objectKey(id, object.path), file)
    }
  }

  #installDefaults(): void {
    for (const name of MERGED_DIRECTORIES)
      if (this.#entries.has(`/usr/${name}`)) this.#enter(`/${name}`, { kind: 'link', target: `usr/${name}` })
    for (const path of this.#files.keys()) {
      const [, loader] = LOADER.exec(path) ?? []
      if (loader !== undefined) this.#enter(loader, { kind: 'link', target: path })
    }
    this.#enterText('/etc/ld.so.conf', DEFAULT_CONFIGURATION)
  }

  /** A missing path is assumed to be a directory. Links of the root lead package files elsewhere, as when rpm unpacks them. */
  #resolve(path: string): string | null {
    if (this.#entries.get(path)?.kind === 'directory') return path // entered at its real place, with all directories above it
    return resolvePath(path, inner => this.#entries.get(inner) ?? this.#root?.entryAt(inner) ?? { kind: 'directory' })
  }

  #installObject(id: string, object: ObjectFacts): void {
    const file = this.#installFile([object.path, ...object.alsoAt], object.link)
    if (file !== null) this.#byObject.set(objectKey(id, object.path), file)
  }

  /** `null` where every path is taken by another package. */
  #installFile(paths: readonly string[], link: LinkFacts | null): InstalledFile | null {
    return this.#installAt(paths.map(byteStringFrom), link)
  }

  /** `paths` are byte strings. */
  #installAt(paths: readonly string[], link: LinkFacts | null): InstalledFile | null {
    const free = paths.map(path => this.#enter(path, { kind: 'file' })).filter(path => path !== null)
    const [first] = free
    if (first === undefined) return null
    const file = new InstalledFile(first, link)
    for (const path of free) this.#files.set(path, file)
    return file
  }

  #enterText(path: string, text: string): void {
    const place = this.#enter(path, { kind: 'file' })
    if (place !== null) this.#texts.set(place, text)
  }

  #enterLink(path: string, target: string): void {
    this.#enter(byteStringFrom(path), { kind: 'link', target: byteStringFrom(target) })
  }

  /** The resolved path, with links in its directory followed; `null` if the path is taken. */
  #enter(path: string, entry: TreeEntry): string | null {
    const slash = path.lastIndexOf('/')
    const directory = this.#resolve(path.slice(0, slash) || '/')
    if (directory === null) return null
    const name = path.slice(slash + 1)
    const place = directory === '/' ? `/${name}` : `${directory}/${name}`
    if (this.#entries.has(place)) return null
    this.#enterDirectories(directory)
    this.#addEntry(directory, name, entry)
    return place
  }

  /** A resolved directory and those above it, as far as they are not there. */
  #enterDirectories(directory: string): void {
    const missing: string[] = []
    for (let above = directory; above !== '/' && !this.#entries.has(above); above = directoryOf(above) || '/') missing.push(above)
    for (const each of missing.reverse()) {
      this.#addEntry(directoryOf(each) || '/', each.slice(each.lastIndexOf('/') + 1), { kind: 'directory' })
    }
  }

  #addEntry(directory: string, name: string, entry: TreeEntry): void {
    this.#entries.set(directory === '/' ? `/${name}` : `${directory}/${name}`, entry)
    const siblings = this.#names.get(directory)
    if (siblings === undefined) this.#names.set(directory, [name])
    else siblings.push(name)
  }
}

/** `/usr/lib64` and `/usr` for `/usr/lib64/libx.so.1`. */
function directoriesAbove(paths: readonly string[]): Set<string> {
  const directories = new Set<string>()
  for (const path of paths) {
    for (let above = directoryOf(path); above !== '' && !directories.has(above); above = directoryOf(above)) directories.add(above)
  }
  return directories
}

/** Empty for a file in the root directory. */
function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
