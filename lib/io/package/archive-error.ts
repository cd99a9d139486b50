/** Translates errors of the libraries that read archives into ours. */
import { MalformedError } from '../../errors/check-error.js'

/** Plain `Error`s come from the library or zlib and mean malformed data. Errors of other classes are ours, or bugs, and stay unchanged. */
export function asMalformed(structure: string, error: unknown): unknown {
  const { name, message } = error as Error
  return name === 'Error' ? new MalformedError(`${structure}: ${message}`, structure, null, { cause: error }) : error
}
