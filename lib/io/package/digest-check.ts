/**
 * Verifies the digests that a package states while its bytes are read, without a second pass.
 *
 * All of them, as rpm does: a weak digest that is wrong counts although a stronger one is right. Digests detect corruption, not tampering: an attacker can
 * change them too. Signatures are not checked.
 */
import { createHash, type Hash } from 'node:crypto'
import { MalformedError } from '../../errors/check-error.js'
import { brokenDigests, type DigestRange, type ExpectedDigest } from '../../rpm/expected-digests.js'

/** One computation for all digests of a range and an algorithm. */
interface Running {
  readonly range: DigestRange
  readonly hash: Hash
  readonly digests: ExpectedDigest[]
}

export class DigestCheck {
  readonly #digests: readonly ExpectedDigest[]
  readonly #running = new Map<string, Running>()
  readonly #actual = new Map<ExpectedDigest, string>()
  readonly #uncomputed: ExpectedDigest[] = []

  constructor(digests: readonly ExpectedDigest[]) {
    this.#digests = digests
    for (const digest of digests) this.#start(digest)
  }

  /** Digests that this Node cannot compute, because its OpenSSL's policy forbids the algorithm. */
  get uncomputed(): readonly ExpectedDigest[] {
    return this.#uncomputed
  }

  /** Bytes of the main header. Throws `MalformedError` immediately if they do not match a digest of the header. */
  header(bytes: Uint8Array): void {
    for (const [key, running] of this.#running) {
      if (running.range !== 'payload') running.hash.update(bytes)
      if (running.range !== 'header') continue
      this.#settle(running)
      this.#running.delete(key)
    }
    this.#throwBroken()
  }

  payload(bytes: Uint8Array): void {
    for (const { hash } of this.#running.values()) hash.update(bytes)
  }

  /** Call at the end of the bytes. Throws `MalformedError` for a digest that does not match and that no matching alternative replaces. */
  finish(): void {
    for (const running of this.#running.values()) this.#settle(running)
    this.#running.clear()
    this.#throwBroken()
  }

  #start(digest: ExpectedDigest): void {
    const { range, algorithm } = digest
    const known = this.#running.get(`${range} ${algorithm}`)
    if (known !== undefined) return void known.digests.push(digest)
    const hash = tryHash(algorithm)
    if (hash === null) this.#uncomputed.push(digest)
    else this.#running.set(`${range} ${algorithm}`, { range, hash, digests: [digest] })
  }

  #settle({ hash, digests }: Running): void {
    const actual = hash.digest('hex')
    for (const digest of digests) this.#actual.set(digest, actual)
  }

  #throwBroken(): void {
    const [digest] = brokenDigests(this.#digests, this.#actual)
    if (digest === undefined) return
    const { range, algorithm, expected, tag } = digest
    throw new MalformedError(`${range}: ${algorithm} is ${this.#actual.get(digest) ?? 'unknown'}, expected ${expected} (${tag})`, range)
  }
}

/** `null` where OpenSSL's policy forbids the algorithm, as FIPS mode does MD5. */
export function tryHash(algorithm: string): Hash | null {
  try {
    return createHash(algorithm)
  } catch {
    return null
  }
}
