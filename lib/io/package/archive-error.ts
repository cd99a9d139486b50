/** Errors of the libraries that read archives, turned into ours. */
import { MalformedError } from '../../errors/check-error.js'

/** Plain errors are the library's, or zlib's: what it refuses is malformed. Errors of other kinds are ours, or bugs, and stay as they are. */
export function asMalformed(structure: string, error: unknown): unknown {
  const { name, message } = error as Error
  return name === 'Error' ? new MalformedError(`${structure}: ${message}`, structure, null, { cause: error }) : error
}
