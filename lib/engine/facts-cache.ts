/**
 * Caches facts between runs, keyed by everything that they depend on. The caller implements the storage.
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
 * Facts are plain data: `get` must return a deep copy of what was `set`, as by `structuredClone`, or by `v8.serialize` and `v8.deserialize`. The latter keeps
 * the bytes that it read alive, for columns are views of them.
 */
export interface FactsCache {
  /** `null` for a miss, also for an unreadable entry. */
  get(key: string): Promise<PackageFacts | null>
  set(key: string, facts: PackageFacts): Promise<void>
}

/** Hashes all that facts depend on: content, path (part of a standalone file's facts), the facts wanted, limits, catalogue and `FACTS_VERSION`. */
export class FactsKeys {
  readonly #limits: Limits
  readonly #catalogue: string

  constructor(catalogue: Catalogue, limits: Limits) {
    this.#limits = limits
    this.#catalogue = createHash('sha256')
      .update(JSON.stringify(catalogue.families.map(({ data }) => data)))
      .digest('hex')
  }

  /** `null` for a stream, which cannot be read twice, and for unreadable targets, which are reported when they are read. */
  async of(target: Target, wanted: FactsWanted): Promise<string | null> {
    const inputs = [FACTS_VERSION, this.#catalogue, target.path, wanted.wantsSha256, wanted.wantsLinks, this.#limits]
    const hash = createHash('sha256').update(JSON.stringify(inputs))
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
