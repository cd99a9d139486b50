/**
 * One member of an archive while it is read: identified, then buffered (ELF), opened (an archive), or skipped.
 */
import { CONTENT_HEAD, contentOf, type Content } from '../../archive/magic.js'
import { objectFactsOf } from '../../facts/object-facts.js'
import { staticArchiveFactsOf } from '../../facts/static-archive.js'
import type { FileDigest } from '../../facts/payload/payload-check.js'
import { Channel } from '../channel.js'
import { debug } from '../debug.js'
import { isNested } from './content-handling.js'
import { ElfContent } from './elf-content.js'
import { expectDigest } from './file-digest.js'
import { MAX_LISTING_BYTES, listsDirectories, mayListDirectories } from './loader-config-file.js'
import type { ArchiveLocation, FactsCollector, PackageScan } from './package-scan.js'
import { relocatableObjectOf, unanalysedObject } from './relocatable-object.js'

export interface MemberIdentity {
  readonly path: string
  readonly alsoAt: readonly string[]
  /** Bytes that are allocated at once: the stated size if it was verified, or else its capped value. */
  readonly size: number | null
  readonly digest: FileDigest | null
  /** Number of archives between it and its package: 0 for a file that the package installs. */
  readonly depth: number
  /** Number of archives around its package, for an RPM inside another. */
  readonly nesting?: number
}

/** What an archive does with its members itself. */
export interface MemberHandler {
  /** Takes a gathered ELF file instead of its being analysed as an object; `false` leaves it to be analysed. */
  elf(bytes: Uint8Array): boolean
  /** Notes LLVM bitcode, which is skipped. */
  bitcode(): void
}

type State = 'sniffing' | 'buffering' | 'opening' | 'reading text' | 'skipping'

export class Member {
  readonly #identity: MemberIdentity
  readonly #scan: PackageScan
  readonly #collector: FactsCollector
  readonly #handler: MemberHandler
  #state: State = 'sniffing'
  #head: Buffer = Buffer.alloc(0)
  #content: ElfContent | null = null
  #channel: Channel | null = null
  #opening: Promise<void> | null = null

  constructor(identity: MemberIdentity, scan: PackageScan, collector: FactsCollector, handler?: MemberHandler) {
    this.#identity = identity
    this.#scan = scan
    this.#collector = collector
    this.#handler = handler ?? looseObject(identity, scan, collector)
  }

  /** No more bytes are needed: a reader that can skip may do so. */
  get isSkipping(): boolean {
    return this.#state === 'skipping'
  }

  /** Takes the next bytes. Returns a promise if the writer has to wait before it reuses their memory. */
  write(bytes: Uint8Array): Promise<void> | undefined {
    switch (this.#state) {
      case 'skipping':
        return undefined
      case 'buffering':
        this.#content?.write(bytes)
        return undefined
      case 'opening':
        return this.#pass(bytes)
      case 'reading text':
        this.#head = Buffer.concat([this.#head, bytes])
        return undefined
      case 'sniffing':
        return this.#sniff(bytes)
    }
  }

  /** Call after the last byte: analyses the file, or waits for the nested archive's reader. */
  async end(): Promise<void> {
    if (this.#state === 'sniffing') await this.#decide(contentOf(this.#head))
    if (this.#content !== null) this.#analyse(this.#content)
    if (this.#state === 'reading text') this.#keepListing()
    this.#channel?.end()
    await this.#opening
  }

  /** The enclosing archive failed: stops the nested archive's reader. */
  async abandon(error: unknown): Promise<void> {
    this.#channel?.fail(error)
    await this.#opening?.catch(() => undefined)
  }

  #sniff(bytes: Uint8Array): Promise<void> | undefined {
    // Most members are longer than the head and arrive in one piece: then nothing is copied.
    if (this.#head.length === 0 && bytes.length >= CONTENT_HEAD) return this.#decideOn(bytes)
    this.#head = Buffer.concat([this.#head, bytes])
    return this.#head.length < CONTENT_HEAD ? undefined : this.#decideOn(this.#head)
  }

  #decideOn(bytes: Uint8Array): Promise<void> | undefined {
    const content = contentOf(bytes.subarray(0, CONTENT_HEAD))
    if (content !== 'elf' && !isNested(content) && !this.#mayBeListing(bytes)) return this.#skip(content)
    this.#head = Buffer.from(bytes)
    return this.#decide(content)
  }

  /** Passes the head to where the rest will go. */
  async #decide(content: Content | null): Promise<void> {
    if (content === 'elf') {
      this.#state = 'buffering'
      this.#content = this.#newContent()
      this.#content.write(this.#head)
    } else if (isNested(content)) {
      this.#state = 'opening'
      this.#channel = new Channel()
      const { path, depth, nesting = 0 } = this.#identity
      this.#opening = this.#scan.openNested(content, this.#channel, { path, depth: depth + 1, nesting }, this.#scan, this.#collector)
      this.#opening.catch(() => undefined) // end() awaits it; until then a rejection must not end the process
      await this.#pass(this.#head)
    } else if (this.#mayBeListing(this.#head)) {
      this.#state = 'reading text'
      return
    } else this.#skip(content)
    this.#head = Buffer.alloc(0)
  }

  #mayBeListing(head: Uint8Array): boolean {
    const { depth, size } = this.#identity
    return depth === 0 && size !== null && size <= MAX_LISTING_BYTES && mayListDirectories(head)
  }

  #keepListing(): void {
    const content = this.#head.toString('latin1')
    const { path, alsoAt } = this.#identity
    if (listsDirectories(content)) for (const each of [path, ...alsoAt]) this.#collector.configuration.push({ path: each, content })
  }

  #skip(content: Content | null): undefined {
    this.#state = 'skipping'
    if (content === 'bitcode') this.#handler.bitcode()
    debug('%s: skipped, %s', this.#identity.path, content ?? 'neither ELF nor an archive')
  }

  #pass(bytes: Uint8Array): Promise<void> | undefined {
    if (this.#channel === null || this.#channel.isClosed) {
      this.#state = 'skipping'
      return undefined
    }
    return this.#channel.write(bytes)
  }

  #newContent(): ElfContent {
    const { path, size, digest, depth } = this.#identity
    const { limits, wantsSha256 } = this.#scan
    return new ElfContent({
      path,
      limit: depth > 0 ? Math.min(limits.elfBytes, limits.nestedElfBytes) : limits.elfBytes,
      expectedSize: size ?? 0,
      algorithms: [...new Set([...(digest === null ? [] : [digest.algorithm]), ...(wantsSha256 ? ['sha256'] : [])])],
      memory: (length, keep) => this.#scan.scratch(length, keep),
    })
  }

  #analyse(content: ElfContent): void {
    const { path, alsoAt, depth, digest } = this.#identity
    const { bytes, ...of } = content.finish()
    if (digest !== null) expectDigest(content.digest(digest.algorithm), digest, path)
    if (this.#handler.elf(bytes)) return
    const sha256 = digest?.algorithm === 'sha256' ? digest.hex : this.#scan.wantsSha256 ? content.digest('sha256') : null
    const wantsLink = this.#scan.wantsLinks && depth === 0
    const origin = { path, alsoAt, isNested: depth > 0, sha256 }
    const facts = objectFactsOf(bytes, origin, this.#scan.catalogue, wantsLink, of)
    this.#scan.spendNames(facts)
    this.#collector.objects.push(facts)
  }
}

/** A member of a nested archive, with the name and size that the archive states. */
export function memberOf(
  { path, depth, nesting }: ArchiveLocation,
  name: string,
  size: number | null | undefined,
  scan: PackageScan,
  collector: FactsCollector,
  handler?: MemberHandler,
): Member {
  const identity = { path: `${path}!${name}`, alsoAt: [], size: scan.cappedSize(size), digest: null, depth, nesting }
  return new Member(identity, scan, collector, handler)
}

/** An object that is in no static library cannot be loaded, so machine code in one is no hazard yet; a slim LTO object exists only to be linked. */
function looseObject({ path, depth }: MemberIdentity, scan: PackageScan, collector: FactsCollector): MemberHandler {
  const isInstalled = depth === 0
  return {
    elf: bytes => {
      const object = relocatableObjectOf(bytes, scan.catalogue)
      if (object?.isSlim !== true) return false
      collector.archives.push(staticArchiveFactsOf({ path, depth: depth + 1 }, 1, object.guarded, scan.catalogue))
      if (object.obstacle !== null) collector.notes.push(unanalysedObject(path, object.obstacle, isInstalled))
      return false
    },
    // Bitcode for graphics processors is never linked into a library; it has no such suffix.
    bitcode: () => void collector.notes.push(unanalysedObject(path, 'bitcode', isInstalled && /\.l?o$/.test(path))),
  }
}
