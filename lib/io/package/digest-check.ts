/**
 * Verifies the digests that a package states while its bytes are read, without a second pass.
 *
 * Digests detect corruption, not tampering: an attacker can change them too. Signatures are not checked.
 */
import { createHash, type Hash } from 'node:crypto'
import { MalformedError } from '../../errors/check-error.js'
import { brokenDigests, type ExpectedDigest, type DigestRange } from '../../rpm/expected-digests.js'

export class DigestCheck {
  readonly #digests: readonly ExpectedDigest[]
  readonly #running = new Map<ExpectedDigest, Hash>()
  readonly #actual = new Map<ExpectedDigest, string>()

  /**
   * One digest of each range is computed, the first that this Node supports: digests are in order of preference. MD5 over header and payload is
   * skipped if stronger digests cover both: it would cost a sixth of unpacking zstd and add no information.
   */
  constructor(digests: readonly ExpectedDigest[], ranges: readonly DigestRange[]) {
    this.#digests = digests
    for (const range of ranges) if (range !== 'header+payload') this.#start(range)
    const covered = new Set([...this.#running.keys()].map(({ range }) => range))
    const isCovered = covered.has('header') && (covered.has('payload') || covered.has('unpacked'))
    if (ranges.includes('header+payload') && !isCovered) this.#start('header+payload')
  }

  /** Bytes of the main header. Throws `MalformedError` immediately if they do not match the signature header's digest. */
  header(bytes: Uint8Array): void {
    for (const [digest, hash] of this.#running) {
      if (digest.range === 'header+payload') hash.update(bytes)
      if (digest.range !== 'header') continue
      this.#actual.set(digest, hash.update(bytes).digest('hex'))
      this.#running.delete(digest)
    }
    this.#throwFor(brokenDigests(this.#digests, this.#actual))
  }

  payload(bytes: Uint8Array): void {
    for (const [digest, hash] of this.#running) if (digest.range === 'payload' || digest.range === 'header+payload') hash.update(bytes)
  }

  unpacked(bytes: Uint8Array): void {
    for (const [digest, hash] of this.#running) if (digest.range === 'unpacked') hash.update(bytes)
  }

  /** Call at the end of the bytes. Returns the digests that do not match and that no matching alternative replaces. */
  finish(): readonly ExpectedDigest[] {
    for (const [digest, hash] of this.#running) this.#actual.set(digest, hash.digest('hex'))
    this.#running.clear()
    return brokenDigests(this.#digests, this.#actual)
  }

  /** Throws `MalformedError` for the first of `broken`. */
  #throwFor(broken: readonly ExpectedDigest[]): void {
    const [digest] = broken
    if (digest !== undefined) throw new MalformedError(this.mismatchMessage(digest), digest.range)
  }

  mismatchMessage(digest: ExpectedDigest): string {
    return `${digest.range}: ${digest.algorithm} is ${this.#actual.get(digest) ?? 'unknown'}, expected ${digest.expected} (${digest.tag})`
  }

  #start(range: DigestRange): void {
    for (const digest of this.#digests.filter(candidate => candidate.range === range)) {
      const hash = tryHash(digest.algorithm)
      if (hash === null) continue
      this.#running.set(digest, hash)
      return
    }
  }
}

/** `null` where OpenSSL's policy forbids the algorithm, as FIPS mode does MD5. */
function tryHash(algorithm: string): Hash | null {
  try {
    return createHash(algorithm)
  } catch {
    return null
  }
}
