/** The request and the result of a symbol lookup, the same for every libc. */
import type { LinkMap } from './link-map.js'
import type { LinkVersion } from './link-object.js'

export interface LookupRequest {
  readonly name: string
  /** DT_GNU_HASH's hash of the name. */
  readonly hash: number
  readonly version: LinkVersion | null
  /** Bits of `REFERENCE_FLAG`. */
  readonly flags: number
  /** For a copy relocation of the program: the program itself is skipped. */
  readonly isCopy: boolean
}

export interface FoundDefinition {
  readonly map: LinkMap
  /** Row of the map's definitions; OWN_SYMBOL for the reference's own symbol. */
  readonly definition: number
}

export const OWN_SYMBOL = -1

export interface Lookup {
  find(request: LookupRequest, referrer: LinkMap): FoundDefinition | null
}
