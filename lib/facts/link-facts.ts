/** What the loader needs of an object, kept beyond its bytes. */
import { decodeElfImage } from '../elf/image.js'
import { CheckError } from '../errors/check-error.js'
import { linkObjectOf } from '../link/link-object.js'
import type { LinkFacts, ObjectFacts } from './model.js'

/** Bytes that the loader looks at before it takes a file. */
const HEAD = 64

/** `bytes` is the whole file. */
export function linkFactsOf(bytes: Uint8Array): LinkFacts {
  const head = bytes.slice(0, HEAD)
  try {
    return { head, object: linkObjectOf(decodeElfImage(bytes)), fault: null }
  } catch (error) {
    if (!(error instanceof CheckError)) throw error
    return { head, object: null, fault: error.message }
  }
}

/** Installed as such, and something that a loader would take. */
export function isLoadable({ isNested, link }: ObjectFacts): boolean {
  return !isNested && (link?.object?.dynamic ?? null) !== null
}
