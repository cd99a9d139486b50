/** A file of a package, as the loader sees it. */
import { MalformedError } from '../errors/check-error.js'
import { LinkedObject, type LoaderFile } from '../link/linked-file.js'
import type { LinkFacts } from '../facts/model.js'

/** What the loader sees of a file that is not an ELF file: enough to reject it. */
const NO_ELF = new Uint8Array(64)

export class InstalledFile implements LoaderFile {
  readonly realPath: string
  readonly identity: string
  readonly head: Uint8Array
  readonly fault = null
  readonly #linked: LinkedObject | null
  readonly #why: string

  /** `link` is `null` for a file that is not an ELF file. */
  constructor(path: string, link: LinkFacts | null) {
    this.realPath = path
    this.identity = path
    this.head = link?.head ?? NO_ELF
    this.#linked = link === null || link.object === null ? null : new LinkedObject(link.object)
    this.#why = link?.fault ?? 'not an ELF file'
  }

  get isProgram(): boolean {
    return this.#linked?.object.isProgram === true
  }

  linked(): LinkedObject {
    if (this.#linked === null) throw new MalformedError(this.#why, 'ELF file')
    return this.#linked
  }
}
