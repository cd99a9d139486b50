/** What the loader needs of an object, kept after its bytes are gone. */
import type { ElfImage } from '../elf/image.js'
import { CheckError } from '../errors/check-error.js'
import { headOf } from '../link/file-head.js'
import { linkObjectOf } from '../link/link-object.js'
import type { LinkFacts, ObjectFacts } from './model.js'

/** `bytes` is the whole file, `image` its decoded form or the error. Keeps no reference to either. */
export function linkFactsOf(bytes: Uint8Array, image: ElfImage | CheckError): LinkFacts {
  const head = headOf(bytes)
  if (image instanceof CheckError) return { head, object: null, fault: image.message }
  try {
    return { head, object: linkObjectOf(image), fault: null }
  } catch (error) {
    if (!(error instanceof CheckError)) throw error
    return { head, object: null, fault: error.message }
  }
}

/** Installed by the package, and accepted by a loader. */
export function isLoadable({ isNested, link }: ObjectFacts): boolean {
  return !isNested && (link?.object?.dynamic ?? null) !== null
}
