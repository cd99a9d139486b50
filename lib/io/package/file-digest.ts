/** Compares a file's content with the digest that the package's header states for it. */
import { MalformedError } from '../../errors/check-error.js'
import type { FileDigest } from '../../facts/payload/payload-check.js'

/** `actual` is lower-case hex. Throws `MalformedError` if it differs. */
export function expectDigest(actual: string, { algorithm, hex }: FileDigest, path: string): void {
  if (actual !== hex) throw new MalformedError(`${path}: ${algorithm} is ${actual}, expected ${hex}`, 'FILEDIGESTS')
}
