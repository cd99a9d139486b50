/**
 * Facts kept from one run to the next, by what they were made from. Where they are kept is the business of whoever gives the cache: memory, files, a server.
 */
import { createHash, type Hash } from 'node:crypto'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { PackageFacts } from '../facts/model.js'
import { FACTS_VERSION } from '../facts/version.js'
import { fileBytes, isRegularFile } from '../io/byte-sources.js'
import type { Target } from '../io/targets.js'
import type { Limits } from '../limits/limits.js'
import type { FactsWanted } from './facts-wanted.js'

/**
 * Facts are data: what comes out must equal what went in, as after `structuredClone` or `v8.serialize` and `v8.deserialize`. The latter keeps the bytes that
 * it read alive, for columns are views of them.
 */
export interface FactsCache {
  /** `null` for a miss; an entry that cannot be read is one. */
  get(key: string): Promise<PackageFacts | null>
  set(key: string, facts: PackageFacts): Promise<void>
}

/** Names all that facts depend on: the bytes, the path (a standalone file's facts hold it), what was wanted, limits, catalogue, and the version of facts. */
export class FactsKeys {
  readonly #limits: Limits
  readonly #catalogue: string

  constructor(catalogue: Catalogue, limits: Limits) {
    this.#limits = limits
    this.#catalogue = createHash('sha256')
      .update(JSON.stringify(catalogue.families.map(({ data }) => data)))
      .digest('hex')
  }

  /** `null` for what cannot be read twice, or not at all: it is read, and the outcome says why. */
  async of(target: Target, wanted: FactsWanted): Promise<string | null> {
    const circumstances = [FACTS_VERSION, this.#catalogue, target.path, wanted.wantsSha256, wanted.wantsLinks, this.#limits]
    const hash = createHash('sha256').update(JSON.stringify(circumstances))
    try {
      return (await hashContent(target, hash)) ? hash.digest('hex') : null
    } catch {
      return null
    }
  }
}

async function hashContent(target: Target, hash: Hash): Promise<boolean> {
  if (target.kind === 'bytes') hash.update(target.bytes)
  else if (target.kind === 'file' && (await isRegularFile(target.file, target.path)))
    for await (const chunk of fileBytes(target.file)) hash.update(chunk)
  else return false
  return true
}
