/** What is known of the system beside a package: the other packages that it is installed with. */
import { NO_CLIENTS, type ClientsByPath } from '../interposition/clients.js'
import { NO_INTERPOSITIONS, type InterpositionsByPath } from '../interposition/interposition.js'

export interface Surroundings {
  /** By path of the object. */
  readonly interpositions: InterpositionsByPath
  /** Directories that an ld.so.conf of the packages adds to those of the loader. */
  readonly configured: ReadonlySet<string>
  /** By path of the object: who imports symbols from it. */
  readonly clients: ClientsByPath
}

export const NO_SURROUNDINGS: Surroundings = { interpositions: NO_INTERPOSITIONS, configured: new Set(), clients: NO_CLIENTS }
